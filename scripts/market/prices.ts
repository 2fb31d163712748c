/** What the devnet's market says at a moment of its clock: spot gold, tokenised gold, and the two stablecoins. */
import { TENTH_MICROGRAMS_PER_OUNCE } from '@e-aurum/sdk';
import { type History, historicPrice, loadHistory, smoothNoise } from './history.ts';
import { lastTradedAt } from './hours.ts';

/**
 * Weeks between the devnet's clock and the history it replays. 313 weeks are six years to the day, 2020 for 2026: the same
 * weekdays, the same switch to summer time, the same American holidays.
 */
const SHIFT_S = 313 * 7 * 86_400;

/** From `from` (devnet clock) on the history runs from `historic` at `speed`. */
export interface ReplaySegment {
  from: number;
  historic: number;
  speed: number;
}

export const REAL_TIME: ReplaySegment[] = [{ from: 0, historic: -SHIFT_S, speed: 1 }];

export interface MarketPrices {
  /** Spot XAU/USD, dollars per troy ounce; while the market is closed, the last close. */
  spotAt(unixSeconds: number): number;
  /** PAXG/USD, which trades around the clock: over a weekend it feels its way to the next open. */
  paxgAt(unixSeconds: number): number;
  /** USDT/USD or USDC/USD, within 5 bps of a dollar. */
  coinAt(coin: 'USDT' | 'USDC', unixSeconds: number): number;
}

/** The moment of the history that the devnet's `unixSeconds` shows. */
export function historicTime(segments: ReplaySegment[], unixSeconds: number): number {
  const segment = segments.findLast((s) => s.from <= unixSeconds) ?? segments[0]!;
  return segment.historic + (unixSeconds - segment.from) * segment.speed;
}

/** Adds a change of speed at `unixSeconds`, without a jump in the price. */
export function withSpeed(segments: ReplaySegment[], unixSeconds: number, speed: number): ReplaySegment[] {
  const historic = historicTime(segments, unixSeconds);
  return [...segments.filter((s) => s.from < unixSeconds), { from: unixSeconds, historic, speed }];
}

/** The market over a replay; `segments` is asked at every call, so that a change of speed takes effect at once. */
export function createPrices(
  segments: () => ReplaySegment[] = () => REAL_TIME,
  history: History = loadHistory(),
): MarketPrices {
  const raw = (at: number) => historicPrice(history, historicTime(segments(), at));
  return {
    spotAt: (at) => raw(lastTradedAt(at)),
    paxgAt: (at) =>
      raw(at) * (1 + 0.0012 * smoothNoise(11, at, 6 * 3_600) + 0.0003 * smoothNoise(12, at, 120)),
    coinAt: (coin, at) => 1 + 0.0005 * smoothNoise(coin === 'USDT' ? 21 : 22, at, 4 * 3_600),
  };
}

/** Dollars as an 8-decimal feed answers them. */
export function toFeedAnswer(usd: number): bigint {
  return BigInt(Math.round(usd * 1e8));
}

/** A troy ounce in grams, for prices that are floating-point anyway. */
export const GRAMS_PER_OUNCE = Number(TENTH_MICROGRAMS_PER_OUNCE) / 1e7;
