import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import { notFound, ProblemError, type ProblemOptions, problemBody, unavailable } from './problem.ts';

const CONNECTION_LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'SERVER_ERROR',
  'NETWORK_ERROR',
  'TIMEOUT',
  '57P01',
  '57P03',
]);

interface KnownError {
  status?: number;
  type?: string;
  code?: string;
}

/** What Express' own parsers and our backends throw, in our words. */
function problemOf(error: unknown): ProblemOptions {
  if (error instanceof ProblemError) return error.problem;
  const { status, type, code } = (error ?? {}) as KnownError;
  if (type === 'entity.too.large')
    return {
      status: 413,
      code: 'body-too-large',
      title: 'Too large',
      detail: 'The body is larger than 100 kB: send less.',
    };
  if (status === 400 || type === 'entity.parse.failed')
    return {
      status: 400,
      code: 'invalid-json',
      title: 'The request is not valid',
      detail: 'The body must be JSON: check quotes and commas, and send Content-Type: application/json.',
    };
  if (code && CONNECTION_LOST.has(code))
    return unavailable(
      'backend-unavailable',
      'The chain or the database does not answer: try again in a moment.',
    ).problem;
  return {
    status: 500,
    code: 'internal-error',
    title: 'Something went wrong here',
    detail: 'This is our mistake. Try again; if it stays, report it with the requestId.',
  };
}

export const handleUnknownRoute: RequestHandler = (request, _response, next) =>
  next(notFound(`${request.method} ${request.path}`, 'The interface is described at /docs.'));

/** Every error leaves as problem details; only what is our fault is logged as an error. */
export function handleErrors(): ErrorRequestHandler {
  return (error, request, response: Response, next) => {
    const problem = problemOf(error);
    const log = request.log as Log;
    if (problem.status >= 500) log.error({ err: error }, 'request failed');
    if (response.headersSent) {
      next(error); // a stream had begun: Express cuts the connection, so that nobody takes it for complete
      return;
    }
    response
      .status(problem.status)
      .set(problem.headers ?? {})
      .set('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, request.path, String(request.id))));
  };
}
