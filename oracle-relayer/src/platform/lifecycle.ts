import type { Server } from 'node:http';
import type { Logger } from 'pino';

/**
 * Calls `task` again and again, `everyMs` after the one before began (at once when it took longer), one at a time.
 * A task that throws is logged and tried again at its next turn.
 * @returns a function that stops, and waits for the one under way
 */
export function repeat(everyMs: number, task: () => Promise<void>, log: Logger): () => Promise<void> {
  const stopped = new AbortController();
  const running = (async () => {
    while (!stopped.signal.aborted) {
      const startedAt = performance.now();
      await task().catch((error: unknown) => log.error({ err: error }, 'a turn of the loop failed'));
      await sleep(Math.max(0, everyMs - (performance.now() - startedAt)), stopped.signal);
    }
  })();
  return () => {
    stopped.abort();
    return running;
  };
}

/** Waits, but no longer than until the signal. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done);
  });
}

/** Stops accepting, ends idle connections, and gives those under way two seconds. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const hurry = setTimeout(() => server.closeAllConnections(), 2_000);
    server.close(() => {
      clearTimeout(hurry);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** How long an orderly stop may take before the process ends anyway. */
const CLOSE_WITHIN_MS = 5_000;

/** On SIGTERM or SIGINT closes in order and exits 0. A terminal and a supervisor may both send one: the first counts. */
export function closeOnSignal(log: Logger, close: () => Promise<void>): void {
  let closing = false;
  const stop = (signal: string): void => {
    if (closing) return;
    closing = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}

/** Runs a process's main function; what it throws is one clear sentence on stderr and exit code 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(`oracle-relayer: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
