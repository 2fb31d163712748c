/** A browser as far as the API sees one: a cookie jar, an origin, a wallet. */
import type { BaseWallet } from 'ethers';
import { SiweMessage } from 'siwe';

export const ORIGIN = 'http://localhost:3000';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read many shapes
  body: any;
  text: string;
}

export interface Client {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The raw Cookie header it would send. */
  cookie(): string;
}

export function createClient(url: string): Client {
  let cookie = '';
  async function call(method: string, path: string, init: RequestInit): Promise<Answer> {
    const headers = { origin: ORIGIN, ...(cookie ? { cookie } : {}), ...init.headers };
    const response = await fetch(`${url}${path}`, { ...init, method, headers });
    const set = response.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0]!;
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : null,
      text,
    };
  }
  return {
    get: (path) => call('GET', path, {}),
    post: (path, body, headers = {}) =>
      call('POST', path, {
        headers: { 'content-type': 'application/json', ...headers },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    cookie: () => cookie,
  };
}

export interface SignInChanges {
  domain?: string;
  uri?: string;
  chainId?: number;
  nonce?: string;
  address?: string;
  expirationTime?: string;
}

/** The message as the dApp builds it, with what a test changes in it. */
export async function signInMessage(
  client: Client,
  address: string,
  changes: SignInChanges = {},
): Promise<string> {
  const { nonce } = (await client.get('/v1/auth/nonce')).body;
  return new SiweMessage({
    domain: 'localhost:3000',
    address,
    statement: 'Sign in to e-Aurum.',
    uri: ORIGIN,
    version: '1',
    chainId: 31337,
    nonce,
    issuedAt: new Date().toISOString(),
    ...changes,
  }).prepareMessage();
}

/** A client that is signed in. */
export async function signIn(url: string, wallet: BaseWallet): Promise<Client> {
  const client = createClient(url);
  const message = await signInMessage(client, wallet.address);
  const signature = await wallet.signMessage(message);
  const answer = await client.post('/v1/auth/verify', { message, signature });
  if (answer.status !== 200) throw new Error(`sign-in failed: ${answer.text}`);
  return client;
}
