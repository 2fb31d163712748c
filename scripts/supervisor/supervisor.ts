import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from './sentence.ts';

export interface ServiceSpec {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  cwd?: string;
  /** asked every 200 ms until it answers 2xx, or the function answers true */
  ready?: string | (() => Promise<boolean>);
  readyWithinMs?: number;
  /** how it is asked to end (SIGTERM); PostgreSQL wants SIGINT */
  stopSignal?: NodeJS.Signals;
  stopWithinMs?: number;
  /** where people find it */
  url?: string;
  /** PostgreSQL refuses to run as root */
  uid?: number;
  gid?: number;
}

export interface RunningService {
  spec: ServiceSpec;
  pid: number | undefined;
  restarts: number;
  logFile: string;
}

interface Slot extends RunningService {
  child: ChildProcess | undefined;
  startedAt: number;
  stopping: boolean;
  timer: NodeJS.Timeout | undefined;
}

export interface Supervisor {
  start(spec: ServiceSpec): Promise<void>;
  stop(name: string): Promise<void>;
  stopAll(): Promise<void>;
  services(): RunningService[];
}

const STEADY_MS = 10_000;
const MAX_BACKOFF_MS = 5_000;
const MAX_QUICK_RESTARTS = 8;

/**
 * Runs services and starts them again when they end by themselves, with a back-off. Each is the leader of its own process
 * group, so that Ctrl-C in the terminal reaches the supervisor alone, and stopping a service stops its children too.
 */
export function createSupervisor({
  logDir,
  say,
  onChange,
  onGiveUp,
  firstBackoffMs = 250,
}: {
  logDir: string;
  say: (line: string) => void;
  onChange: (services: RunningService[]) => void;
  onGiveUp: (service: RunningService) => void;
  /** wait before the second start in a row, doubled each time */
  firstBackoffMs?: number;
}): Supervisor {
  const slots: Slot[] = [];
  let ending = false;

  function launch(slot: Slot): void {
    const { spec } = slot;
    const log = openSync(slot.logFile, 'a');
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: { ...process.env, ...spec.env },
      stdio: ['ignore', log, log],
      detached: true,
      ...(spec.uid === undefined ? {} : { uid: spec.uid, gid: spec.gid ?? spec.uid }),
    });
    closeSync(log);
    slot.child = child;
    slot.pid = child.pid;
    slot.startedAt = Date.now();
    child.once('error', (error) => say(`${spec.name} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => onExit(slot, signal ?? `code ${code}`));
    onChange(slots);
  }

  function onExit(slot: Slot, how: string): void {
    slot.pid = undefined;
    slot.child = undefined;
    if (ending || slot.stopping) return;
    const quick = Date.now() - slot.startedAt < STEADY_MS;
    slot.restarts = quick ? slot.restarts + 1 : 1;
    if (slot.restarts > MAX_QUICK_RESTARTS) {
      say(`${slot.spec.name} ended ${slot.restarts} times in a row (${how}); see ${slot.logFile}`);
      onGiveUp(slot);
      return;
    }
    const wait = quick ? Math.min(firstBackoffMs * 2 ** (slot.restarts - 1), MAX_BACKOFF_MS) : 0;
    say(`${slot.spec.name} ended (${how}); starting it again${wait ? ` in ${wait} ms` : ''}`);
    slot.timer = setTimeout(() => launch(slot), wait);
  }

  async function waitUntilReady(slot: Slot): Promise<void> {
    const { spec } = slot;
    if (!spec.ready) return;
    const deadline = Date.now() + (spec.readyWithinMs ?? 60_000);
    while (Date.now() < deadline) {
      if (ending) throw new PlainError('Stopped before everything was up.');
      if (await probe(spec.ready)) return;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    throw new PlainError(
      `${spec.name} did not come up in ${(spec.readyWithinMs ?? 60_000) / 1000} s. Its last lines (${slot.logFile}):\n${lastLines(slot.logFile)}`,
    );
  }

  async function stopSlot(slot: Slot): Promise<void> {
    slot.stopping = true;
    clearTimeout(slot.timer);
    const { child } = slot;
    if (!child?.pid) return;
    const { pid } = child;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    signalGroup(pid, slot.spec.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), slot.spec.stopWithinMs ?? 8_000);
    await gone;
    clearTimeout(timer);
    signalGroup(pid, 'SIGKILL'); // whatever it left behind in its group
  }

  return {
    async start(spec) {
      const slot: Slot = {
        spec,
        pid: undefined,
        child: undefined,
        restarts: 0,
        startedAt: 0,
        stopping: false,
        timer: undefined,
        logFile: join(logDir, `${spec.name}.log`),
      };
      slots.push(slot);
      launch(slot);
      await waitUntilReady(slot);
    },
    async stop(name) {
      const index = slots.findIndex((slot) => slot.spec.name === name);
      const [slot] = index < 0 ? [] : slots.splice(index, 1);
      if (slot) await stopSlot(slot);
    },
    async stopAll() {
      ending = true;
      // in the reverse order of the start: who depends on another ends before it
      for (const slot of [...slots].reverse()) await stopSlot(slot);
    },
    services: () => slots,
  };
}

async function probe(ready: string | (() => Promise<boolean>)): Promise<boolean> {
  try {
    if (typeof ready === 'function') return await ready();
    return (await fetch(ready, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // already gone
  }
}

export function lastLines(file: string, count = 15): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '(no log)';
  }
}
