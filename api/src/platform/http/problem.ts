import type { Problem } from '@e-aurum/sdk/rest';

export interface ProblemOptions {
  status: number;
  /** Stable, for programs. */
  code: string;
  title: string;
  /** For people: what happened and what to do about it. */
  detail: string;
  errors?: { path: string; message: string }[];
  headers?: Record<string, string>;
}

/** An answer that is an error (RFC 9457). Thrown anywhere while a request is handled. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: ProblemOptions;

  constructor(problem: ProblemOptions) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** A name, not an address: `code` is what programs go by. */
const TYPE_BASE = 'urn:e-aurum:problem:';

/** The body of `application/problem+json`. */
export function problemBody(problem: ProblemOptions, instance: string, requestId: string): Problem {
  const { status, code, title, detail, errors } = problem;
  return {
    type: `${TYPE_BASE}${code}`,
    title,
    status,
    detail,
    code,
    instance,
    requestId,
    ...(errors ? { errors } : {}),
  };
}

export const notFound = (what: string, todo = 'Check the address.'): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'not-found',
    title: 'Not found',
    detail: `${what} does not exist. ${todo}`,
  });

export const conflict = (code: string, detail: string): ProblemError =>
  new ProblemError({ status: 409, code, title: 'Not possible now', detail });

export const unprocessable = (
  code: string,
  detail: string,
  errors?: { path: string; message: string }[],
): ProblemError =>
  new ProblemError({
    status: 422,
    code,
    title: 'Cannot be processed',
    detail,
    ...(errors ? { errors } : {}),
  });

export const signInNeeded = (): ProblemError =>
  new ProblemError({
    status: 401,
    code: 'sign-in-needed',
    title: 'Sign in first',
    detail: 'Sign in with Ethereum: GET /v1/auth/nonce, sign the message, POST /v1/auth/verify.',
  });

export const forbidden = (detail: string): ProblemError =>
  new ProblemError({ status: 403, code: 'forbidden', title: 'Not allowed', detail });

export const unavailable = (code: string, detail: string): ProblemError =>
  new ProblemError({
    status: 503,
    code,
    title: 'Not available now',
    detail,
    headers: { 'Retry-After': '5' },
  });
