import type { Block } from 'ethers';
import type { Chain } from '../platform/chain/chain.ts';
import type { Database, Transaction } from '../platform/database/database.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { senderLock } from '../transactions/sender.ts';
import { reopenTransactionsAfter } from '../transactions/store.ts';
import { readEvents } from './logs.ts';
import { type ChainEvent, type Projection, wants } from './projection.ts';
import {
  checkpointsBefore,
  deleteEventsAfter,
  insertEvents,
  noteRewind,
  projectionVersions,
  pruneCheckpoints,
  readCheckpoint,
  setProjectionVersion,
  storedEvents,
  writeCheckpoint,
} from './store.ts';

export interface IndexerOptions {
  db: Database;
  chain: Chain;
  log: Log;
  metrics: Metrics;
  projections: readonly Projection[];
  /** Signers whose transactions are broadcast again when the chain lost them. */
  signers: readonly string[];
}

const FIRST_RANGE = 500;
const LARGEST_RANGE = 10_000;
const PRUNE_EVERY = 1_000;

/** Reads finalized blocks into the projections. One process at a time may (the caller holds a lock). */
export function createIndexer(options: IndexerOptions) {
  const { db, chain, log, metrics, projections } = options;
  let range = FIRST_RANGE;
  let steps = 0;

  /** Halves the range when the endpoint refuses it, and lets it grow again. */
  async function readRange(from: number, finalized: number): Promise<{ events: ChainEvent[]; to: number }> {
    for (;;) {
      const to = Math.min(finalized, from + range - 1);
      try {
        const events = await readEvents(chain, from, to);
        if (to - from + 1 === range) range = Math.min(LARGEST_RANGE, Math.ceil(range * 1.5));
        return { events, to };
      } catch (error) {
        if (to === from) throw error;
        range = Math.max(1, Math.floor((to - from + 1) / 2));
        log.info({ err: error, range }, 'the endpoint refused a range of logs: smaller steps');
      }
    }
  }

  async function step(): Promise<boolean> {
    const finalized = await chain.finalizedBlock();
    metrics.indexerFinalized.set(finalized.number);
    const checkpoint = await readCheckpoint(db);
    if (checkpoint && !(await stillOnChain(chain, checkpoint.block_number, checkpoint.block_hash))) {
      await rewind(options, checkpoint.block_number);
      return true;
    }
    const from = checkpoint ? checkpoint.block_number + 1 : chain.deployment.block;
    if (from > finalized.number) return false;
    const { events, to } = await readRange(from, finalized.number);
    const last = to === finalized.number ? finalized : await blockNumbered(chain, to);
    // The chain may be put back between reading logs and reading the hash: a log of another chain then shows here.
    const atEnd = events.find((event) => event.blockNumber === to);
    if (atEnd && atEnd.blockHash !== last.hash) return true;
    await db.transaction(async (tx) => {
      await insertEvents(tx, events);
      for (const event of events) await applyEvent(tx, projections, event);
      await writeCheckpoint(tx, to, last.hash!);
    });
    metrics.indexerCheckpoint.set(to);
    if (++steps % PRUNE_EVERY === 0) await pruneCheckpoints(db);
    return to < finalized.number;
  }

  return {
    /** Makes projections that are new, or of another version, from the stored events. */
    prepare: () => rebuildChanged(db, projections, log),
    /** Reads the next range. @returns true when there is more to do at once */
    step,
  };
}

async function blockNumbered(chain: Chain, number: number): Promise<Block> {
  const block = await chain.provider.getBlock(number);
  if (!block) throw new Error(`the endpoint has no block ${number}`);
  return block;
}

async function stillOnChain(chain: Chain, number: number, hash: string): Promise<boolean> {
  return (await chain.provider.getBlock(number))?.hash === hash;
}

async function applyEvent(
  tx: Transaction,
  projections: readonly Projection[],
  event: ChainEvent,
): Promise<void> {
  for (const projection of projections) if (wants(projection, event)) await projection.apply(tx, event);
}

async function rebuild(tx: Transaction, projection: Projection): Promise<void> {
  for (const table of projection.tables) await tx.query(`DELETE FROM ${table}`);
  for await (const event of storedEvents(tx, projection)) await projection.apply(tx, event);
}

async function rebuildChanged(db: Database, projections: readonly Projection[], log: Log): Promise<void> {
  await db.transaction(async (tx) => {
    const versions = await projectionVersions(tx);
    for (const projection of projections) {
      if (versions.get(projection.name) === projection.version) continue;
      log.info(
        { projection: projection.name, version: projection.version },
        'projection is made from the events',
      );
      await rebuild(tx, projection);
      await setProjectionVersion(tx, projection);
    }
  });
}

/** The newest block that was read and is still on the chain; the one before the deployment when there is none. */
async function commonBlock(db: Database, chain: Chain, before: number): Promise<number> {
  let block = before;
  for (;;) {
    const page = await checkpointsBefore(db, block, 50);
    if (page.length === 0) return chain.deployment.block - 1;
    for (const checkpoint of page) {
      if (await stillOnChain(chain, checkpoint.block_number, checkpoint.block_hash))
        return checkpoint.block_number;
    }
    block = page[page.length - 1]!.block_number;
  }
}

/**
 * The chain is not the one that was read: finalized blocks never change, so it was put back to an earlier state (a
 * development chain after a crash). Projections go back to the last block both have in common, what is lost is
 * reported, and our own transactions after it are opened, so that the sender broadcasts the same bytes again.
 */
async function rewind(options: IndexerOptions, from: number): Promise<void> {
  const { db, chain, log, metrics, projections, signers } = options;
  const to = await commonBlock(db, chain, from);
  const { lost, reopened } = await db.transaction(async (tx) => {
    // the sender must not be in the middle of a step that read receipts of the lost chain
    for (const signer of signers)
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        senderLock(chain.chainId, signer),
      ]);
    const lostEvents = await deleteEventsAfter(tx, to);
    for (const projection of projections) {
      if (!projection.appendOnly) await rebuild(tx, projection);
      else
        for (const table of projection.tables)
          await tx.query(`DELETE FROM ${table} WHERE block_number > $1`, [to]);
    }
    const transactions = await reopenTransactionsAfter(tx, chain.chainId, to);
    await noteRewind(tx, { from, to, lost: lostEvents, reopened: transactions });
    return { lost: lostEvents, reopened: transactions };
  });
  metrics.indexerRewinds.inc();
  log.warn(
    { from, to, lost, reopened },
    'the chain was put back: projections rewound, own transactions sent again',
  );
}
