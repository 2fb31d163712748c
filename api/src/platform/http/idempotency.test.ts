import { describe, expect, it } from 'vitest';
import { checkKey, requestHash } from './idempotency.ts';

const secret = Buffer.from('a secret');
const hash = (body: unknown, path = '/v1/things', method = 'POST') =>
  requestHash(secret, method, path, body).toString('hex');

describe('requestHash', () => {
  it('does not mind the order of fields', () => {
    expect(hash({ a: 1, b: { c: [1, 2], d: null } })).toBe(hash({ b: { d: null, c: [1, 2] }, a: 1 }));
    expect(hash(undefined)).toBe(hash(null));
  });

  it('minds everything else', () => {
    const all = [
      hash({ a: 1 }),
      hash({ a: 2 }),
      hash({ a: '1' }),
      hash({ a: [1, 2] }),
      hash({ a: [2, 1] }),
      hash({ a: 1 }, '/v1/others'),
      hash({ a: 1 }, '/v1/things', 'DELETE'),
      requestHash(Buffer.from('another'), 'POST', '/v1/things', { a: 1 }).toString('hex'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

it('a key is printable, and long enough to be random', () => {
  expect(checkKey('8d2f1c9a')).toBe('8d2f1c9a');
  for (const key of ['short', 'has a space', 'x'.repeat(129), 'ünïcödé-key'])
    expect(() => checkKey(key)).toThrow();
});
