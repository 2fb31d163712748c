import { usdValue, WEI_PER_MG } from '@e-aurum/sdk';
import { Portfolio } from '@e-aurum/sdk/rest';
import type { z } from 'zod';
import type { Chain } from '../platform/chain/chain.ts';
import { isoTime } from '../platform/chain/enums.ts';
import type { Database } from '../platform/database/database.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { OracleState } from '../prices/oracle.ts';
import { type BarRow, barsInState, certificatesOf, presentBar } from '../reserve/store.ts';
import { tradesOf } from '../trades/store.ts';
import { presentTrade, tradeUsd } from '../trades/trades.ts';
import { costOf } from './cost-basis.ts';
import { escrowOf } from './escrow.ts';

const SHOWN_TRADES = 50;

export interface PortfolioOptions {
  db: Database;
  chain: Chain;
  readOracle(): Promise<OracleState>;
}

/**
 * The bars behind an account's grams: its grams spread over all Active bars in proportion to their fine weight, each
 * share rounded down to the milligram. Grams in escrow whose bars are set aside already stand behind those bars alone.
 */
export function sharesOf(bars: readonly BarRow[], grams: bigint) {
  const backingMg = bars.reduce((sum, bar) => sum + bar.fine_weight_mg, 0n);
  let coveredMg = grams / WEI_PER_MG;
  if (coveredMg > backingMg) coveredMg = backingMg;
  return bars
    .map((bar) => ({
      barId: String(bar.bar_id),
      refiner: bar.refiner,
      serial: bar.serial,
      year: bar.year,
      vault: bar.vault,
      fineWeightMg: String(bar.fine_weight_mg),
      shareMg: String((bar.fine_weight_mg * coveredMg) / backingMg),
    }))
    .filter((share) => share.shareMg !== '0');
}

async function readHoldings(db: Database, chain: Chain, account: string, blockTag: number) {
  const { GoldToken, StakedGold } = chain.contracts;
  const at = { blockTag };
  const [balance, shares, escrow] = await Promise.all([
    GoldToken.getFunction('balanceOf')(account, at) as Promise<bigint>,
    StakedGold.getFunction('balanceOf')(account, at) as Promise<bigint>,
    escrowOf(db, chain, account, blockTag),
  ]);
  const staked: bigint = await StakedGold.getFunction('convertToAssets')(shares, at);
  return { balance, shares, staked, escrow };
}

/** What the caller owns: amounts and price from the contracts at one block, costs from their finalized trades. */
export function createPortfolio({ db, chain, readOracle }: PortfolioOptions): Route[] {
  async function portfolioOf(account: string): Promise<z.input<typeof Portfolio>> {
    const { block, quote } = await readOracle();
    const [{ balance, shares, staked, escrow }, trades, bars, certificates] = await Promise.all([
      readHoldings(db, chain, account, block.number),
      tradesOf(db, account),
      barsInState(db, 'Active'),
      certificatesOf(db, account),
    ]);
    const total = balance + staked + escrow.total;
    const costed = trades.map((trade) => ({
      side: trade.side,
      grams: trade.grams,
      usd: tradeUsd(chain, trade),
    }));
    const cost = costOf(costed, total);
    const price = quote.usdPerGram === 0n ? null : quote.usdPerGram;
    const value = price === null ? null : usdValue(total, price);
    return {
      account,
      balance: String(balance),
      stakedShares: String(shares),
      staked: String(staked),
      escrowed: String(escrow.total),
      total: String(total),
      usdPerGram: price === null ? null : String(price),
      valueUsd: value === null ? null : String(value),
      costUsd: String(cost),
      gainUsd: value === null ? null : String(value - cost),
      bars: sharesOf(bars, balance + staked + escrow.unallocated),
      certificates: certificates.map(presentBar),
      trades: trades
        .slice(-SHOWN_TRADES)
        .reverse()
        .map((trade) => presentTrade(chain, trade)),
      blockNumber: block.number,
      at: isoTime(block.timestamp),
    };
  }

  return [
    route({
      method: 'get',
      path: '/v1/portfolio',
      summary:
        'What the caller owns, its value and its cost (average cost over own trades), and the bars behind it.',
      tag: 'Portfolio',
      access: 'session',
      answer: Portfolio,
      handle: ({ account }) => portfolioOf(account),
    }),
  ];
}
