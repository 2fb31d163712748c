import { createHash, randomBytes } from 'node:crypto';
import type { Response } from 'express';
import type { Config } from '../config.ts';
import type { Queryable } from '../database/database.ts';
import type { Session } from './route.ts';

export const SESSION_COOKIE = 'aurum_session';

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Opens a session. The token is given to the browser and kept nowhere; the database knows its hash. */
export async function openSession(
  db: Queryable,
  account: string,
  lifetimeMs: number,
): Promise<Session & { token: string }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + lifetimeMs);
  await db.query('INSERT INTO session (token_hash, account, expires_at) VALUES ($1, $2, $3)', [
    hashOf(token),
    account,
    expiresAt,
  ]);
  return { account, expiresAt, token };
}

export async function readSession(db: Queryable, token: string | undefined): Promise<Session | null> {
  if (!token) return null;
  const { rows } = await db.query<{ account: string; expires_at: Date }>(
    'SELECT account, expires_at FROM session WHERE token_hash = $1 AND expires_at > now()',
    [hashOf(token)],
  );
  return rows[0] ? { account: rows[0].account, expiresAt: rows[0].expires_at } : null;
}

export async function closeSession(db: Queryable, token: string | undefined): Promise<void> {
  if (token) await db.query('DELETE FROM session WHERE token_hash = $1', [hashOf(token)]);
}

/** First-party cookie: the pages and `/v1` share an origin. `Secure` wherever it is not a developer's machine. */
export function setSessionCookie(response: Response, config: Config, token: string, expires: Date): void {
  response.cookie(SESSION_COOKIE, token, { ...cookieOptions(config), expires });
}

export function clearSessionCookie(response: Response, config: Config): void {
  response.clearCookie(SESSION_COOKIE, cookieOptions(config));
}

const cookieOptions = (config: Config) => ({
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: config.environment === 'production',
  path: '/',
});
