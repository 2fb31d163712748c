import { existsSync, readFileSync } from 'node:fs';
import { HDNodeWallet, Mnemonic, type Signature, SigningKey, Wallet } from 'ethers';
import type { KeyConfig } from '../config/schema.ts';

/**
 * Signs 32-byte digests with one secp256k1 key. This is all that a key management service offers, so that one fits in
 * here as a key in memory does: reports and transactions are hashed by us and signed by it.
 */
export interface DigestSigner {
  readonly address: string;
  /** @param digest 0x and 64 hex digits */
  signDigest(digest: string): Promise<Signature>;
}

/** The mnemonic that every development chain funds: its keys are public, and worth nothing where money is. */
const DEVELOPMENT_MNEMONIC = 'test test test test test test test test test test test junk';
const DEVELOPMENT_ACCOUNTS = 100;
const BSC_MAINNET = 56;

const developmentAccount = (index: number): HDNodeWallet =>
  HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(DEVELOPMENT_MNEMONIC), `m/44'/60'/0'/0/${index}`);

/** True if the address is one of the development mnemonic's first hundred. */
export function isDevelopmentAddress(address: string): boolean {
  const parent = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(DEVELOPMENT_MNEMONIC), "m/44'/60'/0'/0");
  for (let index = 0; index < DEVELOPMENT_ACCOUNTS; index++)
    if (parent.deriveChild(index).address.toLowerCase() === address.toLowerCase()) return true;
  return false;
}

function signerOf(wallet: { address: string; privateKey: string }): DigestSigner {
  const signingKey = new SigningKey(wallet.privateKey);
  return { address: wallet.address, signDigest: async (digest) => signingKey.sign(digest) };
}

function readSecretFile(path: string, what: string): string {
  if (!existsSync(path))
    throw new Error(`the ${what} ${path} does not exist: correct its path in the config`);
  return readFileSync(path, 'utf8').trim();
}

async function fromKeystore(keystore: string, passwordFile: string): Promise<DigestSigner> {
  const content = readSecretFile(keystore, 'keystore');
  const password = readSecretFile(passwordFile, 'password file');
  try {
    return signerOf(await Wallet.fromEncryptedJson(content, password));
  } catch (error) {
    const why =
      error instanceof Error && /password/i.test(error.message)
        ? 'the password is wrong'
        : 'it is no keystore';
    throw new Error(`the keystore ${keystore} can't be opened: ${why}`);
  }
}

function fromEnvironment(name: string, env: NodeJS.ProcessEnv): DigestSigner {
  const value = env[name]?.trim();
  if (!value) throw new Error(`the environment variable ${name} is not set: it must hold a private key`);
  // The value is a secret: an error names the variable and never what it holds.
  if (!/^(0x)?[0-9a-fA-F]{64}$/.test(value))
    throw new Error(`${name} holds no private key: 0x and 64 hex digits`);
  return signerOf(new Wallet(value));
}

export interface OpenSignerOptions {
  chainId: number;
  /** Turns a path of the config into one that can be opened. */
  pathOf: (path: string) => string;
  env?: NodeJS.ProcessEnv;
}

/**
 * Opens the key that the config names.
 * @throws Error that says what is missing; in production (NODE_ENV, or BNB Smart Chain's mainnet) for a development key
 */
export async function openSigner(
  key: KeyConfig,
  { chainId, pathOf, env = process.env }: OpenSignerOptions,
): Promise<DigestSigner> {
  const signer =
    'env' in key
      ? fromEnvironment(key.env, env)
      : 'keystore' in key
        ? await fromKeystore(pathOf(key.keystore), pathOf(key.passwordFile))
        : signerOf(developmentAccount(key.developmentAccount));
  const production = env.NODE_ENV === 'production' || chainId === BSC_MAINNET;
  if (production && isDevelopmentAddress(signer.address))
    throw new Error(
      `${signer.address} is a public development key: production refuses it, configure another`,
    );
  return signer;
}
