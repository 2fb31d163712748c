import type { ContractName } from '../platform/chain/contracts.ts';
import type { Queryable, Transaction } from '../platform/database/database.ts';
import type { ChainEvent, Projection } from './projection.ts';

export interface Checkpoint {
  block_number: number;
  block_hash: string;
  updated_at: Date;
}

/** Rows kept for a rewind to go back to. */
const KEPT_CHECKPOINTS = 5_000;

export async function readCheckpoint(db: Queryable): Promise<Checkpoint | null> {
  const { rows } = await db.query<Checkpoint>(
    'SELECT * FROM indexer_checkpoint ORDER BY block_number DESC LIMIT 1',
  );
  return rows[0] ?? null;
}

/** Older checkpoints, newest first, in pages. */
export async function checkpointsBefore(db: Queryable, block: number, limit: number): Promise<Checkpoint[]> {
  const { rows } = await db.query<Checkpoint>(
    'SELECT * FROM indexer_checkpoint WHERE block_number < $1 ORDER BY block_number DESC LIMIT $2',
    [block, limit],
  );
  return rows;
}

export async function writeCheckpoint(tx: Transaction, block: number, hash: string): Promise<void> {
  await tx.query('INSERT INTO indexer_checkpoint (block_number, block_hash) VALUES ($1, $2)', [block, hash]);
}

/** Thins old checkpoints out: the newest are kept, of the older ones every hundredth. */
export async function pruneCheckpoints(db: Queryable): Promise<void> {
  await db.query(
    `DELETE FROM indexer_checkpoint
      WHERE block_number % 100 <> 0
        AND block_number < (SELECT min(block_number) FROM
              (SELECT block_number FROM indexer_checkpoint ORDER BY block_number DESC LIMIT $1) AS newest)`,
    [KEPT_CHECKPOINTS],
  );
}

export async function insertEvents(tx: Transaction, events: readonly ChainEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO chain_event (block_number, log_index, block_hash, at, transaction_hash, contract, event, args)
     SELECT * FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::timestamptz[], $5::text[], $6::text[],
                          $7::text[], $8::jsonb[])`,
    [
      events.map((event) => event.blockNumber),
      events.map((event) => event.logIndex),
      events.map((event) => event.blockHash),
      events.map((event) => event.at),
      events.map((event) => event.transactionHash),
      events.map((event) => event.contract),
      events.map((event) => event.event),
      events.map((event) => JSON.stringify(event.args)),
    ],
  );
}

interface EventRow {
  block_number: number;
  log_index: number;
  block_hash: string;
  at: Date;
  transaction_hash: string;
  contract: ContractName;
  event: string;
  args: ChainEvent['args'];
}

const eventOf = (row: EventRow): ChainEvent => ({
  blockNumber: row.block_number,
  logIndex: row.log_index,
  blockHash: row.block_hash,
  at: row.at,
  transactionHash: row.transaction_hash,
  contract: row.contract,
  event: row.event,
  args: row.args,
});

const PAGE = 2_000;

/** The stored events that a projection wants, in the order of the chain, a page at a time. */
export async function* storedEvents(tx: Transaction, projection: Projection): AsyncGenerator<ChainEvent> {
  const wanted = Object.entries(projection.events).flatMap(([contract, names]) =>
    names.map((name) => `${contract}.${name}`),
  );
  let after: [number, number] = [-1, -1];
  for (;;) {
    const { rows } = await tx.query<EventRow>(
      `SELECT * FROM chain_event
        WHERE contract || '.' || event = ANY($1) AND (block_number, log_index) > ($2, $3)
        ORDER BY block_number, log_index LIMIT $4`,
      [wanted, ...after, PAGE],
    );
    for (const row of rows) yield eventOf(row);
    if (rows.length < PAGE) return;
    const last = rows[rows.length - 1]!;
    after = [last.block_number, last.log_index];
  }
}

export async function projectionVersions(db: Queryable): Promise<Map<string, number>> {
  const { rows } = await db.query<{ name: string; version: number }>(
    'SELECT name, version FROM indexer_projection',
  );
  return new Map(rows.map((row) => [row.name, row.version]));
}

export async function setProjectionVersion(tx: Transaction, { name, version }: Projection): Promise<void> {
  await tx.query(
    `INSERT INTO indexer_projection (name, version) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET version = excluded.version`,
    [name, version],
  );
}

/** Forgets what was read after a block. @returns how many events of each kind that were */
export async function deleteEventsAfter(tx: Transaction, block: number): Promise<Record<string, number>> {
  const { rows } = await tx.query<{ name: string; count: number }>(
    `WITH lost AS (DELETE FROM chain_event WHERE block_number > $1 RETURNING contract, event)
     SELECT contract || '.' || event AS name, count(*) FROM lost GROUP BY 1 ORDER BY 1`,
    [block],
  );
  await tx.query('DELETE FROM indexer_checkpoint WHERE block_number > $1', [block]);
  return Object.fromEntries(rows.map((row) => [row.name, row.count]));
}

export async function noteRewind(
  tx: Transaction,
  rewind: { from: number; to: number; lost: Record<string, number>; reopened: readonly unknown[] },
): Promise<void> {
  await tx.query(
    'INSERT INTO indexer_rewind (from_block, to_block, lost_events, reopened) VALUES ($1, $2, $3, $4)',
    [rewind.from, rewind.to, JSON.stringify(rewind.lost), JSON.stringify(rewind.reopened)],
  );
}

/** The histories of several things: `contract`'s events, grouped by the value of their argument `name`. */
export async function eventsAboutMany(
  db: Queryable,
  contract: ContractName,
  name: string,
  values: readonly string[],
): Promise<Map<string, ChainEvent[]>> {
  const { rows } = await db.query<EventRow & { subject: string }>(
    `SELECT *, args ->> $2 AS subject FROM chain_event WHERE contract = $1 AND args ->> $2 = ANY($3)
      ORDER BY block_number, log_index`,
    [contract, name, values],
  );
  const histories = new Map<string, ChainEvent[]>();
  for (const row of rows) histories.set(row.subject, [...(histories.get(row.subject) ?? []), eventOf(row)]);
  return histories;
}

/** The history of one thing. */
export async function eventsAbout(
  db: Queryable,
  contract: ContractName,
  name: string,
  value: string,
): Promise<ChainEvent[]> {
  return (await eventsAboutMany(db, contract, name, [value])).get(value) ?? [];
}
