import type { Capacity } from '@e-aurum/sdk/rest';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Transaction } from '../database/database.ts';
import type { Log } from '../log.ts';

/** Everyone, whoever is signed in, or an account with one of these capacities. */
export type Access = 'public' | 'session' | readonly Capacity[];

export interface Session {
  account: string;
  expiresAt: Date;
}

type Parsed<Schema> = unknown extends Schema
  ? unknown
  : Schema extends z.ZodType
    ? z.output<Schema>
    : undefined;

export interface RouteContext<Params, Query, Body> {
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
  /** Who is signed in; null on a public route without a session. */
  session: Session | null;
  /** The signed-in account. Throws 401 when there is none, so use it on routes that are not public. */
  account: string;
  /** The transaction of a request that changes something: its writes and its idempotency key are one. */
  tx: Transaction;
  log: Log;
  request: Request;
  response: Response;
}

export interface RouteDefinition<Params, Query, Body, Answer> {
  method: 'get' | 'post' | 'delete';
  /** Express path: `/v1/things/:id`. */
  path: string;
  summary: string;
  /** Group in the documentation. */
  tag: string;
  access: Access;
  params?: Params;
  query?: Query;
  body?: Body;
  answer: Answer;
  /** Success; 200 unless said. */
  status?: 200 | 201 | 202;
  /** False for what must not be repeated from memory: signing in and out. */
  idempotent?: boolean;
  limit?: 'reads' | 'writes' | 'signIns';
  handle(
    context: RouteContext<Params, Query, Body>,
  ): Promise<Answer extends z.ZodType ? z.input<Answer> : void>;
}

/** A route whose handler writes the response itself (a stream of CSV). Always a GET. */
export interface StreamDefinition<Query> {
  path: string;
  summary: string;
  tag: string;
  access: Access;
  query?: Query;
  produces: string;
  stream(context: RouteContext<undefined, Query, undefined>): Promise<void>;
}

// What the server and the documentation see of any route.
export interface Route {
  method: 'get' | 'post' | 'delete';
  path: string;
  summary: string;
  tag: string;
  access: Access;
  params: z.ZodType | undefined;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
  answer: z.ZodType | undefined;
  status: number;
  idempotent: boolean;
  limit: 'reads' | 'writes' | 'signIns';
  produces: string;
  handle(context: RouteContext<unknown, unknown, unknown>): Promise<unknown>;
}

type Handler = Route['handle'];

/** Declares a route: the server mounts it, validates by its schemas, and documents it. */
export function route<
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Answer extends z.ZodType = z.ZodType,
>(definition: RouteDefinition<Params, Query, Body, Answer>): Route {
  return {
    ...definition,
    params: definition.params,
    query: definition.query,
    body: definition.body,
    status: definition.status ?? 200,
    idempotent: definition.idempotent ?? definition.method === 'post',
    limit: definition.limit ?? (definition.method === 'get' ? 'reads' : 'writes'),
    produces: 'application/json',
    handle: definition.handle as Handler,
  };
}

/** Declares a GET that streams something other than JSON. */
export function streamRoute<Query extends z.ZodType | undefined = undefined>(
  definition: StreamDefinition<Query>,
): Route {
  const { stream, ...rest } = definition;
  return {
    ...rest,
    method: 'get',
    params: undefined,
    query: definition.query,
    body: undefined,
    answer: undefined,
    status: 200,
    idempotent: false,
    limit: 'reads',
    handle: stream as Handler,
  };
}
