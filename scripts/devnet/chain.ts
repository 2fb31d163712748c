/**
 * The devnet's chain: anvil with BSC's pace and finality, whose state survives restarts and crashes.
 *
 * Anvil mines nothing by itself. This supervisor mines a block every 0.45 s while there is work and for two blocks after, so
 * that work is finalized, and one now and then when idle: an empty block costs disk and time too. A new chain begins in the
 * past; until the seed has written its history and marked it complete, only the seed mines.
 */
import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChainStartError, endProcess, pidFile, startAnvil } from './anvil.ts';
import { now } from './clock.ts';
import { HISTORY_DAYS, isHistoryComplete, markHistoryComplete } from './history-mark.ts';
import { rpc } from './rpc.ts';
import { createStateStore, type StateStore } from './state-store.ts';

const BLOCK_MS = 450;
const FINALITY_BLOCKS = 2;
const SAVE_ATTEMPTS = 3;
/** How often a chain is saved on which nothing but empty blocks happened. */
const IDLE_SAVE_MS = 120_000;
const HOUR_S = 3_600;
const DAY_S = 86_400;

export interface ChainOptions {
  port: number;
  /** Folder of the state files. */
  dir: string;
  /** Days of history the seed will write before now; 0 starts the chain at now. Ignored when a state is restored. */
  historyDays?: number;
  /** Forks this endpoint instead; nothing is kept then. */
  forkUrl?: string;
  /** Longest time between two blocks when nothing happens, milliseconds. */
  idleMs?: number;
  /** How often a changed state is written, milliseconds. */
  saveMs?: number;
  log?: (line: string) => void;
}

export interface Chain {
  url: string;
  /** Anvil's own process id. */
  pid: number;
  /** Writes the state now; false if blocks kept coming meanwhile. */
  save(): Promise<boolean>;
  /** Writes the state and ends anvil. */
  stop(): Promise<void>;
  /** Settles when anvil ended; true if it was stopped by {@link Chain.stop}. */
  ended: Promise<boolean>;
}

interface Head {
  number: number;
  timestamp: number;
}

async function headOf(url: string): Promise<Head> {
  const block = await rpc<{ number: string; timestamp: string }>(url, 'eth_getBlockByNumber', [
    'latest',
    false,
  ]);
  return { number: Number(block.number), timestamp: Number(block.timestamp) };
}

/** Saves what an anvil knows whose supervisor was killed, and ends it. Does nothing if there is none. */
export async function endChainOrphan(dir: string, log: (line: string) => void): Promise<void> {
  const orphan = pidFile(dir).orphan();
  if (!orphan) return;
  log(`the chain of the last run (process ${orphan.pid}) is still there: saving its state and ending it`);
  const saved = await createStateStore(dir)
    .save(`http://127.0.0.1:${orphan.port}`)
    .catch(() => false);
  if (!saved) log('its state could not be read any more');
  await endProcess(orphan.pid);
  pidFile(dir).remove();
}

/** Starts anvil on the newest state that can be read, on a fork, or on a new chain. */
async function startOnBestState(options: ChainOptions, store: StateStore, log: (line: string) => void) {
  const { port, forkUrl, historyDays = HISTORY_DAYS } = options;
  if (forkUrl) return { ...(await startAnvil({ port, forkUrl })), isNew: true };
  const problems: string[] = [];
  for (const candidate of store.candidates()) {
    try {
      const stateFile = await store.unpack(candidate);
      const started = await startAnvil({ port, stateFile });
      if (problems.length > 0)
        log(`the newest state was damaged; going on from the one before (${candidate})`);
      return { ...started, isNew: false };
    } catch (error) {
      problems.push(`${candidate}: ${(error as Error).message}`);
      if (/^Port /.test((error as Error).message)) throw error;
    } finally {
      store.cleanUp();
    }
  }
  if (problems.length > 0) {
    throw new ChainStartError(
      `The chain's saved state cannot be read (${problems.join('; ')}). "npm start -- --reset" begins again.`,
    );
  }
  const genesis = Math.floor((now() - historyDays * DAY_S) / HOUR_S) * HOUR_S;
  return { ...(await startAnvil({ port, genesis: historyDays > 0 ? genesis : now() })), isNew: true };
}

/** Puts anvil's clock on the devnet's: at now, or just after the head while the history is being written. */
async function setClock(url: string, historyComplete: boolean): Promise<void> {
  const head = await headOf(url);
  if (!historyComplete) {
    await rpc(url, 'evm_setTime', [head.timestamp + 1]);
    return;
  }
  const behind = head.timestamp - now();
  if (behind > HOUR_S / 60) {
    throw new ChainStartError(
      `The chain's last block lies ${behind} seconds in the future. It was made with another clock ` +
        '(AURUM_CLOCK_OFFSET_S): use the same one again, or begin again with "npm start -- --reset".',
    );
  }
  await rpc(url, 'evm_setTime', [Math.max(now(), head.timestamp + 1)]);
}

/**
 * Starts the chain and keeps it mining and saved until {@link Chain.stop}. Throws {@link ChainStartError} with a sentence for
 * the terminal.
 */
export async function startChain(options: ChainOptions): Promise<Chain> {
  const {
    dir,
    port,
    forkUrl,
    historyDays = HISTORY_DAYS,
    idleMs = 12_000,
    saveMs = 5_000,
    log = () => undefined,
  } = options;
  mkdirSync(dir, { recursive: true });
  const store = createStateStore(dir);
  await endChainOrphan(dir, log);
  const { child, url, isNew } = await startOnBestState(options, store, log);
  const pids = pidFile(dir);
  pids.write(child.pid!, port);

  let stopping = false;
  let historyComplete = false;
  const ended = new Promise<boolean>((resolve) => {
    child.once('exit', () => {
      pids.remove();
      resolve(stopping);
    });
  });
  try {
    if (isNew && (forkUrl || historyDays === 0)) await markHistoryComplete(url);
    historyComplete = await isHistoryComplete(url);
    await setClock(url, historyComplete);
  } catch (error) {
    await endProcess(child.pid!);
    throw error;
  }

  let hasUnsavedWork = false;
  const save = async (): Promise<boolean> => {
    if (forkUrl) return true;
    for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt++) {
      if (await store.save(url)) {
        hasUnsavedWork = false;
        return true;
      }
    }
    return false;
  };

  /** One loop mines and saves, so that no block comes while the state is dumped. */
  const loop = (async () => {
    let settling = FINALITY_BLOCKS;
    let lastBlockAt = Date.now();
    let lastSaveAt = 0;
    let lastSaveTookMs = 0;

    async function mineIfDue(): Promise<void> {
      const pool = await rpc<{ pending: string }>(url, 'txpool_status');
      const hasWork = Number(pool.pending) > 0;
      if (!hasWork && settling === 0 && Date.now() - lastBlockAt < idleMs) return;
      await rpc(url, 'evm_mine');
      lastBlockAt = Date.now();
      hasUnsavedWork ||= hasWork;
      settling = hasWork ? FINALITY_BLOCKS : Math.max(0, settling - 1);
    }

    async function saveIfDue(): Promise<void> {
      // A long chain takes long to write: saving may have a tenth of the time.
      const pause = Math.max(hasUnsavedWork ? saveMs : IDLE_SAVE_MS, 10 * lastSaveTookMs);
      const startedAt = Date.now();
      if (startedAt - lastSaveAt < pause) return;
      await save();
      lastSaveAt = Date.now();
      lastSaveTookMs = lastSaveAt - startedAt;
    }

    while (!stopping) {
      await sleep(BLOCK_MS);
      try {
        // Whoever writes the history mines it; a chain that dies meanwhile begins again.
        if (!historyComplete) {
          historyComplete = await isHistoryComplete(url);
          hasUnsavedWork = historyComplete;
        }
        if (!historyComplete || stopping) continue;
        await mineIfDue();
        if (!stopping) await saveIfDue();
      } catch (error) {
        if (!stopping && child.exitCode === null) log(`no block, or not saved: ${(error as Error).message}`);
      }
    }
  })();

  const stop = async (): Promise<void> => {
    if (stopping) return void (await ended);
    stopping = true;
    await loop;
    const saved = await save().catch(() => false);
    if (!saved && child.exitCode === null) log('the last state could not be saved');
    await endProcess(child.pid!);
    await ended;
  };

  return { url, pid: child.pid!, save, stop, ended };
}
