import type { Log } from './log.ts';

export interface Loop {
  /** Waits for the round that is under way, and starts no other. */
  stop(): Promise<void>;
}

/** Runs `work` again and again, never twice at once; a round that fails is logged, and the next one comes. */
export function startEvery(ms: number, log: Log, name: string, work: () => Promise<unknown>): Loop {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = async () => {
    try {
      await work();
    } catch (error) {
      log.warn({ err: error, loop: name }, 'a round failed');
    }
    if (!stopped) timer = setTimeout(begin, ms);
  };
  const begin = () => {
    running = round();
  };
  begin();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
