import { Contract, getAddress, hashMessage, type Provider, verifyMessage } from 'ethers';
import { SiweMessage } from 'siwe';
import type { Config } from '../platform/config.ts';
import { isOurOrigin } from '../platform/http/origin.ts';
import { ProblemError } from '../platform/http/problem.ts';

const refuse = (code: string, detail: string): ProblemError =>
  new ProblemError({ status: 401, code, title: 'Sign-in refused', detail });

const CLOCK_SKEW_MS = 60_000;
const ERC1271_MAGIC = '0x1626ba7e';

/**
 * Reads a Sign-In with Ethereum message (ERC-4361) and checks everything but nonce and signature: that it was made
 * for our pages, this chain, and this time.
 * @throws ProblemError 401 that says which of these it is
 */
export function readSignInMessage(
  config: Config,
  chainId: number,
  text: string,
  now = new Date(Date.now() + config.clockOffsetMs),
): SiweMessage {
  let message: SiweMessage;
  try {
    message = new SiweMessage(text);
  } catch {
    throw refuse('sign-in-message-invalid', 'The message is not a Sign-In with Ethereum message (ERC-4361).');
  }
  const origin = originOf(message.uri);
  if (!origin || !isOurOrigin(config, origin) || new URL(origin).host !== message.domain)
    throw refuse(
      'sign-in-wrong-domain',
      'The message was made for another site: sign in on our own pages only.',
    );
  if (message.version !== '1' || message.chainId !== chainId)
    throw refuse(
      'sign-in-wrong-chain',
      `The message is for chain ${message.chainId}: switch to chain ${chainId}.`,
    );
  const time = now.getTime();
  const issuedAt = Date.parse(message.issuedAt ?? '');
  const expired = message.expirationTime && time >= Date.parse(message.expirationTime);
  const early = message.notBefore && time < Date.parse(message.notBefore);
  if (expired || early || !(issuedAt <= time + CLOCK_SKEW_MS))
    throw refuse(
      'sign-in-expired',
      'The message is not valid at this time: ask for a new one and sign that.',
    );
  return message;
}

function originOf(uri: string): string | null {
  try {
    return new URL(uri).origin;
  } catch {
    return null;
  }
}

/** True if the account signed the text: with its key, or as a contract wallet (ERC-1271). */
export async function isSignedBy(
  provider: Provider,
  account: string,
  text: string,
  signature: string,
): Promise<boolean> {
  try {
    if (getAddress(verifyMessage(text, signature)) === account) return true;
  } catch {
    // not 65 bytes: a contract wallet's signature may look like anything
  }
  if ((await provider.getCode(account)) === '0x') return false;
  const wallet = new Contract(
    account,
    ['function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)'],
    provider,
  );
  try {
    return (await wallet.getFunction('isValidSignature')(hashMessage(text), signature)) === ERC1271_MAGIC;
  } catch (error) {
    if (
      (error as { code?: string }).code === 'CALL_EXCEPTION' ||
      (error as { code?: string }).code === 'BAD_DATA'
    )
      return false;
    throw error;
  }
}
