import { MARKET_URL } from './world.ts';

type Feed = 'XAU/USD' | 'PAXG/USD' | 'USDT/USD' | 'USDC/USD' | 'signed';
type FeedState = 'live' | 'stale' | 'wrong' | 'dead';

/** Turns a switch of the market, as its page at /control does. */
export async function setFeed(feed: Feed, state: FeedState): Promise<void> {
  const response = await fetch(`${MARKET_URL}/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ feed, state }),
  });
  if (!response.ok) throw new Error(`the market refused ${feed} ${state}: ${await response.text()}`);
}

/** As the world began. */
export async function allFeedsLive(): Promise<void> {
  for (const feed of ['XAU/USD', 'PAXG/USD', 'signed'] as const) await setFeed(feed, 'live');
}
