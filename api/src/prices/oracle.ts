import type { Block } from 'ethers';
import { createBlockCache } from '../platform/chain/block-cache.ts';
import type { Chain } from '../platform/chain/chain.ts';

/** PriceOracle.Quote */
export interface OracleQuote {
  usdPerGram: bigint;
  lowUsdPerGram: bigint;
  highUsdPerGram: bigint;
  mode: bigint;
  source: bigint;
}

/** PriceOracle.FeedStatus */
export interface OracleFeed {
  feed: string;
  live: boolean;
  usdPerGram: bigint;
  updatedAt: bigint;
  heartbeat: bigint;
}

/** PriceOracle.Observation */
export interface OracleObservation {
  sequence: bigint;
  time: bigint;
  usdPerGram: bigint;
  source: bigint;
  mode: bigint;
}

export interface OracleState {
  block: Block;
  quote: OracleQuote;
  /** MAIN, PIVOT, FALLBACK */
  feeds: OracleFeed[];
  /** null before the first one */
  latest: OracleObservation | null;
  marketOpen: boolean;
  marketClosedUntil: bigint;
}

const FEED_SOURCES = [1, 2, 3] as const;

/** What the oracle says at the newest block; everything is read at that one block. */
export function createOracleReader(chain: Chain): () => Promise<OracleState> {
  const { PriceOracle } = chain.contracts;
  return createBlockCache(chain, async (block) => {
    const at = { blockTag: block.number };
    const read = (name: string, ...args: unknown[]) => PriceOracle.getFunction(name)(...args, at);
    const [quote, ring, marketOpen, marketClosedUntil, ...feeds] = await Promise.all([
      read('quote') as Promise<OracleQuote>,
      read('ring') as Promise<{ newestSequence: bigint }>,
      read('isMarketOpen', block.timestamp) as Promise<boolean>,
      read('marketClosedUntil') as Promise<bigint>,
      ...FEED_SOURCES.map((source) => read('feedStatus', source) as Promise<OracleFeed>),
    ]);
    const latest =
      ring.newestSequence === 0n ? null : ((await read('latest')) as unknown as OracleObservation);
    return { block, quote, feeds, latest, marketOpen, marketClosedUntil };
  });
}

const HOUR_S = 3_600;
const LONGEST_CLOSURE_HOURS = 24 * 10;
const CHUNK = 24;

/**
 * When the market opens or closes next: hours of trade begin and end on the hour, and a guardian's closing ends when
 * it says. The contract is asked, so that its holidays count.
 * @returns unix seconds, or null when nothing changes within ten days
 */
export async function nextMarketChange(chain: Chain, state: OracleState): Promise<number | null> {
  const { block, marketOpen, marketClosedUntil } = state;
  const firstHour = (Math.floor(block.timestamp / HOUR_S) + 1) * HOUR_S;
  const isOpenAt = (time: number): Promise<boolean> =>
    chain.contracts.PriceOracle.getFunction('isMarketOpen')(time, { blockTag: block.number });
  const reopening = Number(marketClosedUntil);
  for (let hour = 0; hour < LONGEST_CLOSURE_HOURS; hour += CHUNK) {
    const times = Array.from({ length: CHUNK }, (_, index) => firstHour + (hour + index) * HOUR_S);
    const last = times[times.length - 1]!;
    if (reopening > block.timestamp && reopening <= last) times.push(reopening);
    times.sort((a, b) => a - b);
    const open = await Promise.all(times.map(isOpenAt));
    const index = open.findIndex((isOpen) => isOpen !== marketOpen);
    if (index >= 0) return times[index]!;
  }
  return null;
}
