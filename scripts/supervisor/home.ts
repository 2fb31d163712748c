import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError } from './sentence.ts';

export const PROJECT_ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where everything that a run leaves behind lives: `.aurum/`, or AURUM_HOME. */
export interface Home {
  dir: string;
  logs: string;
  chainState: string;
  deployment: string;
  seed: string;
  services: string;
  market: string;
  builds: string;
  secrets: string;
}

export function openHome(env: NodeJS.ProcessEnv): Home {
  const dir = resolve(PROJECT_ROOT, env.AURUM_HOME || '.aurum');
  const home: Home = {
    dir,
    logs: join(dir, 'logs'),
    chainState: join(dir, 'chain'),
    deployment: join(dir, 'deployment.json'),
    seed: join(dir, 'seed.json'),
    services: join(dir, 'services.json'),
    market: join(dir, 'market.json'),
    builds: join(dir, 'builds.json'),
    secrets: join(dir, 'secrets.json'),
  };
  mkdirSync(home.logs, { recursive: true });
  return home;
}

const NEEDED_MB = 500;

/** @throws PlainError when the disk of the home has no room for a database, a chain and their logs */
export function checkRoom(home: Home): void {
  const { bavail, bsize } = statfsSync(home.dir);
  const freeMb = Math.floor((bavail * bsize) / 1_000_000);
  if (freeMb < NEEDED_MB) {
    throw new PlainError(
      `The disk of ${home.dir} has ${freeMb} MB free, and ${NEEDED_MB} MB are needed. Free some space, or name another folder: AURUM_HOME=/path npm start`,
    );
  }
}

/** Writes to a new name and renames, so that a crash leaves the old file or the new one. */
export function writeWhole(file: string, content: string, mode = 0o644): void {
  writeFileSync(`${file}.new`, content, { mode });
  renameSync(`${file}.new`, file);
}

export function readJson<T>(file: string): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined; // torn by a crash: what it held is made again
  }
}

/**
 * What tells a live process from another that was given its number later: when it started. Undefined when there is none, or
 * when it has ended and only waits to be reaped.
 */
export function identityOf(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return status === 0 ? stdout.trim() : undefined;
  }
  try {
    // the name in parentheses may hold anything; what follows it are fields: state is the first, start time the 20th
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** One `npm start` a home. @returns a function that gives the place free again */
export function lockHome(home: Home): () => void {
  const file = join(home.dir, 'start.pid');
  const [holder = 0, identity] = readJson<[number, string]>(file) ?? [];
  if (holder && holder !== process.pid && identity && identityOf(holder) === identity) {
    throw new PlainError(
      `e-Aurum already runs here (process ${holder}). Use it, or stop it with Ctrl-C in its terminal.`,
    );
  }
  writeWhole(file, JSON.stringify([process.pid, identityOf(process.pid)]));
  return () => rmSync(file, { force: true });
}

interface Remembered {
  pid?: number;
  identity?: string;
}

/** What others depend on ends after them. */
const LAST = ['rpc', 'postgres'];

/** Ends what an earlier run left behind when it was killed: only processes that services.json names and that are still ours. */
export async function endOrphans(home: Home, say: (line: string) => void): Promise<void> {
  const known = readJson<Record<string, Remembered | Remembered[]>>(home.services);
  if (!known) return;
  const orphans = Object.entries(known)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((entry) => ({ name, ...entry })))
    .filter(({ pid, identity }) => pid && identity && identityOf(pid) === identity);
  if (orphans.length > 0) {
    say(`ending ${orphans.map(({ name }) => name).join(', ')}, left behind by a run that was killed`);
  }
  const end = ({ name, pid }: (typeof orphans)[number]) =>
    endProcess(pid as number, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  await Promise.all(orphans.filter(({ name }) => !LAST.includes(name)).map(end));
  await Promise.all(orphans.filter(({ name }) => LAST.includes(name)).map(end));
}

async function endProcess(pid: number, signal: NodeJS.Signals): Promise<void> {
  for (const [attempt, limitMs] of [
    [signal, 15_000],
    ['SIGKILL', 2_000],
  ] as const) {
    try {
      process.kill(pid, attempt);
    } catch {
      return;
    }
    const deadline = Date.now() + limitMs;
    while (Date.now() < deadline) {
      if (identityOf(pid) === undefined) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
