import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** The command line of a live process, or undefined. Linux only; elsewhere liveness alone is known. */
export function commandLineOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EPERM') return undefined;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** One `npm start` a home. @returns a function that gives the place free again */
export function lockHome(home: Home): () => void {
  const file = join(home.dir, 'start.pid');
  const holder = Number(existsSync(file) ? readFileSync(file, 'utf8') : 0);
  if (holder && holder !== process.pid && commandLineOf(holder)?.includes('start.ts')) {
    throw new PlainError(
      `e-Aurum already runs here (process ${holder}). Use it, or stop it with Ctrl-C in its terminal.`,
    );
  }
  writeWhole(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

/** Ends what an earlier run left behind when it was killed: only processes that services.json names and that are still ours. */
export async function endOrphans(home: Home, say: (line: string) => void): Promise<void> {
  const known = readJson<
    Record<string, { pid?: number; marker?: string } | { pid?: number; marker?: string }[]>
  >(home.services);
  if (!known) return;
  const orphans = Object.entries(known)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((entry) => ({ name, ...entry })))
    .filter(({ pid, marker }) => pid && marker && commandLineOf(pid)?.includes(marker));
  for (const { name, pid } of orphans) {
    say(`ending ${name} (process ${pid}), left behind by a run that was killed`);
    await endProcess(pid as number, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  }
}

async function endProcess(pid: number, signal: NodeJS.Signals): Promise<void> {
  for (const [attempt, limitMs] of [
    [signal, 8_000],
    ['SIGKILL', 2_000],
  ] as const) {
    try {
      process.kill(pid, attempt);
    } catch {
      return;
    }
    const deadline = Date.now() + limitMs;
    while (Date.now() < deadline) {
      if (commandLineOf(pid) === undefined) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
