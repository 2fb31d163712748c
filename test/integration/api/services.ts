/** The API's processes as they run in production: their own, with their own environment. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const START_TIMEOUT_MS = 60_000;

export type ServiceName = 'main' | 'worker' | 'indexer';
const PORT_VARIABLE: Record<ServiceName, string> = {
  main: 'API_PORT',
  worker: 'WORKER_PORT',
  indexer: 'INDEXER_PORT',
};

export interface Service {
  url: string;
  pid: number;
  /** Everything it wrote to stdout and stderr. */
  output(): string;
  /** Ends it; answers its exit code, null when a signal killed it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

function spawnNode(file: string, env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, file)], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess): () => string {
  const parts: string[] = [];
  child.stdout!.on('data', (chunk: Buffer) => parts.push(chunk.toString('utf8')));
  child.stderr!.on('data', (chunk: Buffer) => parts.push(chunk.toString('utf8')));
  return () => parts.join('');
}

/** Runs a program of the API to its end. */
export async function runProgram(
  file: string,
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawnNode(file, env);
  const output = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output() };
}

/** Starts a service and waits until it is ready. */
export async function startService(
  name: ServiceName,
  port: number,
  env: Record<string, string>,
): Promise<Service> {
  const child = spawnNode(`api/src/${name}.ts`, { ...env, [PORT_VARIABLE[name]]: String(port) });
  const output = collect(child);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) break;
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${name} did not get ready:\n${output().slice(-3_000)}`);
    }
    await sleep(50);
  }
  return {
    url,
    pid: child.pid!,
    output,
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
}

/** Asks until the answer is one that is wanted. @throws with the last answer when it never is */
export async function until<T>(
  what: string,
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > deadline) {
      const shown = JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? String(value) : value));
      throw new Error(
        `${what} did not come within ${timeoutMs} ms; the last answer: ${shown?.slice(0, 2_000)}`,
      );
    }
    await sleep(100);
  }
}
