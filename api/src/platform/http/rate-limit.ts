import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { ProblemError } from './problem.ts';

export type RateLimits = Record<'reads' | 'writes' | 'signIns', (who: string) => Promise<void>>;

const WINDOW_SECONDS = 60;

/**
 * Reads are counted in each process (they are many and cheap); writes and sign-ins in PostgreSQL, for all processes
 * together. Each limit throws a 429 that says when to come back.
 */
export function createRateLimits(config: Config, db: Database): RateLimits {
  const shared = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: db.pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
      inMemoryBlockOnConsumed: points,
      // a limit must not take the service down with it
      insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration: WINDOW_SECONDS }),
    });
  const limiters = {
    reads: new RateLimiterMemory({
      keyPrefix: 'reads',
      points: config.rateLimits.reads,
      duration: WINDOW_SECONDS,
    }),
    writes: shared('writes', config.rateLimits.writes),
    signIns: shared('signIns', config.rateLimits.signIns),
  };
  const limit = (name: keyof typeof limiters) => async (who: string) => {
    try {
      await limiters[name].consume(who);
    } catch (reason) {
      if (reason instanceof Error) throw reason;
      const seconds = Math.max(1, Math.ceil((reason as RateLimiterRes).msBeforeNext / 1000));
      throw new ProblemError({
        status: 429,
        code: 'too-many-requests',
        title: 'Too many requests',
        detail: `Wait ${seconds} s and try again.`,
        headers: { 'Retry-After': String(seconds) },
      });
    }
  };
  return { reads: limit('reads'), writes: limit('writes'), signIns: limit('signIns') };
}
