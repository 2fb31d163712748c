import { Quote, QuoteQuery } from '@e-aurum/sdk/rest';
import type { z } from 'zod';
import type { Chain } from '../platform/chain/chain.ts';
import { isoTime, modeOf, sourceOf } from '../platform/chain/enums.ts';
import { type Revert, revertOf } from '../platform/chain/revert.ts';
import { conflict, type ProblemError, unprocessable } from '../platform/http/problem.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { OracleQuote } from '../prices/oracle.ts';

/** GoldDesk.TradeQuote */
interface TradeQuote {
  grams: bigint;
  feeGrams: bigint;
  coinAmount: bigint;
  usdPerGram: bigint;
  usdPerCoin: bigint;
  spreadBps: bigint;
  feeBps: bigint;
  observed: OracleQuote;
}

/** The desk's refusals: a stable code, and what the investor can do. */
export const REFUSALS: Record<string, [code: string, detail: string]> = {
  DealingHalted: [
    'dealing-halted',
    'There is no price that enough feeds agree on, so dealing is halted. Transfers, staking and redemption go on. Try again later.',
  ],
  DealingIsPaused: ['dealing-paused', 'Dealing is paused by a guardian. Try again later.'],
  CoinNotAccepted: ['coin-not-accepted', 'The desk does not deal in this coin: choose another.'],
  CoinOffPeg: ['coin-off-peg', 'This coin is too far from one dollar to deal in: choose another, or wait.'],
  CoinFeedDead: ['coin-feed-dead', "This coin's price feed does not answer: choose another coin, or wait."],
  TradeTooLarge: ['trade-too-large', 'This is more than one trade may be now: choose a smaller amount.'],
  HourlyLimitExceeded: [
    'hourly-limit',
    'This is more than the hourly limit leaves now: choose less, or wait.',
  ],
  InsufficientLiquidity: [
    'insufficient-liquidity',
    'The desk has too little of this coin now: sell less, or for another coin.',
  ],
  NoHeadroom: ['no-headroom', 'The reserve has too little gold for this now: buy less.'],
  ReserveExceeded: ['no-headroom', 'The reserve has too little gold for this now: buy less.'],
  AttestationTooOld: [
    'attestation-too-old',
    'The reserve must be attested again before new gold can be sold.',
  ],
  MintLimitExceeded: ['mint-limit', 'This is more than can be sold for now: buy less, or wait.'],
  MintingIsPaused: ['minting-paused', 'Selling gold is paused by a guardian. Try again later.'],
  TooLittle: ['amount-too-small', 'The amount is too small to deal in: choose more.'],
};

/** A refusal of the desk as a problem: 409 what may pass, 422 what the caller must change. */
export function refusalProblem(revert: Revert): ProblemError {
  const [code, detail] = REFUSALS[revert.name] ?? [
    'desk-refused',
    `The desk would refuse this trade: ${revert.text}. Choose another amount.`,
  ];
  const callerMustChange = ['coin-not-accepted', 'trade-too-large', 'amount-too-small', 'desk-refused'];
  return callerMustChange.includes(code) ? unprocessable(code, detail) : conflict(code, detail);
}

/** What a trade would give now: the desk's own quote, by the code that would carry it out. */
export function createQuotes(chain: Chain): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/quotes',
      summary: 'What a trade would give at the newest block, by the code that would carry it out.',
      tag: 'Trading',
      access: 'public',
      query: QuoteQuery,
      answer: Quote,
      async handle({ query: { side, coin, amount } }): Promise<z.input<typeof Quote>> {
        const block = await chain.newestBlock();
        const call = chain.contracts.GoldDesk.getFunction(side === 'buy' ? 'quoteBuy' : 'quoteSell');
        let quote: TradeQuote;
        try {
          quote = await call(coin, amount, { blockTag: block.number });
        } catch (error) {
          const revert = revertOf(error);
          if (!revert) throw error;
          throw refusalProblem(revert);
        }
        const { observed } = quote;
        return {
          side,
          coin,
          coinAmount: String(quote.coinAmount),
          grams: String(quote.grams),
          feeGrams: String(quote.feeGrams),
          usdPerGram: String(quote.usdPerGram),
          usdPerCoin: String(quote.usdPerCoin),
          spreadBps: Number(quote.spreadBps),
          feeBps: Number(quote.feeBps),
          price: {
            usdPerGram: String(observed.usdPerGram),
            lowUsdPerGram: String(observed.lowUsdPerGram),
            highUsdPerGram: String(observed.highUsdPerGram),
            mode: modeOf(observed.mode),
            source: sourceOf(observed.source),
          },
          blockNumber: block.number,
          at: isoTime(block.timestamp),
        };
      },
    }),
  ];
}
