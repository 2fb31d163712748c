import { setTimeout as sleep } from 'node:timers/promises';
import { computeAddress } from 'ethers';
import { createIndexer } from './indexer/indexer.ts';
import { PROJECTIONS } from './indexer/projections.ts';
import { runService } from './platform/process.ts';

const RETRY_MS = 1_000;
const STANDBY_MS = 2_000;

/** Reads the chain into the projections. Of several processes one reads, and the others stand by for it. */
runService('indexer', async ({ config, db, chain, log, metrics }) => {
  const indexer = createIndexer({
    db,
    chain,
    log,
    metrics,
    projections: PROJECTIONS,
    signers: Object.values(config.signerKeys).map((key) => computeAddress(key)),
  });
  const stopping = new AbortController();
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  async function readUntilStopped(): Promise<void> {
    await indexer.prepare();
    while (!stopping.signal.aborted) {
      const more = await indexer.step();
      if (!more) await pause(config.indexerPollMs);
    }
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const held = await db.withLock(`indexer ${chain.chainId}`, readUntilStopped);
        if (!held) await pause(STANDBY_MS);
      } catch (error) {
        log.warn({ err: error }, 'the indexer could not go on: it tries again');
        await pause(RETRY_MS);
      }
    }
  }

  const done = loop();
  return {
    port: config.ports.indexer,
    async stop() {
      stopping.abort();
      await done;
    },
  };
});
