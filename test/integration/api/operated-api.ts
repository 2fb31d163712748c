/** The API over the devnet's ninety days with an empty database, for tests that take a process away or move the clock. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { type DevAccountName, devAccount, devSigner } from '../../../scripts/devnet/accounts.ts';
import { rpc } from '../../../scripts/devnet/rpc.ts';
import { type Answer, type Client, signIn } from './client.ts';
import { openPool, startPostgres } from './postgres.ts';
import { type Service, type ServiceName, startService } from './services.ts';
import { openSeededWorld, type SeededWorld } from './world.ts';

const FINALITY_BLOCKS = 2;

export interface OperatedApi {
  world: SeededWorld;
  db: pg.Pool;
  as(name: DevAccountName): Promise<Client>;
  start(name: ServiceName): Promise<Service>;
  /** kill -9 */
  kill(name: ServiceName): Promise<void>;
  /** Everything that all processes have written, the killed ones included. */
  logs(): string;
  close(): Promise<void>;
}

/** @param operators the accounts of the operators' list */
export async function openOperatedApi(options: {
  rpcPort: number;
  pgPort: number;
  ports: Record<ServiceName, number>;
  operators: readonly DevAccountName[];
}): Promise<OperatedApi> {
  const { ports, operators } = options;
  const [postgres, world] = await Promise.all([
    startPostgres(options.pgPort),
    openSeededWorld(options.rpcPort),
  ]);
  const databaseUrl = await postgres.createDatabase('operated');
  const db = openPool(databaseUrl);
  const env = {
    DATABASE_URL: databaseUrl,
    RPC_URL: world.url,
    AURUM_DEPLOYMENT: world.deploymentFile,
    OPERATORS: operators.map((name) => devAccount(name).address).join(','),
    LOG_LEVEL: 'trace',
    // the queues stand on PostgreSQL here, wherever a Redis may be
    REDIS_URL: '',
  };
  const started: Service[] = [];
  const running = new Map<ServiceName, Service>();
  return {
    world,
    db,
    as: (name) => signIn(`http://127.0.0.1:${ports.main}`, devSigner(name)),
    async start(name) {
      const service = await startService(name, ports[name], env);
      started.push(service);
      running.set(name, service);
      return service;
    },
    async kill(name) {
      await running.get(name)!.end('SIGKILL');
      running.delete(name);
    },
    logs: () => started.map((service) => service.output()).join('\n'),
    async close() {
      for (const service of running.values()) await service.end('SIGKILL');
      await db.end();
      await postgres.stop();
      await world.stop();
    },
  };
}

/** Moves the chain's clock on, and makes that final. */
export async function passTime(url: string, seconds: number): Promise<void> {
  await rpc(url, 'evm_increaseTime', [seconds]);
  for (let n = 0; n <= FINALITY_BLOCKS; n++) await rpc(url, 'evm_mine');
}

/** Posts twice with one Idempotency-Key. @returns both answers */
export async function postTwice(client: Client, path: string, body?: unknown): Promise<[Answer, Answer]> {
  const headers = { 'idempotency-key': randomUUID() };
  return [await client.post(path, body, headers), await client.post(path, body, headers)];
}
