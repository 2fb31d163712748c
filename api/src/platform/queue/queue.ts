import { createHash } from 'node:crypto';
import {
  createNodeRedisClient,
  createPostgresBackend,
  createRedisBackend,
  runMigrations,
  withBackend,
} from 'bullmq';
import pg from 'pg';
import { createClient } from 'redis';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';

/** A job says which outbox row to work on. Nothing else ever goes into a job. */
export interface OutboxJob {
  outboxId: number;
}

export interface OutboxQueue {
  readonly backend: 'postgresql' | 'redis';
  publish(ids: number[]): Promise<void>;
  /** Starts working; resolves when the worker is connected. */
  work(handle: (job: OutboxJob) => Promise<void>, concurrency: number): Promise<void>;
  close(): Promise<void>;
}

const NAME = 'outbox';
const SCHEMA = 'bullmq';
const RETRIES = {
  attempts: 8,
  backoff: { type: 'exponential', delay: 500, jitter: 0.3 },
  // the outbox is the record; a finished job is only noise
  removeOnComplete: true,
  removeOnFail: true,
} as const;

interface QueueLike {
  addBulk(jobs: { name: string; data: OutboxJob; opts: typeof RETRIES }[]): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}
interface WorkerLike {
  on(event: 'error', listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}
interface Backend {
  name: OutboxQueue['backend'];
  queue(): QueueLike;
  worker(handle: (job: OutboxJob) => Promise<void>, concurrency: number): WorkerLike;
  close(): Promise<void>;
}

async function postgresBackend(url: string): Promise<Backend> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const connection = { connectionString: url, schema: SCHEMA, max: 3 };
  return {
    name: 'postgresql',
    queue: () => new Queue<OutboxJob>(NAME, { connection }),
    worker: (handle, concurrency) =>
      new Worker<OutboxJob>(NAME, (job) => handle(job.data), { connection, concurrency }),
    close: async () => {},
  };
}

/** Ids of one database mean nothing in another: each has its own keys, should they share a Redis. */
function keyPrefix(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `aurum:${createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 12)}`;
}

async function redisBackend(url: string, prefix: string, log: Log): Promise<Backend> {
  const { Queue, Worker } = withBackend(createRedisBackend);
  const raw = createClient({ url });
  raw.on('error', (error) => log.warn({ err: error }, 'redis connection'));
  await raw.connect();
  const connection = createNodeRedisClient(raw as unknown as Parameters<typeof createNodeRedisClient>[0]);
  return {
    name: 'redis',
    queue: () => new Queue<OutboxJob>(NAME, { connection, prefix }),
    worker: (handle, concurrency) =>
      new Worker<OutboxJob>(NAME, (job) => handle(job.data), { connection, prefix, concurrency }),
    close: async () => {
      await raw.close();
    },
  };
}

/** The queue of outbox jobs: on PostgreSQL, or on Redis when REDIS_URL is set. */
export async function createOutboxQueue(config: Config, log: Log): Promise<OutboxQueue> {
  const backend = config.redisUrl
    ? await redisBackend(config.redisUrl, keyPrefix(config.databaseUrl), log)
    : await postgresBackend(config.databaseUrl);
  const onError = (error: Error) => log.warn({ err: error }, 'queue');
  const queue = backend.queue();
  queue.on('error', onError);
  let worker: WorkerLike | undefined;
  return {
    backend: backend.name,
    async publish(ids) {
      await queue.addBulk(ids.map((outboxId) => ({ name: NAME, data: { outboxId }, opts: RETRIES })));
    },
    async work(handle, concurrency) {
      worker = backend.worker(handle, concurrency);
      worker.on('error', onError);
      await worker.waitUntilReady();
    },
    async close() {
      await worker?.close();
      await queue.close();
      await backend.close();
    },
  };
}
