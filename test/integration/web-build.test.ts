import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// A build as production makes it, without the development wallet, beside the one that is served.
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WEB = join(ROOT, 'web');
const DIST = '.next/production';
const NEXT = join(ROOT, 'node_modules/next/dist/bin/next');
const BUILD_TIMEOUT_MS = 240_000;

// Stands in for the API: only where the contracts are, so that the wallet pages load what they need.
const contracts = [
  'InvestorRegistry',
  'GoldReserve',
  'GoldToken',
  'SignedPriceFeed',
  'PriceOracle',
  'StakedGold',
  'GoldDesk',
  'RedemptionDesk',
];
const address = (n: number) => `0x${String(n).padStart(40, '0')}`;
const deployment = {
  chainId: 31337,
  contracts: Object.fromEntries(
    contracts.map((name, n) => [name, { proxy: address(n), implementation: address(n + 50) }]),
  ),
  accessManager: address(90),
  safe: address(91),
  coins: [{ symbol: 'USDT', address: address(92), decimals: 18 }],
  feeds: [],
  roles: [],
  block: 1,
};
let apiAway = false;
const api = createServer((request, response) => {
  if (apiAway) return void request.socket.destroy();
  const known = request.url === '/v1/deployment';
  response.writeHead(known ? 200 : 404, {
    'content-type': known ? 'application/json' : 'application/problem+json',
  });
  response.end(
    JSON.stringify(
      known ? deployment : { title: 'Not found', status: 404, detail: 'None.', code: 'not_found' },
    ),
  );
});

let server: ChildProcess | undefined;
let origin = '';

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listen(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Pages that stand in a route group, by their folders. */
const pagesOf = (group: string): string[] =>
  readdirSync(join(WEB, 'src/app', group), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `/${name}`);

function* filesUnder(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesUnder(path);
    else yield path;
  }
}

/** Gzipped bytes of the scripts that a page loads before anybody touches it; `nomodule` ones are for no browser of today. */
async function firstLoadBytes(path: string): Promise<number> {
  const page = await fetch(origin + path);
  expect(page.status).toBe(200);
  const html = await page.text();
  const tags = html.match(/<script\b[^>]*\bsrc="[^"]+"[^>]*>/g) ?? [];
  const files = new Set(
    tags.filter((tag) => !/\bnomodule\b/i.test(tag)).map((tag) => /src="([^"?]+)/.exec(tag)?.[1] as string),
  );
  expect(files.size).toBeGreaterThan(3);
  let bytes = 0;
  for (const file of files)
    bytes += gzipSync(readFileSync(join(WEB, DIST, file.replace('/_next/', '')))).length;
  return bytes;
}

beforeAll(async () => {
  rmSync(join(WEB, DIST), { recursive: true, force: true });
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_DIST_DIR: DIST,
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_PUBLIC_DEV_WALLET: '',
    API_URL: `http://127.0.0.1:${await listen(api)}`,
  } as NodeJS.ProcessEnv;
  await promisify(execFile)(process.execPath, [NEXT, 'build'], {
    cwd: WEB,
    env,
    maxBuffer: 16 * 1024 * 1024,
  });
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  server = spawn(process.execPath, [NEXT, 'start', '-p', String(port), '-H', '127.0.0.1'], {
    cwd: WEB,
    env,
    stdio: 'ignore',
  });
  for (let attempt = 0; ; attempt++) {
    if (
      await fetch(`${origin}/icon.svg`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    if (attempt === 100) throw new Error('the dApp did not start');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}, BUILD_TIMEOUT_MS);

afterAll(() => {
  server?.kill();
  api.close();
  rmSync(join(WEB, DIST), { recursive: true, force: true });
});

describe('a production build of the dApp', () => {
  it('holds nothing of the development wallet', () => {
    const secrets = ['test test test test', 'aurumDevelopment', 'aurum.persona'];
    const found: string[] = [];
    let scripts = 0;
    for (const folder of ['static', 'server']) {
      for (const file of filesUnder(join(WEB, DIST, folder))) {
        if (!/\.(js|html|rsc|json)$/.test(file)) continue;
        scripts++;
        const text = readFileSync(file, 'utf8');
        found.push(
          ...secrets.filter((secret) => text.includes(secret)).map((secret) => `${file}: ${secret}`),
        );
      }
    }
    expect(scripts).toBeGreaterThan(20);
    expect(found).toEqual([]);
  });

  it.each(['/', ...pagesOf('(public)')])('loads less than 180 kB of scripts on %s', async (path) => {
    expect(await firstLoadBytes(path)).toBeLessThan(180_000);
  });

  it.each(pagesOf('(wallet)'))('loads less than 400 kB of scripts on %s', async (path) => {
    expect(await firstLoadBytes(path)).toBeLessThan(400_000);
  });

  it('answers for a service that is away, in words', async () => {
    apiAway = true;
    try {
      const page = await fetch(`${origin}/trade`);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('does not answer');
      const answer = await fetch(`${origin}/v1/deployment`);
      expect(answer.status).toBe(502);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ code: 'api_unreachable' });
    } finally {
      apiAway = false;
    }
  });

  it('gives every page a nonce of its own and lets no other script run', async () => {
    const [first, second] = await Promise.all([fetch(origin), fetch(origin)]);
    const policy = first.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] as string;
    expect(nonce.length).toBeGreaterThan(20);
    expect(second.headers.get('content-security-policy')).not.toContain(nonce);
    expect(policy).not.toContain('unsafe-eval');
    expect(/script-src [^;]*/.exec(policy)?.[0]).not.toContain('unsafe-inline');
    const scripts = (await first.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  });

  it('lets nothing but reading and signed transactions through to the chain', async () => {
    const ask = (body: unknown) =>
      fetch(`${origin}/rpc`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const refused = await ask({ jsonrpc: '2.0', id: 1, method: 'anvil_setBalance', params: [] });
    expect(await refused.json()).toMatchObject({ id: 1, error: { code: -32601 } });
    expect((await fetch(`${origin}/rpc`)).status).toBe(405);
  });
});
