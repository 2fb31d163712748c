import { pageOf, Trade, TradesQuery } from '@e-aurum/sdk/rest';
import type { Chain } from '../platform/chain/chain.ts';
import { modeOf } from '../platform/chain/enums.ts';
import type { Database } from '../platform/database/database.ts';
import { ProblemError } from '../platform/http/problem.ts';
import { type Route, route } from '../platform/http/route.ts';
import { type TradePlace, type TradeRow, tradesBefore } from './store.ts';

/** Dollars of a trade, 18 decimals, rounded down: what was paid for the order, or the coins at their rate. */
export function usdOf(row: TradeRow, coinDecimals: number): bigint {
  return row.usd ?? (row.coin_amount * (row.usd_per_coin ?? 0n)) / 10n ** BigInt(coinDecimals);
}

export function tradeUsd(chain: Chain, row: TradeRow): bigint {
  return usdOf(row, (row.coin && chain.coinAt(row.coin)?.decimals) || 18);
}

export function presentTrade(chain: Chain, row: TradeRow): Trade {
  return {
    id: `${row.block_number}-${row.log_index}`,
    side: row.side,
    account: row.account,
    coin: row.coin,
    coinSymbol: (row.coin && chain.coinAt(row.coin)?.symbol) ?? null,
    coinAmount: String(row.coin_amount),
    grams: String(row.grams),
    feeGrams: String(row.fee_grams),
    usd: String(tradeUsd(chain, row)),
    usdPerGram: String(row.usd_per_gram),
    observation: String(row.observation),
    mode: modeOf(row.mode),
    at: row.at.toISOString(),
    blockNumber: row.block_number,
    transactionHash: row.transaction_hash,
  };
}

/** A trade's id is its place, and so the cursor of the page after it. */
function placeOf(cursor: string): TradePlace {
  const match = /^(\d{1,15})-(\d{1,9})$/.exec(cursor);
  if (!match)
    throw new ProblemError({
      status: 400,
      code: 'invalid-cursor',
      title: 'The request is not valid',
      detail: 'cursor must be the `next` of the page before: begin again without it.',
    });
  return { blockNumber: Number(match[1]), logIndex: Number(match[2]) };
}

/** The caller's trades, read from the desk's events in finalized blocks. */
export function createTrades(db: Database, chain: Chain): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/trades',
      summary: "The caller's trades, newest first.",
      tag: 'Trading',
      access: 'session',
      query: TradesQuery,
      answer: pageOf(Trade),
      async handle({ account, query }) {
        const before = query.cursor === undefined ? null : placeOf(query.cursor);
        const rows = await tradesBefore(db, account, before, query.limit + 1);
        const items = rows.slice(0, query.limit).map((row) => presentTrade(chain, row));
        return { items, next: rows.length > query.limit ? items[items.length - 1]!.id : null };
      },
    }),
  ];
}
