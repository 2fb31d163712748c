import type { Queryable } from '../platform/database/database.ts';

export interface ObservationRow {
  sequence: number;
  at: Date;
  usd_per_gram: bigint;
  low_usd_per_gram: bigint;
  high_usd_per_gram: bigint;
  source: number;
  mode: number;
  block_number: number;
  transaction_hash: string;
}

export interface ObservationFilter {
  from?: string | undefined;
  to?: string | undefined;
  mode?: number | undefined;
}

const HALTED = 0;

/** Newest first, before a sequence. */
export async function observationsBefore(
  db: Queryable,
  filter: ObservationFilter,
  before: number | undefined,
  limit: number,
): Promise<ObservationRow[]> {
  const { rows } = await db.query<ObservationRow>(
    `SELECT * FROM price_observation
      WHERE ($1::timestamptz IS NULL OR at >= $1) AND ($2::timestamptz IS NULL OR at <= $2)
        AND ($3::smallint IS NULL OR mode = $3) AND ($4::bigint IS NULL OR sequence < $4)
      ORDER BY sequence DESC LIMIT $5`,
    [filter.from ?? null, filter.to ?? null, filter.mode ?? null, before ?? null, limit],
  );
  return rows;
}

/** The last observation with a price at or before a time. */
export async function pricedObservationAt(db: Queryable, at: Date): Promise<ObservationRow | null> {
  const { rows } = await db.query<ObservationRow>(
    `SELECT * FROM price_observation WHERE at <= $1 AND mode <> ${HALTED}
      ORDER BY at DESC, sequence DESC LIMIT 1`,
    [at],
  );
  return rows[0] ?? null;
}

/** The last observation of each interval since `from`, oldest first. */
export async function observationsByInterval(
  db: Queryable,
  from: Date,
  intervalSeconds: number,
): Promise<ObservationRow[]> {
  const { rows } = await db.query<ObservationRow>(
    `SELECT * FROM (
       SELECT DISTINCT ON (floor(extract(epoch FROM at) / $2)) *
         FROM price_observation WHERE at >= $1
        ORDER BY floor(extract(epoch FROM at) / $2), sequence DESC
     ) AS last_of_interval ORDER BY sequence`,
    [from, intervalSeconds],
  );
  return rows;
}

/** Low and high over all priced observations since `from`, not only those of a chart. */
export async function priceRangeSince(
  db: Queryable,
  from: Date,
): Promise<{ low: bigint; high: bigint; observations: number }> {
  const { rows } = await db.query<{ low: bigint; high: bigint; observations: number }>(
    `SELECT coalesce(min(usd_per_gram) FILTER (WHERE mode <> ${HALTED}), 0) AS low,
            coalesce(max(usd_per_gram) FILTER (WHERE mode <> ${HALTED}), 0) AS high,
            count(*) AS observations
       FROM price_observation WHERE at >= $1`,
    [from],
  );
  return rows[0]!;
}
