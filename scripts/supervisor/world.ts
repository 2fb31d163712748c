import { join } from 'node:path';
import { devAccount } from '../devnet/accounts.ts';
import type { Home } from './home.ts';
import { PROJECT_ROOT } from './home.ts';
import type { Ports } from './ports.ts';
import type { ServiceSpec } from './supervisor.ts';

const NODE = process.execPath;
const script = (path: string) => ['--disable-warning=ExperimentalWarning', join(PROJECT_ROOT, path)];

export interface World {
  home: Home;
  ports: Ports;
  databaseUrl: string;
  redisUrl: string | undefined;
  forkUrl: string | undefined;
  clockOffsetS: number;
}

export const rpcUrl = (ports: Ports) => `http://127.0.0.1:${ports.rpc}`;

/** What every process of the world is told. Each reads its own part of it, once, through its own schema. */
export function commonEnvironment({ home, ports, clockOffsetS }: World): Record<string, string> {
  return {
    NODE_ENV: 'development',
    AURUM_HOME: home.dir,
    AURUM_DEPLOYMENT: home.deployment,
    AURUM_SEED: home.seed,
    AURUM_CLOCK_OFFSET_S: String(clockOffsetS),
    RPC_URL: rpcUrl(ports),
    MARKET_URL: `http://127.0.0.1:${ports.market}`,
  };
}

export function chainService(world: World): ServiceSpec {
  return {
    name: 'rpc',
    command: NODE,
    args: script('scripts/devnet/chain-main.ts'),
    env: {
      ...commonEnvironment(world),
      AURUM_RPC_PORT: String(world.ports.rpc),
      AURUM_CHAIN_STATE: world.home.chainState,
      ...(world.forkUrl ? { BSC_RPC_URL: world.forkUrl } : {}),
    },
    ready: () => answersRpc(rpcUrl(world.ports)),
    readyWithinMs: 90_000,
    stopWithinMs: 30_000, // it writes its state
    url: rpcUrl(world.ports),
  };
}

async function answersRpc(url: string): Promise<boolean> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }),
    signal: AbortSignal.timeout(2_000),
  });
  return response.ok && 'result' in ((await response.json()) as object);
}

export function marketService(world: World): ServiceSpec {
  const url = `http://127.0.0.1:${world.ports.market}`;
  return {
    name: 'market',
    command: NODE,
    args: script('scripts/market/main.ts'),
    env: {
      ...commonEnvironment(world),
      AURUM_MARKET_PORT: String(world.ports.market),
      AURUM_MARKET_STATE: world.home.market,
    },
    ready: `${url}/health`,
    url: `${url}/control`,
  };
}

export function reporterServices(world: World): ServiceSpec[] {
  return [1, 2, 3, 4, 5].map((n) => {
    const name = `reporter${n}`;
    const port = world.ports[name as 'reporter1'];
    return {
      name,
      command: NODE,
      args: [
        ...script('oracle-relayer/src/reporter/main.ts'),
        '--config',
        join(PROJECT_ROOT, 'oracle-relayer/config/devnet.yaml'),
        '--reporter',
        name,
      ],
      env: { ...commonEnvironment(world), PORT: String(port) },
      ready: `http://127.0.0.1:${port}/health`,
      url: `http://127.0.0.1:${port}`,
    };
  });
}

export function transmitterService(world: World): ServiceSpec {
  const url = `http://127.0.0.1:${world.ports.transmitter}`;
  const reporters = [1, 2, 3, 4, 5].map((n) => [
    `REPORTER${n}_URL`,
    `http://127.0.0.1:${world.ports[`reporter${n}` as 'reporter1']}`,
  ]);
  return {
    name: 'transmitter',
    command: NODE,
    args: [
      ...script('oracle-relayer/src/transmitter/main.ts'),
      '--config',
      join(PROJECT_ROOT, 'oracle-relayer/config/devnet.yaml'),
    ],
    env: {
      ...commonEnvironment(world),
      ...Object.fromEntries(reporters),
      PORT: String(world.ports.transmitter),
    },
    ready: `${url}/health`,
    url,
  };
}

/** Environment of the API's three processes (api/src/platform/config.ts says what each value is for). */
export function apiEnvironment(world: World, secrets: Record<string, string>): Record<string, string> {
  return {
    ...commonEnvironment(world),
    DATABASE_URL: world.databaseUrl,
    ...(world.redisUrl ? { REDIS_URL: world.redisUrl } : {}),
    COMPLIANCE_KEY: devAccount('compliance').privateKey,
    FULFILMENT_KEY: devAccount('fulfilment').privateKey,
    OPERATORS: devAccount('custodian').address,
    AURUM_ENV: 'development',
    PUBLIC_ORIGINS: [`http://localhost:${world.ports.web}`, `http://127.0.0.1:${world.ports.web}`].join(','),
    API_PORT: String(world.ports.api),
    WORKER_PORT: String(world.ports.worker),
    INDEXER_PORT: String(world.ports.indexer),
    ...secrets,
  };
}

export function apiServices(world: World, env: Record<string, string>): ServiceSpec[] {
  const of = (name: 'api' | 'worker' | 'indexer', file: string): ServiceSpec => ({
    name,
    command: NODE,
    args: script(file),
    env,
    ready: `http://127.0.0.1:${world.ports[name]}/health/live`,
    url: `http://127.0.0.1:${world.ports[name]}`,
  });
  return [
    of('api', 'api/src/main.ts'),
    of('worker', 'api/src/worker.ts'),
    of('indexer', 'api/src/indexer.ts'),
  ];
}

export function webService(world: World): ServiceSpec {
  const url = `http://localhost:${world.ports.web}`;
  return {
    name: 'web',
    command: NODE,
    args: [join(PROJECT_ROOT, 'node_modules/next/dist/bin/next'), 'start', '-p', String(world.ports.web)],
    cwd: join(PROJECT_ROOT, 'web'),
    env: {
      ...commonEnvironment(world),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      API_URL: `http://127.0.0.1:${world.ports.api}`,
    },
    ready: `http://127.0.0.1:${world.ports.web}/`,
    url,
  };
}
