import type { Database, Queryable, Transaction } from '../database/database.ts';

/** How long a published row may stay undone before the sweep publishes it again. */
export const RETRY_AFTER_MS = 30_000;
const BATCH = 100;

/**
 * Writes the wish to do something, in the transaction of the change that causes it.
 * @param subject an id; never personal data
 */
export async function addToOutbox(tx: Queryable, kind: string, subject: string): Promise<void> {
  await tx.query('INSERT INTO outbox (kind, subject) VALUES ($1, $2)', [kind, subject]);
}

/**
 * Hands waiting rows to `publish`: new ones, and those that a crash or a failure left undone (the sweep). Several
 * workers may do this at once; a row locked by one is skipped by the others.
 * @returns how many were published
 */
export async function publishOutbox(
  db: Database,
  publish: (ids: number[]) => Promise<void>,
  retryAfterMs = RETRY_AFTER_MS,
): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.query<{ id: number }>(
      `SELECT id FROM outbox
        WHERE done_at IS NULL
          AND (published_at IS NULL OR published_at < now() - $1 * interval '1 millisecond')
        ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [retryAfterMs, BATCH],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.id);
    await tx.query('UPDATE outbox SET published_at = now() WHERE id = ANY($1)', [ids]);
    // Published before the commit: a job whose row is not committed yet as published is at worst handled twice,
    // and handling is idempotent; a committed row without a job would wait for the sweep.
    await publish(ids);
    return ids.length;
  });
}

export interface OutboxRow {
  id: number;
  kind: string;
  subject: string;
}

/**
 * Works on one row: its handler's writes and its being done are one transaction, and the row's lock keeps a second
 * worker with the same job out.
 * @returns false when it was done already
 */
export async function workOutboxRow(
  db: Database,
  id: number,
  handle: (row: OutboxRow, tx: Transaction) => Promise<void>,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.query<OutboxRow>(
      // waits: the publisher may not have committed yet, and a second worker then finds it done
      'SELECT id, kind, subject FROM outbox WHERE id = $1 AND done_at IS NULL FOR UPDATE',
      [id],
    );
    const row = rows[0];
    if (!row) return false;
    await handle(row, tx);
    await tx.query(
      'UPDATE outbox SET done_at = now(), attempts = attempts + 1, last_error = NULL WHERE id = $1',
      [id],
    );
    return true;
  });
}

/** Remembers a failed attempt; the message comes from an error class, never from data. */
export async function noteOutboxFailure(db: Queryable, id: number, message: string): Promise<void> {
  await db.query('UPDATE outbox SET attempts = attempts + 1, last_error = $2 WHERE id = $1', [
    id,
    message.slice(0, 300),
  ]);
}

export async function countOutboxWaiting(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>('SELECT count(*) FROM outbox WHERE done_at IS NULL');
  return rows[0]!.count;
}

/** Forgets what was done long ago. */
export async function pruneOutbox(db: Queryable): Promise<void> {
  await db.query(`DELETE FROM outbox WHERE done_at < now() - interval '30 days'`);
}
