import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { DEVELOPMENT_MASTER_KEY, developmentKey, isDevelopmentKey } from './development.ts';

const DATABASE_URL = 'postgresql://user:secret-password@127.0.0.1:5439/aurum';
const own = (byte: string) => `0x${`${byte}9`.repeat(31)}7e`;
const PRODUCTION = {
  AURUM_ENV: 'production',
  DATABASE_URL,
  MASTER_KEY: own('1'),
  COMPLIANCE_KEY: own('2'),
  FULFILMENT_KEY: own('3'),
};

function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}

describe('readConfig', () => {
  it('needs nothing but a database in development', () => {
    const config = readConfig({ DATABASE_URL, REDIS_URL: '' });
    expect(config).toMatchObject({
      environment: 'development',
      redisUrl: undefined,
      ports: { api: 4000, indexer: 4301, worker: 4302 },
      masterKey: DEVELOPMENT_MASTER_KEY,
    });
    expect(isDevelopmentKey(config.signerKeys.compliance)).toBe(true);
  });

  it('takes production with keys of its own', () => {
    expect(readConfig(PRODUCTION).signerKeys.fulfilment).toBe(own('3'));
  });

  it('has no default keys in production', () => {
    const message = refusal({ AURUM_ENV: 'production', DATABASE_URL });
    for (const name of ['MASTER_KEY', 'COMPLIANCE_KEY', 'FULFILMENT_KEY'])
      expect(message).toContain(`${name}: `);
  });

  it.each(['MASTER_KEY', 'COMPLIANCE_KEY', 'FULFILMENT_KEY'])(
    'refuses a known key as %s in production',
    (name) => {
      for (const key of [
        developmentKey('compliance'),
        developmentKey('compliance').toUpperCase().replace('0X', '0x'),
        DEVELOPMENT_MASTER_KEY,
        `0x${'00'.repeat(32)}`,
      ])
        expect(refusal({ ...PRODUCTION, [name]: key })).toMatch(
          new RegExp(`^${name}: this is a development key`),
        );
    },
  );

  it('names every wrong variable, and never its value', () => {
    const message = refusal({
      DATABASE_URL: 'mysql://user:secret-password@x/y',
      API_PORT: '99999',
      OPERATORS: 'me',
    });
    expect(message).toMatch(/DATABASE_URL/);
    expect(message).toMatch(/API_PORT/);
    expect(message).toMatch(/OPERATORS/);
    expect(message).not.toMatch(/secret-password|99999/);
  });
});
