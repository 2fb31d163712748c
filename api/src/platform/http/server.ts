import { createHmac, randomUUID } from 'node:crypto';
import cookieParser from 'cookie-parser';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { documentationRoutes } from '../openapi/documentation.ts';
import { handleErrors, handleUnknownRoute } from './errors.ts';
import { healthRoutes, type Readiness } from './health.ts';
import { type MountOptions, mountRoutes } from './mount.ts';
import { checkOrigin } from './origin.ts';
import { createRateLimits } from './rate-limit.ts';
import type { Route } from './route.ts';

export interface ServerOptions extends Pick<MountOptions, 'db' | 'capacitiesOf'> {
  config: Config;
  log: Log;
  metrics: Metrics;
  routes: readonly Route[];
  ready: Readiness;
}

/** The caller's id if it looks like one, so that a request can be followed through the proxy; else a new one. */
function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : randomUUID();
}

/** Method, path, status and time; no query, no header, no body. */
function requestLog(log: Log): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (request, response) => {
      const id = requestIdOf(request.headers['x-request-id']);
      response.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      req: (request) => ({ id: request.id, method: request.method, path: request.url.split('?')[0] }),
      res: (response) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, { statusCode }) =>
      statusCode >= 500 ? 'error' : statusCode >= 400 ? 'info' : 'debug',
  }) as RequestHandler;
}

function measure(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const stop = metrics.httpDuration.startTimer();
    response.once('finish', () =>
      stop({
        method: request.method,
        route: request.route?.path ?? 'none',
        status: String(response.statusCode),
      }),
    );
    next();
  };
}

/** The application, built apart from listening: a test mounts it without a port. */
export function createServer({
  config,
  log,
  metrics,
  db,
  routes,
  capacitiesOf,
  ready,
}: ServerOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');

  app.use(requestLog(log));
  app.use(measure(metrics));
  healthRoutes(app, ready, metrics);
  app.use(
    helmet({ contentSecurityPolicy: { directives: { 'script-src': ["'none'"], 'style-src': ["'self'"] } } }),
  );
  app.use(checkOrigin(config));
  app.use(express.json({ limit: '100kb', strict: true }));
  app.use(cookieParser());
  mountRoutes(app, routes, {
    db,
    capacitiesOf,
    limits: createRateLimits(config, db),
    idempotencySecret: createHmac('sha256', config.masterKey).update('idempotency').digest(),
  });
  documentationRoutes(app, routes);
  app.use(handleUnknownRoute);
  app.use(handleErrors());
  return app;
}
