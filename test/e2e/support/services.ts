import { setTimeout as delay } from 'node:timers/promises';
import { servicesOf, worldHome } from './world.ts';

export type Service = 'api' | 'worker' | 'indexer' | 'transmitter';

const HEALTH: Record<Service, string> = {
  api: '/health/ready',
  worker: '/health/ready',
  indexer: '/health/ready',
  transmitter: '/health',
};
const BACK_WITHIN_MS = 30_000;

const find = (name: Service) => servicesOf(worldHome())[name]!;

/** Ends a service as a crash does: it can't finish anything. @returns the process that it was */
export function kill(name: Service): number {
  const { pid } = find(name);
  process.kill(pid, 'SIGKILL');
  return pid;
}

/** Waits until the supervisor has started it again and it is well. */
export async function backAgain(name: Service, killed: number): Promise<void> {
  const deadline = Date.now() + BACK_WITHIN_MS;
  while (Date.now() < deadline) {
    const { pid, url } = find(name);
    if (pid && pid !== killed && (await answers(`${url}${HEALTH[name]}`))) return;
    await delay(250);
  }
  throw new Error(`${name} did not come back within ${BACK_WITHIN_MS / 1000} s after kill -9`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** Kills several at once and waits for all of them. */
export async function crash(...names: Service[]): Promise<void> {
  const killed = names.map((name) => [name, kill(name)] as const);
  await Promise.all(killed.map(([name, pid]) => backAgain(name, pid)));
}
