import { randomBytes } from 'node:crypto';
import { Me, NonceResponse, VerifyRequest } from '@e-aurum/sdk/rest';
import { z } from 'zod';
import type { Chain } from '../platform/chain/chain.ts';
import type { Config } from '../platform/config.ts';
import type { Database, Queryable } from '../platform/database/database.ts';
import { ProblemError } from '../platform/http/problem.ts';
import { type Route, route, type Session } from '../platform/http/route.ts';
import {
  clearSessionCookie,
  closeSession,
  openSession,
  SESSION_COOKIE,
  setSessionCookie,
} from '../platform/http/session.ts';
import { accountOf } from '../platform/http/validate.ts';
import { isSignedBy, readSignInMessage } from './sign-in-message.ts';

const NONCE_LIFETIME_MS = 10 * 60_000;

export interface AuthOptions {
  config: Config;
  db: Database;
  chain: Chain;
  describe(session: Session): Promise<z.input<typeof Me>>;
}

/** A nonce serves once: whoever deletes it first has used it. */
async function useNonce(db: Queryable, nonce: string): Promise<boolean> {
  const { rowCount } = await db.query('DELETE FROM sign_in_nonce WHERE nonce = $1 AND expires_at > now()', [
    nonce,
  ]);
  return rowCount === 1;
}

/** Sign-in with Ethereum: a nonce, a signed message, a session cookie. */
export function createAuth({ config, db, chain, describe }: AuthOptions): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/auth/nonce',
      summary: 'A nonce for one Sign-In with Ethereum message.',
      tag: 'Sign-in',
      access: 'public',
      limit: 'signIns',
      answer: NonceResponse,
      async handle({ response }) {
        const nonce = randomBytes(16).toString('hex');
        const expiresAt = new Date(Date.now() + NONCE_LIFETIME_MS);
        await db.query('INSERT INTO sign_in_nonce (nonce, expires_at) VALUES ($1, $2)', [nonce, expiresAt]);
        response.set('Cache-Control', 'no-store');
        return { nonce, expiresAt: expiresAt.toISOString() };
      },
    }),
    route({
      method: 'post',
      path: '/v1/auth/verify',
      summary: 'Opens a session for the account that signed the message, and sets its cookie.',
      tag: 'Sign-in',
      access: 'public',
      limit: 'signIns',
      idempotent: false,
      body: VerifyRequest,
      answer: Me,
      async handle({ body, tx, response }) {
        const message = readSignInMessage(config, chain.chainId, body.message);
        const account = accountOf(message.address);
        if (!(await isSignedBy(chain.provider, account, body.message, body.signature)))
          throw new ProblemError({
            status: 401,
            code: 'sign-in-bad-signature',
            title: 'Sign-in refused',
            detail: 'The signature is not that of the account in the message: sign again with that account.',
          });
        if (!(await useNonce(tx, message.nonce)))
          throw new ProblemError({
            status: 401,
            code: 'sign-in-nonce-used',
            title: 'Sign-in refused',
            detail: 'The nonce is unknown, used or too old: ask for a new one and sign again.',
          });
        const session = await openSession(tx, account, config.sessionMs);
        const me = await describe(session);
        setSessionCookie(response, config, session.token, session.expiresAt);
        return me;
      },
    }),
    route({
      method: 'post',
      path: '/v1/auth/sign-out',
      summary: 'Ends the session.',
      tag: 'Sign-in',
      access: 'public',
      idempotent: false,
      answer: z.object({ signedOut: z.literal(true) }),
      async handle({ request, response, tx }) {
        await closeSession(tx, (request.cookies as Record<string, string>)[SESSION_COOKIE]);
        clearSessionCookie(response, config);
        return { signedOut: true as const };
      },
    }),
  ];
}

/** Sessions and nonces that are over. */
export async function pruneSessions(db: Queryable): Promise<void> {
  await db.query('DELETE FROM session WHERE expires_at < now()');
  await db.query('DELETE FROM sign_in_nonce WHERE expires_at < now()');
  await db.query(`DELETE FROM idempotency_key WHERE created_at < now() - interval '24 hours'`);
}
