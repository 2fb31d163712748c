import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { forbidden } from './problem.ts';

const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;

/** True for an origin that serves our pages. Development takes every port of this machine. */
export function isOurOrigin(config: Pick<Config, 'environment' | 'publicOrigins'>, origin: string): boolean {
  return (
    config.publicOrigins.includes(origin) || (config.environment === 'development' && LOCAL.test(origin))
  );
}

/** A browser says where a request comes from: what changes something must come from our pages (CSRF, with SameSite). */
export function checkOrigin(config: Config): RequestHandler {
  return (request, _response, next) => {
    const origin = request.get('origin');
    const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    if (changes && origin && !isOurOrigin(config, origin)) {
      next(
        forbidden(`Requests from ${origin} are not accepted: use the dApp's own address (PUBLIC_ORIGINS).`),
      );
    } else next();
  };
}
