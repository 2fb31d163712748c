import type { Queryable } from '../platform/database/database.ts';

export interface TradeRow {
  block_number: number;
  log_index: number;
  transaction_hash: string;
  at: Date;
  side: 'buy' | 'sell' | 'settle';
  account: string;
  coin: string | null;
  coin_amount: bigint;
  grams: bigint;
  fee_grams: bigint;
  usd: bigint | null;
  usd_per_coin: bigint | null;
  usd_per_gram: bigint;
  observation: number;
  mode: number;
}

/** A place in the list: block and log of a trade. */
export interface TradePlace {
  blockNumber: number;
  logIndex: number;
}

/** An account's trades, newest first, before a place. */
export async function tradesBefore(
  db: Queryable,
  account: string,
  before: TradePlace | null,
  limit: number,
): Promise<TradeRow[]> {
  const { rows } = await db.query<TradeRow>(
    `SELECT * FROM trade
      WHERE account = $1 AND ($2::bigint IS NULL OR (block_number, log_index) < ($2, $3))
      ORDER BY block_number DESC, log_index DESC LIMIT $4`,
    [account, before?.blockNumber ?? null, before?.logIndex ?? null, limit],
  );
  return rows;
}

/** All of an account's trades, in their order. */
export async function tradesOf(db: Queryable, account: string): Promise<TradeRow[]> {
  const { rows } = await db.query<TradeRow>(
    'SELECT * FROM trade WHERE account = $1 ORDER BY block_number, log_index',
    [account],
  );
  return rows;
}
