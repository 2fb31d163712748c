/** The relayer's own processes, as an operator starts them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export const REPORTERS = ['reporter1', 'reporter2', 'reporter3', 'reporter4', 'reporter5'] as const;
export const TRANSMITTER_PORT = 4230;
export const TWIN_PORT = 4231;
/** Of rounds. */
export const HEARTBEAT_S = 3;
export const reporterPort = (index: number): number => 4221 + index;

export interface Setup {
  dir: string;
  rpcUrls: string[];
  sourcesUrl: string;
  feed: string;
  oracle: string;
  chainId: number;
  offsetS: number;
}

/** Writes the deployment and the config, at a pace that suits a test. */
export function writeConfig({ dir, rpcUrls, sourcesUrl, feed, oracle, chainId }: Setup): string {
  const contracts = { SignedPriceFeed: { proxy: feed }, PriceOracle: { proxy: oracle } };
  writeFileSync(join(dir, 'deployment.json'), JSON.stringify({ chainId, contracts }));
  const adapters = { swissquote: 'swissquote', 'gold-api': 'gold-api', kraken: 'kraken-paxg' };
  const sources = Object.fromEntries(
    REPORTERS.flatMap((reporter) =>
      Object.entries(adapters).map(([name, adapter]) => [
        `${reporter}-${name}`,
        { adapter, url: `${sourcesUrl}/${reporter}/${name}` },
      ]),
    ),
  );
  const config = {
    deployment: 'deployment.json',
    chain: { id: chainId, rpc: rpcUrls, timeoutMs: 2_000 },
    observation: { everyMs: 500, minSources: 2 },
    afterHours: { moveAverageS: 2 },
    sources,
    reporters: REPORTERS.map((name, index) => ({
      name,
      url: `http://127.0.0.1:${reporterPort(index)}`,
      listen: { port: reporterPort(index) },
      sources: Object.keys(adapters).map((source) => `${name}-${source}`),
      key: { developmentAccount: 10 + index },
    })),
    transmitter: {
      listen: { port: TRANSMITTER_PORT },
      key: { developmentAccount: 15 },
      pollMs: 200,
      maxReportAgeS: 8,
      round: { deviationBps: 20, heartbeatS: HEARTBEAT_S },
      record: { deviationBps: 10, heartbeatS: 60 },
      fees: { floorGwei: 0.05, capGwei: 4, raiseAfterMs: 1_500 },
    },
  };
  const file = join(dir, 'config.yaml');
  writeFileSync(file, JSON.stringify(config, null, 2)); // JSON is YAML
  return file;
}

export interface Running {
  child: ChildProcess;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
  /** SIGTERM; the exit code. */
  terminate(): Promise<number | null>;
}

/** Starts `oracle-relayer/src/<script>` on the node that runs the test; its log goes to `<dir>/<name>.log`. */
export function startProcess(name: string, script: string, args: string[], { dir, offsetS }: Setup): Running {
  const child = spawn(process.execPath, [join(root, 'oracle-relayer/src', script), ...args], {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      AURUM_CLOCK_OFFSET_S: String(offsetS),
      AURUM_DEPLOYMENT: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => appendFileSync(join(dir, `${name}.log`), chunk));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    child,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async terminate() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

export const startReporter = (name: string, config: string, setup: Setup): Running =>
  startProcess(name, 'reporter/main.ts', ['--config', config, '--reporter', name], setup);

export const startTransmitter = (config: string, setup: Setup, name = 'transmitter'): Running =>
  startProcess(name, 'transmitter/main.ts', ['--config', config], setup);

/** The same config for a second transmitter, with a key and a port of its own. */
export function writeTwinConfig(file: string, { dir }: Setup): string {
  const config = JSON.parse(readFileSync(file, 'utf8'));
  config.transmitter = {
    ...config.transmitter,
    listen: { port: TWIN_PORT },
    key: { developmentAccount: 16 },
  };
  const twin = join(dir, 'twin.yaml');
  writeFileSync(twin, JSON.stringify(config));
  return twin;
}

/** Asks again and again until it holds. @throws Error that says what was awaited */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  withinMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const found = await ask();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      last = error;
    }
    await sleep(100);
  }
  throw new Error(`waited ${withinMs} ms in vain: ${what}${last ? ` (${String(last)})` : ''}`);
}

/** A value of the transmitter's /metrics, summed over its labels' matches. */
export async function metric(name: string, labels = ''): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${TRANSMITTER_PORT}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(name) && line.includes(labels))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
