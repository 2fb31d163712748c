import type { Capacity } from '@e-aurum/sdk/rest';
import type { Express, Request, RequestHandler, Response } from 'express';
import type { Database, Transaction } from '../database/database.ts';
import type { Log } from '../log.ts';
import { checkKey, keepAnswer, requestHash, takeKey } from './idempotency.ts';
import { forbidden, signInNeeded } from './problem.ts';
import type { RateLimits } from './rate-limit.ts';
import type { Access, Route, RouteContext, Session } from './route.ts';
import { readSession, SESSION_COOKIE } from './session.ts';
import { validate } from './validate.ts';

export interface MountOptions {
  db: Database;
  limits: RateLimits;
  /** What an account may do, read from the chain and the operators' list. */
  capacitiesOf(account: string): Promise<Capacity[]>;
  /** Keys the hash of remembered requests. */
  idempotencySecret: Buffer;
}

type Context = RouteContext<unknown, unknown, unknown>;

async function checkAccess(access: Access, session: Session | null, options: MountOptions): Promise<void> {
  if (access === 'public') return;
  if (!session) throw signInNeeded();
  if (access === 'session') return;
  const held = await options.capacitiesOf(session.account);
  if (!access.some((capacity) => held.includes(capacity)))
    throw forbidden(
      `This needs an account that is ${access.join(' or ')}: connect that account and sign in.`,
    );
}

function contextOf(
  route: Route,
  request: Request,
  response: Response,
  session: Session | null,
): Omit<Context, 'tx'> {
  return {
    params: validate(route.params, request.params, 'params'),
    query: validate(route.query, request.query, 'query'),
    body: validate(route.body, request.body, 'body'),
    session,
    get account() {
      if (!session) throw signInNeeded();
      return session.account;
    },
    log: request.log as Log,
    request,
    response,
  };
}

/** The answer goes through its schema: nothing leaves that the interface does not name. */
const shape = (route: Route, answer: unknown): unknown =>
  route.answer ? route.answer.parse(answer) : answer;

/** Adds a lazily failing `tx` where there is none, without touching the context's getters. */
function withTransaction(context: Omit<Context, 'tx'>, tx: Transaction | undefined): Context {
  return Object.defineProperty(context, 'tx', {
    get() {
      if (!tx) throw new Error('a GET has no transaction: read from the database itself');
      return tx;
    },
  }) as Context;
}

async function change(
  route: Route,
  context: Omit<Context, 'tx'>,
  options: MountOptions,
): Promise<{ status: number; body: unknown; repeated: boolean }> {
  const { request, session } = context;
  const header = route.idempotent ? request.get('idempotency-key') : undefined;
  return options.db.transaction(async (tx) => {
    const run = async () => ({
      status: route.status,
      body: shape(route, await route.handle(withTransaction(context, tx))),
    });
    if (header === undefined) return { ...(await run()), repeated: false };
    const key = checkKey(header);
    const scope = session?.account ?? `address ${request.ip}`;
    const hash = requestHash(options.idempotencySecret, request.method, request.path, request.body);
    const stored = await takeKey(tx, scope, key, hash);
    if (stored) return { ...stored, repeated: true };
    const answer = await run();
    await keepAnswer(tx, scope, key, answer);
    return { ...answer, repeated: false };
  });
}

function handlerOf(route: Route, options: MountOptions): RequestHandler {
  return async (request, response) => {
    const cookies = request.cookies as Record<string, string | undefined>;
    const session = await readSession(options.db, cookies[SESSION_COOKIE]);
    const byAccount = route.limit === 'writes' && session;
    await options.limits[route.limit](byAccount ? session.account : (request.ip ?? 'unknown'));
    await checkAccess(route.access, session, options);
    const context = contextOf(route, request, response, session);
    if (route.access !== 'public' || session) response.set('Cache-Control', 'no-store');
    if (route.method !== 'get') {
      const { status, body, repeated } = await change(route, context, options);
      if (repeated) response.set('Idempotent-Replayed', 'true');
      response.status(status).json(body);
      return;
    }
    const answer = await route.handle(withTransaction(context, undefined));
    if (route.answer) response.status(route.status).json(shape(route, answer));
  };
}

/** Puts routes on the app. Express 5 hands a rejected handler to the error handler. */
export function mountRoutes(app: Express, routes: readonly Route[], options: MountOptions): void {
  for (const route of routes) app[route.method](route.path, handlerOf(route, options));
}
