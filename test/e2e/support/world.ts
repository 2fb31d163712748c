import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHome, PROJECT_ROOT } from '../../../scripts/supervisor/home.ts';
import { readPorts } from '../../../scripts/supervisor/ports.ts';

/** The world of the tests stands beside a newcomer's: its own ports, its own home. */
export const PORT_SHIFT = Number(process.env.E2E_PORT_SHIFT ?? 10_000);
const DAY_S = 86_400;

export const ports = readPorts({ AURUM_PORT_SHIFT: String(PORT_SHIFT) });
export const WEB_URL = `http://localhost:${ports.web}`;
export const RPC_URL = `http://127.0.0.1:${ports.rpc}`;
export const API_URL = `http://127.0.0.1:${ports.api}`;
export const MARKET_URL = `http://127.0.0.1:${ports.market}`;

/** Seconds that bring the chain's clock to the next Wednesday 15:00 UTC or so, when the gold market is open. */
export function clockOffsetS(now = new Date()): number {
  const wanted = new Date(now);
  wanted.setUTCDate(now.getUTCDate() + ((3 - now.getUTCDay() + 7) % 7));
  wanted.setUTCHours(15, 0, 0, 0);
  const offset = Math.round((wanted.getTime() - now.getTime()) / 1000);
  return offset < 0 ? offset + 7 * DAY_S : offset;
}

/** Home of the world under test, as global-setup left it for the workers. */
export function worldHome(): string {
  const home = process.env.E2E_HOME;
  if (!home) throw new Error('E2E_HOME is not set: the specs run under playwright.config.ts');
  return home;
}

/** By how much the world's clock is ahead of ours, ms. */
export const worldOffsetMs = (): number => Number(process.env.E2E_OFFSET_S ?? 0) * 1000;

export interface RunningWorld {
  home: string;
  offsetS: number;
  stop(): Promise<void>;
}

/** `npm start` in a home of its own; resolves when it says that it is ready. */
export async function startWorld({
  home,
  offsetS,
}: {
  home?: string;
  offsetS?: number;
} = {}): Promise<RunningWorld> {
  const dir = home ?? mkdtempSync(join(tmpdir(), 'e-aurum-e2e-'));
  if (!home) chmodSync(dir, 0o755); // the database's user must be able to enter it
  const offset = offsetS ?? clockOffsetS();
  // what stands built for a newcomer's world serves this one too
  const built = openHome({}).builds;
  if (!home && existsSync(built)) copyFileSync(built, join(dir, 'builds.json'));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/start.ts'], {
    cwd: PROJECT_ROOT,
    env: {
      ...process.env,
      AURUM_HOME: dir,
      AURUM_PORT_SHIFT: String(PORT_SHIFT),
      AURUM_CLOCK_OFFSET_S: String(offset),
      AURUM_TEST: '1',
      REDIS_URL: '', // as a newcomer has it: queues on PostgreSQL
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      output.push(chunk.toString());
      if (process.env.E2E_VERBOSE) process.stdout.write(chunk);
      if (output.join('').includes('e-Aurum is ready:')) resolve();
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output.join('')}`)));
  });
  return {
    home: dir,
    offsetS: offset,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      if (!home && !process.env.E2E_KEEP) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The services of the running world, as services.json names them. */
export function servicesOf(home: string): Record<string, { pid: number; url?: string }> {
  return JSON.parse(readFileSync(openHome({ AURUM_HOME: home }).services, 'utf8'));
}
