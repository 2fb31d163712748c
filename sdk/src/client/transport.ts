import type { z } from 'zod';
import { Problem } from '../rest/index.ts';

export interface ClientOptions {
  /** Where the API is, such as `https://app.e-aurum.example`; empty in a page of the same origin. */
  baseUrl: string;
  /** Another fetch, for tests or proxies. */
  fetch?: typeof globalThis.fetch;
  /** How long an answer may take. */
  timeoutMs?: number;
}

/** The API refused: `problem.code` is stable, `problem.detail` says what to do. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** What came back is not what the interface says: another server, or another version. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

type QueryValue = string | number | undefined;
export type Query = Record<string, QueryValue>;

export interface Transport {
  get<Schema extends z.ZodType>(path: string, schema: Schema, query?: Query): Promise<z.output<Schema>>;
  /**
   * @param idempotencyKey repeats are safe with the key of the first try; a new random one unless given
   */
  post<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body?: unknown,
    idempotencyKey?: string,
  ): Promise<z.output<Schema>>;
}

function queryText(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new UnexpectedAnswer(`${response.url} answered ${response.status} and no JSON`);
  }
}

/**
 * Requests, their problems, and the session. A browser keeps the session's cookie by itself; elsewhere it is kept here.
 */
export function createTransport({
  baseUrl,
  fetch = globalThis.fetch,
  timeoutMs = 15_000,
}: ClientOptions): Transport {
  let cookie: string | undefined;

  async function call<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    init: RequestInit,
  ): Promise<z.output<Schema>> {
    const response = await fetch(`${baseUrl}${path}`, {
      ...init,
      credentials: 'include',
      headers: { accept: 'application/json', ...(cookie ? { cookie } : {}), ...init.headers },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const setCookie = response.headers.get('set-cookie');
    if (setCookie) cookie = setCookie.split(';')[0];
    const body = await readJson(response);
    if (!response.ok) {
      const problem = Problem.safeParse(body);
      if (problem.success) throw new ApiProblem(problem.data);
      throw new UnexpectedAnswer(`${path} answered ${response.status} without problem details`);
    }
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new UnexpectedAnswer(`${path}: ${issue?.path.join('.')}: ${issue?.message}`);
  }

  return {
    get: (path, schema, query = {}) => call(path + queryText(query), schema, { method: 'GET' }),
    post: (path, schema, body, idempotencyKey = crypto.randomUUID()) =>
      call(path, schema, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify(body ?? {}),
      }),
  };
}
