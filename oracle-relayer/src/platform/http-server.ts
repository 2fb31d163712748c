import { createServer, type Server } from 'node:http';
import type { Logger } from 'pino';

export interface Reply {
  status: number;
  body: string;
  contentType?: string;
}

/** GET routes by their exact path. */
export type Routes = Record<string, () => Reply | Promise<Reply>>;

/** A JSON reply; bigints are written as decimal strings. */
export function json(status: number, value: unknown): Reply {
  const body = JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? item.toString() : item));
  return { status, body, contentType: 'application/json' };
}

/** RFC 9457. `detail` says what to do about it. */
export function problem(status: number, title: string, detail: string, more: object = {}): Reply {
  return {
    ...json(status, { type: 'about:blank', title, status, detail, ...more }),
    contentType: 'application/problem+json',
  };
}

async function answer(routes: Routes, method: string, path: string): Promise<Reply> {
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!route) return problem(404, 'Not found', `There is ${Object.keys(routes).join(', ')}.`);
  if (method !== 'GET' && method !== 'HEAD') return problem(405, 'Method not allowed', 'Use GET.');
  return route();
}

/** A server for a few GET routes, apart from listening, so that a test can mount it on any port. */
export function createHttpServer(routes: Routes, log: Logger): Server {
  const server = createServer(async (request, response) => {
    const method = request.method ?? 'GET';
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    let reply: Reply;
    try {
      reply = await answer(routes, method, path);
    } catch (error) {
      log.error({ err: error, path }, 'a request failed');
      reply = problem(500, 'Internal error', 'The log has the reason.');
    }
    response.writeHead(reply.status, {
      'content-type': reply.contentType ?? 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(method === 'HEAD' ? undefined : reply.body);
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 5_000;
  return server;
}

/**
 * Listens.
 * @throws Error that says what to do when the port is taken
 */
export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new Error(`port ${port} on ${host} is taken: stop what uses it, or change "listen" in the config`)
          : error,
      );
    });
    server.listen(port, host, () => resolve());
  });
}
