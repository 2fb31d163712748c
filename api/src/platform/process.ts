import type { Server } from 'node:http';
import express, { type Express } from 'express';
import { type Chain, createChain } from './chain/chain.ts';
import { DeploymentError, readDeployment } from './chain/deployment.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { createDatabase, type Database } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import { healthRoutes, probePart, type Readiness } from './http/health.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';

/** What every process has. */
export interface Platform {
  config: Config;
  log: Log;
  metrics: Metrics;
  db: Database;
  chain: Chain;
}

/** A running service: what makes it ready beyond database and chain, and how it stops. */
export interface Running {
  /** The process' own HTTP application; without one, a small server answers health and metrics only. */
  app?: Express;
  port: number;
  ready?: () => Promise<Record<string, string | null>>;
  /** Finishes what is being done, takes nothing new. */
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 10_000;

/** Database and chain answer. */
export function readinessOf(
  { db, chain }: Pick<Platform, 'db' | 'chain'>,
  more: Running['ready'],
): Readiness {
  return async () => ({
    database: await probePart(() => db.query('SELECT 1')),
    chain: await probePart(() => chain.provider.send('eth_blockNumber', [])),
    ...(await more?.()),
  });
}

function listen(app: Express, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error?: Error & { code?: string }) => {
      if (!error) resolve(server);
      else if (error.code === 'EADDRINUSE')
        reject(new ConfigError(`port ${port} is taken: stop what uses it, or set another port`));
      else reject(error);
    });
  });
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });

async function createPlatform(service: string): Promise<Platform> {
  const config = readConfig();
  const log = createLog(service, config.logLevel);
  const metrics = createMetrics(service);
  const chain = createChain(config, readDeployment(config.deploymentFile));
  const db = createDatabase(config.databaseUrl, config.databasePoolSize, (error) =>
    log.warn({ err: error }, 'a database connection broke'),
  );
  return { config, log, metrics, db, chain };
}

/** SIGTERM and SIGINT stop the process in order, once; what hangs is cut off after ten seconds. */
function stopOnSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    const timer = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
    stop().then(
      () => {
        clearTimeout(timer);
        process.exit(0);
      },
      (error) => {
        log.error({ err: error }, 'did not stop in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

async function run(service: string, start: (platform: Platform) => Promise<Running>): Promise<void> {
  const platform = await createPlatform(service);
  const { config, log, metrics, db, chain } = platform;
  const applied = await migrate(db);
  if (applied.length > 0) log.info({ applied }, 'database migrated');
  await chain.checkChainId();
  const running = await start(platform);
  let app = running.app;
  if (!app) {
    app = express();
    healthRoutes(app, readinessOf(platform, running.ready), metrics);
  }
  const server = await listen(app, running.port, config.host);
  log.info({ port: running.port, chainId: chain.chainId, environment: config.environment }, 'ready');
  stopOnSignal(log, async () => {
    await closeServer(server);
    await running.stop();
    chain.close();
    await db.close();
  });
}

/**
 * Runs a service until it is told to stop. What an operator can mend (configuration, deployment, ports) ends with one
 * clear sentence; anything else with its stack.
 */
export function runService(service: string, start: (platform: Platform) => Promise<Running>): void {
  run(service, start).catch((error: Error & { code?: string }) => {
    const mendable = error instanceof ConfigError || error instanceof DeploymentError;
    if (mendable) console.error(`${service} cannot start:\n${error.message}`);
    else if (error.code === 'ECONNREFUSED')
      console.error(
        `${service} cannot start: the database or the chain does not answer (DATABASE_URL, RPC_URL)`,
      );
    else console.error(`${service} cannot start:`, error);
    process.exit(1);
  });
}
