/**
 * The public price APIs that reporters ask, in their real shapes (samples of 2026-08): each sees the same market with a noise
 * of its own. Spot venues fall silent while the gold market is closed and keep showing their last quote.
 */
import { noise, smoothNoise } from './history.ts';
import { lastTradedAt } from './hours.ts';
import type { MarketPrices } from './prices.ts';

export interface SourceMoment {
  /** Unix seconds the sources answer for. */
  at: number;
  /** 1, or 1.1 when the sources are made wrong. */
  factor: number;
}

/** Half of bid-ask, dollars per ounce, and the spread in Swissquote's own unit. */
const PROFILES = [
  { spreadProfile: 'premium', half: 0.331, spread: 25.6 },
  { spreadProfile: 'prime', half: 0.317, spread: 24.2 },
  { spreadProfile: 'standard', half: 0.345, spread: 27 },
  { spreadProfile: 'elite', half: 0.252, spread: 17.7 },
] as const;

const VENUES = [
  { topo: { platform: 'SwissquoteLtd', server: 'Live5' }, seed: 31, profiles: ['premium', 'prime', 'elite'] },
  { topo: { platform: 'AT', server: 'AT' }, seed: 32, profiles: ['standard', 'premium', 'prime', 'elite'] },
] as const;

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
const bps = (value: number): number => value / 10_000;

/** Swissquote, GET /public-quotes/bboquotes/instrument/XAU/USD: venues, each with its profiles in any order; `ts` in ms. */
export function swissquote(prices: MarketPrices, { at, factor }: SourceMoment): unknown[] {
  const quotedAt = lastTradedAt(at);
  return VENUES.map(({ topo, seed, profiles }) => {
    const middle = prices.spotAt(quotedAt) * factor * (1 + bps(0.6) * smoothNoise(seed, quotedAt, 20));
    const turn = Math.abs(Math.trunc(noise(seed, quotedAt) * 100)) % profiles.length;
    const inAnyOrder = [...profiles.slice(turn), ...profiles.slice(0, turn)];
    return {
      topo,
      spreadProfilePrices: inAnyOrder.map((name) => {
        const { spreadProfile, half, spread } = PROFILES.find((p) => p.spreadProfile === name)!;
        return {
          spreadProfile,
          bidSpread: spread,
          askSpread: spread,
          bid: round(middle - half, 3),
          ask: round(middle + half, 3),
        };
      }),
      ts: quotedAt * 1000 - Math.round(400 + 300 * noise(seed + 1, quotedAt)),
    };
  });
}

/** gold-api.com, GET /price/XAU: one price, the time it was updated, every five seconds. */
export function goldApi(prices: MarketPrices, { at, factor }: SourceMoment): unknown {
  const updatedAt = lastTradedAt(Math.floor(at / 5) * 5);
  const price = prices.spotAt(updatedAt) * factor * (1 + bps(1.2) * smoothNoise(41, updatedAt, 60));
  return {
    currency: 'USD',
    currencySymbol: '$',
    exchangeRate: 1.0,
    name: 'Gold',
    price: round(price, 2),
    symbol: 'XAU',
    updatedAt: new Date(updatedAt * 1000).toISOString().replace('.000Z', 'Z'),
    updatedAtReadable:
      at - updatedAt < 60 ? 'a few seconds ago' : `${Math.round((at - updatedAt) / 60)} minutes ago`,
  };
}

/** Kraken, GET /0/public/Ticker?pair=PAXGUSD: strings, no time; trades around the clock. */
export function kraken(prices: MarketPrices, { at, factor }: SourceMoment, pair: string | null): unknown {
  if (pair !== 'PAXGUSD') return { error: ['EQuery:Unknown asset pair'] };
  const last = prices.paxgAt(at) * factor * (1 + bps(1.5) * smoothNoise(51, at, 30));
  const text = (value: number) => value.toFixed(6);
  const dayAgo = prices.paxgAt(at - 86_400) * factor;
  const day = [last, dayAgo, ...[4, 8, 12, 16, 20].map((h) => prices.paxgAt(at - h * 3_600) * factor)];
  const [low, high] = [Math.min(...day), Math.max(...day)];
  const mean = day.reduce((sum, price) => sum + price, 0) / day.length;
  return {
    error: [],
    result: {
      PAXGUSD: {
        a: [text(last + 0.18), '1', '1.000'],
        b: [text(last - 0.18), '1', '1.000'],
        c: [text(last), '0.00100000'],
        v: ['80.47533909', '380.47600788'],
        p: [text(mean), text(mean)],
        t: [2502, 6319],
        l: [text(low), text(low)],
        h: [text(high), text(high)],
        o: text(dayAgo),
      },
    },
  };
}
