/**
 * The devnet's Chainlink: writes each feed when its price moved by the deviation or its heartbeat is due, XAU/USD only while
 * gold trades. What a visitor switched to stale, wrong or dead is made so at once.
 */
import { devAccount } from '../devnet/accounts.ts';
import { FEED_NAMES, type FeedName, feedAggregators } from '../devnet/feeds.ts';
import { isHistoryComplete } from '../devnet/history-mark.ts';
import { rpcBatch } from '../devnet/rpc.ts';
import { type DevTransaction, send } from '../devnet/transactions.ts';
import type { ControlState, FeedState } from './control-state.ts';
import { lastTradedAt } from './hours.ts';
import { type MarketPrices, toFeedAnswer } from './prices.ts';

const MINUTE_S = 60;
const DAY_S = 86_400;

/** Chainlink's own rhythm, shorter than the heartbeats that the devnet's contracts believe. */
export const RHYTHM: Record<FeedName, { heartbeatS: number; deviationBps: number }> = {
  'XAU/USD': { heartbeatS: 20 * MINUTE_S, deviationBps: 10 },
  'PAXG/USD': { heartbeatS: 20 * MINUTE_S, deviationBps: 20 },
  'USDT/USD': { heartbeatS: 6 * 60 * MINUTE_S, deviationBps: 10 },
  'USDC/USD': { heartbeatS: 6 * 60 * MINUTE_S, deviationBps: 10 },
};

/** How old a feed that is switched to stale claims to be. */
const STALE_AGE_S = 7 * DAY_S;
const WRONG_FACTOR = 1.1;
const TICK_MS = 1_000;

/** What the aggregator says now; `updatedAt` 0 means that it never had a round. */
export interface FeedReading {
  dead: boolean;
  answer: bigint;
  updatedAt: number;
}

export type FeedAction =
  | { do: 'setDead'; dead: boolean }
  | { do: 'transmit'; answer: bigint }
  | { do: 'transmitAt'; answer: bigint; updatedAt: number };

/**
 * What to write next, or nothing. `usd` is the true price; `tradedAt` is now, or the last close for a market that is closed.
 */
export function nextAction(
  feed: FeedName,
  state: FeedState,
  reading: FeedReading,
  usd: number,
  tradedAt: number,
  now: number,
): FeedAction | undefined {
  if (state === 'dead') return reading.dead ? undefined : { do: 'setDead', dead: true };
  if (reading.dead) return { do: 'setDead', dead: false };
  const answer = toFeedAnswer(state === 'wrong' ? usd * WRONG_FACTOR : usd);
  if (state === 'stale') {
    const staleAt = now - STALE_AGE_S;
    if (reading.updatedAt > 0 && reading.updatedAt <= staleAt + DAY_S) return undefined;
    return { do: 'transmitAt', answer, updatedAt: staleAt };
  }
  const { heartbeatS, deviationBps } = RHYTHM[feed];
  const moved = reading.answer === 0n ? 0n : ((answer - reading.answer) * 10_000n) / reading.answer;
  const isDue = tradedAt - reading.updatedAt >= heartbeatS || moved >= deviationBps || moved <= -deviationBps;
  if (!isDue) return undefined;
  return tradedAt === now ? { do: 'transmit', answer } : { do: 'transmitAt', answer, updatedAt: tradedAt };
}

export interface KeeperOptions {
  rpcUrl: string;
  prices: MarketPrices;
  control: ControlState;
  now: () => number;
  log: (line: string) => void;
}

export interface Keeper {
  /** Writes what is due, and returns when it is mined. Throws if the chain does not answer. */
  tick(): Promise<void>;
  read(): Promise<Record<FeedName, FeedReading>>;
  stop(): Promise<void>;
}

/** Starts the keeper. A chain that is down or still writes its history is waited for. */
export function startKeeper({ rpcUrl, prices, control, now, log }: KeeperOptions): Keeper {
  const { interface: aggregator, addresses } = feedAggregators();
  const call = (feed: FeedName, method: string) => ({
    method: 'eth_call',
    params: [{ to: addresses[feed], data: aggregator.encodeFunctionData(method) }, 'latest'],
  });

  async function read(): Promise<Record<FeedName, FeedReading>> {
    const deadness = await rpcBatch<string>(
      rpcUrl,
      FEED_NAMES.map((feed) => call(feed, 'dead')),
    );
    const readings = FEED_NAMES.map(async (feed, i): Promise<[FeedName, FeedReading]> => {
      if (BigInt(deadness[i]!) !== 0n) return [feed, { dead: true, answer: 0n, updatedAt: 0 }];
      const [answer, updatedAt] = await rpcBatch<string>(rpcUrl, [
        call(feed, 'latestAnswer'),
        call(feed, 'latestTimestamp'),
      ]);
      return [feed, { dead: false, answer: BigInt(answer!), updatedAt: Number(updatedAt) }];
    });
    return Object.fromEntries(await Promise.all(readings)) as Record<FeedName, FeedReading>;
  }

  function priceOf(feed: FeedName, at: number): number {
    if (feed === 'XAU/USD') return prices.spotAt(at);
    if (feed === 'PAXG/USD') return prices.paxgAt(at);
    return prices.coinAt(feed === 'USDT/USD' ? 'USDT' : 'USDC', at);
  }

  function transactionOf(feed: FeedName, action: FeedAction): DevTransaction {
    const args =
      action.do === 'setDead'
        ? [action.dead]
        : action.do === 'transmit'
          ? [action.answer]
          : [action.answer, action.updatedAt];
    return {
      from: devAccount('marketKeeper').address,
      to: addresses[feed],
      data: aggregator.encodeFunctionData(action.do, args),
      label: `${action.do} ${feed}`,
    };
  }

  /** Up to two steps a feed: a dead one is woken before it is written. */
  async function write(): Promise<void> {
    for (let step = 0; step < 2; step++) {
      const readings = await read();
      const at = now();
      const due = FEED_NAMES.flatMap((feed) => {
        const tradedAt = feed === 'XAU/USD' ? lastTradedAt(at) : at;
        const { state } = control.feed(feed);
        const action = nextAction(feed, state, readings[feed], priceOf(feed, at), tradedAt, at);
        return action ? [transactionOf(feed, action)] : [];
      });
      if (due.length === 0) return;
      await send(rpcUrl, due);
    }
  }

  let queue: Promise<void> = Promise.resolve();
  /** One at a time: two would write the same round twice. */
  const tick = (): Promise<void> => {
    const next = queue.then(async () => {
      if (await isHistoryComplete(rpcUrl)) await write();
    });
    queue = next.catch(() => undefined);
    return next;
  };

  let complaint = '';
  const timer = setInterval(() => {
    tick().then(
      () => {
        if (complaint) log('the feeds are written again');
        complaint = '';
      },
      (error: Error) => {
        if (error.message !== complaint) log(`the feeds could not be written: ${error.message}`);
        complaint = error.message;
      },
    );
  }, TICK_MS);

  return {
    tick,
    read,
    async stop() {
      clearInterval(timer);
      await queue;
    },
  };
}
