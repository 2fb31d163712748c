import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encryptKeystoreJson, id, recoverAddress, Wallet } from 'ethers';
import { describe, expect, it } from 'vitest';
import { isDevelopmentAddress, openSigner } from './signer.ts';

const wallet = Wallet.createRandom();
const dir = mkdtempSync(join(tmpdir(), 'aurum-keys-'));
const options = {
  chainId: 31_337,
  pathOf: (path: string) => join(dir, path),
  env: { KEY: wallet.privateKey } as NodeJS.ProcessEnv,
};
const DEVELOPMENT_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

async function keystore(password: string): Promise<void> {
  const account = { address: wallet.address, privateKey: wallet.privateKey };
  writeFileSync(
    join(dir, 'key.json'),
    await encryptKeystoreJson(account, password, { scrypt: { N: 1_024, r: 8, p: 1 } }),
  );
  writeFileSync(join(dir, 'password'), `${password}\n`);
}

describe('a signer', () => {
  it('signs digests with the key of an environment variable', async () => {
    const signer = await openSigner({ env: 'KEY' }, options);
    const digest = id('digest');
    expect(signer.address).toBe(wallet.address);
    expect(recoverAddress(digest, await signer.signDigest(digest))).toBe(wallet.address);
    expect(JSON.stringify(signer)).not.toContain(wallet.privateKey.slice(2));
  });

  it('opens an encrypted keystore with the password of a file', async () => {
    await keystore('correct horse');
    const key = { keystore: 'key.json', passwordFile: 'password' };
    expect((await openSigner(key, options)).address).toBe(wallet.address);
    writeFileSync(join(dir, 'password'), 'wrong');
    await expect(openSigner(key, options)).rejects.toThrow(/the password is wrong/);
    writeFileSync(join(dir, 'key.json'), '{}');
    await expect(openSigner(key, options)).rejects.toThrow(/it is no keystore/);
    await expect(openSigner({ ...key, keystore: 'gone.json' }, options)).rejects.toThrow(
      /gone.json does not exist/,
    );
  });

  it('never says what a variable holds', async () => {
    await expect(openSigner({ env: 'OTHER' }, options)).rejects.toThrow(/OTHER is not set/);
    const broken = { ...options, env: { KEY: 'secret words' } };
    await expect(openSigner({ env: 'KEY' }, broken)).rejects.toThrow(
      /^KEY holds no private key: 0x and 64 hex digits$/,
    );
  });

  it('refuses development keys in production and on the main network, however they come', async () => {
    const production = { ...options, env: { KEY: DEVELOPMENT_KEY, NODE_ENV: 'production' } };
    await expect(openSigner({ env: 'KEY' }, production)).rejects.toThrow(/public development key/);
    await expect(openSigner({ developmentAccount: 12 }, production)).rejects.toThrow(
      /public development key/,
    );
    await expect(openSigner({ developmentAccount: 12 }, { ...options, chainId: 56 })).rejects.toThrow(
      /development key/,
    );
    expect((await openSigner({ developmentAccount: 12 }, options)).address).toMatch(/^0x/);
    expect((await openSigner({ env: 'KEY' }, { ...options, chainId: 56 })).address).toBe(wallet.address);
  });

  it('knows the development accounts', () => {
    expect(isDevelopmentAddress('0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266')).toBe(true);
    expect(isDevelopmentAddress(wallet.address)).toBe(false);
  });
});
