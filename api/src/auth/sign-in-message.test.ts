import { SiweMessage } from 'siwe';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../platform/config.ts';
import { ProblemError } from '../platform/http/problem.ts';
import { readSignInMessage } from './sign-in-message.ts';

const DATABASE_URL = 'postgresql://u:p@127.0.0.1/x';
const development = readConfig({ DATABASE_URL });
const own = (byte: string) => `0x${`${byte}9`.repeat(31)}7e`;
const production = readConfig({
  DATABASE_URL,
  AURUM_ENV: 'production',
  PUBLIC_ORIGINS: 'https://app.e-aurum.example',
  MASTER_KEY: own('1'),
  COMPLIANCE_KEY: own('2'),
  FULFILMENT_KEY: own('3'),
});
const NOW = new Date('2026-11-20T12:00:00Z');

function message(changes: Partial<SiweMessage> = {}): string {
  return new SiweMessage({
    domain: 'app.e-aurum.example',
    address: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
    uri: 'https://app.e-aurum.example/trade',
    version: '1',
    chainId: 56,
    nonce: 'abcdefgh12345678',
    issuedAt: '2026-11-20T11:59:00.000Z',
    ...changes,
  }).prepareMessage();
}

function codeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    return (error as ProblemError).problem.code;
  }
  return 'accepted';
}

describe('a sign-in message', () => {
  it.each([
    ['accepted', {}],
    ['accepted', { expirationTime: '2026-11-20T12:00:01.000Z', notBefore: '2026-11-20T11:59:59.000Z' }],
    ['sign-in-wrong-domain', { domain: 'app.e-aurum.example.evil.example' }],
    ['sign-in-wrong-domain', { uri: 'https://evil.example' }],
    ['sign-in-wrong-domain', { uri: 'http://app.e-aurum.example' }],
    ['sign-in-wrong-domain', { domain: 'localhost:3000', uri: 'http://localhost:3000' }],
    ['sign-in-wrong-domain', { uri: 'urn:x:y' }],
    ['sign-in-wrong-chain', { chainId: 97 }],
    ['sign-in-expired', { expirationTime: '2026-11-20T12:00:00.000Z' }],
    ['sign-in-expired', { notBefore: '2026-11-20T12:00:01.000Z' }],
    ['sign-in-expired', { issuedAt: '2026-11-20T12:02:00.000Z' }],
  ])('%s', (code, changes) => {
    expect(codeOf(() => readSignInMessage(production, 56, message(changes), NOW))).toBe(code);
  });

  it('is not any text', () => {
    for (const text of ['', 'hello', message().replace('Version: 1', 'Version: 2')])
      expect(codeOf(() => readSignInMessage(production, 56, text, NOW))).toBe('sign-in-message-invalid');
  });

  it('may come from any port of this machine in development alone', () => {
    const local = message({ domain: '127.0.0.1:4477', uri: 'http://127.0.0.1:4477', chainId: 31337 });
    expect(codeOf(() => readSignInMessage(development, 31337, local, NOW))).toBe('accepted');
    const foreign = message({
      domain: '127.0.0.1.evil.example',
      uri: 'http://127.0.0.1.evil.example',
      chainId: 31337,
    });
    expect(codeOf(() => readSignInMessage(development, 31337, foreign, NOW))).toBe('sign-in-wrong-domain');
  });
});
