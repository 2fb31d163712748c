import { createHmac } from 'node:crypto';
import type { Transaction } from '../database/database.ts';
import { ProblemError, unprocessable } from './problem.ts';

export interface StoredAnswer {
  status: number;
  body: unknown;
}

const LOCK_NOT_AVAILABLE = '55P03';

/** Object keys in one order, so that the same body hashes the same. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, canonical(item)]),
  );
}

/** Keyed, so that a personal body cannot be guessed from its hash. */
export function requestHash(secret: Buffer, method: string, path: string, body: unknown): Buffer {
  return createHmac('sha256', secret)
    .update(`${method} ${path}\n${JSON.stringify(canonical(body ?? null))}`)
    .digest();
}

export function checkKey(key: string): string {
  if (/^[\x21-\x7e]{8,128}$/.test(key)) return key;
  throw new ProblemError({
    status: 400,
    code: 'invalid-idempotency-key',
    title: 'The request is not valid',
    detail: 'Idempotency-Key must be 8 to 128 printable characters: a random UUID is best.',
  });
}

/**
 * Takes the key inside the request's own transaction: what the handler writes, and the answer that is remembered, are
 * committed together, so that a crash leaves both or neither. A second request with the key waits on the unique
 * index until the first is committed, and then reads its answer.
 * @returns the answer to give again, or null when the key is new and now ours
 * @throws ProblemError 422 when the key was used with another body, 409 when the first is still at work
 */
export async function takeKey(
  tx: Transaction,
  scope: string,
  key: string,
  hash: Buffer,
): Promise<StoredAnswer | null> {
  await tx.query(`SET LOCAL lock_timeout = '5s'`);
  const inserted = await tx
    .query(
      `INSERT INTO idempotency_key (scope, key, request_hash) VALUES ($1, $2, $3)
       ON CONFLICT (scope, key) DO NOTHING`,
      [scope, key, hash],
    )
    .catch((error: Error & { code?: string }) => {
      if (error.code !== LOCK_NOT_AVAILABLE) throw error;
      throw new ProblemError({
        status: 409,
        code: 'idempotency-key-in-use',
        title: 'Still at work',
        detail: 'A request with this Idempotency-Key is still being worked on: ask again in a moment.',
        headers: { 'Retry-After': '2' },
      });
    });
  await tx.query(`SET LOCAL lock_timeout = '0'`);
  if (inserted.rowCount === 1) return null;
  const { rows } = await tx.query<{ request_hash: Buffer; status: number; body: unknown }>(
    'SELECT request_hash, status, body FROM idempotency_key WHERE scope = $1 AND key = $2',
    [scope, key],
  );
  const stored = rows[0]!;
  if (!stored.request_hash.equals(hash)) {
    throw unprocessable(
      'idempotency-key-reused',
      'This Idempotency-Key was used for another request: use a new key for a new request.',
    );
  }
  return { status: stored.status, body: stored.body };
}

/** Remembers the answer with the key, in the same transaction. */
export async function keepAnswer(
  tx: Transaction,
  scope: string,
  key: string,
  answer: StoredAnswer,
): Promise<void> {
  await tx.query('UPDATE idempotency_key SET status = $3, body = $4 WHERE scope = $1 AND key = $2', [
    scope,
    key,
    answer.status,
    JSON.stringify(answer.body ?? null),
  ]);
}
