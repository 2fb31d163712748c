/** The devnet's market: its prices, its sources in their real shapes, its switches, and the feeds it writes. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interface } from 'ethers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Chain, startChain } from '../../scripts/devnet/chain.ts';
import { tradingOffsetSeconds } from '../../scripts/devnet/clock.ts';
import { feedProxies } from '../../scripts/devnet/feeds.ts';
import { rpc } from '../../scripts/devnet/rpc.ts';
import { placeWorld } from '../../scripts/devnet/world.ts';
import type { ControlView } from '../../scripts/market/control-page.ts';
import { historicPrice, loadHistory } from '../../scripts/market/history.ts';
import { isSpotMarketOpen, lastTradedAt } from '../../scripts/market/hours.ts';
import { nextAction } from '../../scripts/market/keeper.ts';
import {
  createPrices,
  historicTime,
  REAL_TIME,
  toFeedAnswer,
  withSpeed,
} from '../../scripts/market/prices.ts';
import { createMarket, type Market, type MarketOptions } from '../../scripts/market/server.ts';

const seconds = (iso: string): number => Date.parse(iso) / 1000;
/** A Wednesday afternoon, and the Saturday after it. */
const OPEN = seconds('2026-11-18T15:20:10Z');
const WEEKEND = seconds('2026-11-21T12:00:00Z');
const DAY_S = 86_400;

describe('prices', () => {
  const history = loadHistory();
  const prices = createPrices(() => REAL_TIME, history);

  it('are the real ones at every hour: its open when it begins, never outside its range', () => {
    expect(history.times.length).toBe(30_311);
    for (let i = 0; i < history.times.length; i += 97) {
      const at = history.times[i]!;
      expect(historicPrice(history, at)).toBe(history.open[i]);
      for (const part of [600, 1_799, 3_000]) {
        const price = historicPrice(history, at + part);
        expect(price).toBeGreaterThanOrEqual(history.low[i]!);
        expect(price).toBeLessThanOrEqual(history.high[i]!);
      }
    }
  });

  it('replay six years ago to the hour', () => {
    const hour = seconds('2026-11-09T14:00:00Z');
    const row = history.times.indexOf(seconds('2020-11-09T14:00:00Z'));
    expect(prices.spotAt(hour)).toBe(history.open[row]);
  });

  it('do not jump from one second to the next while the market is open, nor where the history begins again', () => {
    const end = history.times.at(-1)! - REAL_TIME[0]!.historic;
    for (const from of [OPEN, seconds('2026-11-09T14:59:30Z'), end - 8 * DAY_S, end]) {
      for (let at = from; at < from + 120; at++) {
        if (!isSpotMarketOpen(at) || !isSpotMarketOpen(at + 1)) continue;
        expect(Math.abs(prices.spotAt(at + 1) / prices.spotAt(at) - 1)).toBeLessThan(0.004);
      }
    }
    const cycleEnd = seconds('2016-01-03T23:00:00Z') + 268 * 7 * DAY_S - REAL_TIME[0]!.historic;
    expect(prices.paxgAt(cycleEnd + 60) / prices.paxgAt(cycleEnd - 60)).toBeCloseTo(1, 2);
    expect(prices.spotAt(OPEN + 4_000 * DAY_S)).toBeGreaterThan(1_000);
  });

  it('rest while the market is closed, when only tokenised gold moves', () => {
    expect(isSpotMarketOpen(WEEKEND)).toBe(false);
    expect(lastTradedAt(WEEKEND)).toBe(seconds('2026-11-20T21:59:59Z'));
    expect(prices.spotAt(WEEKEND)).toBe(prices.spotAt(WEEKEND + 7_200));
    expect(prices.paxgAt(WEEKEND)).not.toBe(prices.paxgAt(WEEKEND + 7_200));
    expect(Math.abs(prices.paxgAt(WEEKEND) / prices.spotAt(WEEKEND) - 1)).toBeLessThan(0.02);
  });

  it('go on without a jump when the replay changes its speed', () => {
    const faster = withSpeed(REAL_TIME, OPEN, 60);
    expect(historicTime(faster, OPEN)).toBe(historicTime(REAL_TIME, OPEN));
    expect(historicTime(faster, OPEN + 60) - historicTime(faster, OPEN)).toBe(3_600);
    expect(historicTime(faster, OPEN - 3_600)).toBe(historicTime(REAL_TIME, OPEN - 3_600));
  });

  it('keep stablecoins within the dealing band', () => {
    for (let day = 0; day < 90; day++) {
      expect(Math.abs(prices.coinAt('USDT', OPEN - day * DAY_S) - 1)).toBeLessThan(0.001);
    }
  });
});

describe('a clock for tests', () => {
  it('is shifted back to an open market, or not at all', () => {
    expect(tradingOffsetSeconds(OPEN)).toBe(0);
    const offset = tradingOffsetSeconds(WEEKEND);
    expect(Math.abs(offset) % 3_600).toBe(0);
    expect(offset).toBeLessThan(0);
    for (let s = 0; s <= 3 * 3_600; s += 600) expect(isSpotMarketOpen(WEEKEND + offset + s)).toBe(true);
  });
});

describe('what the keeper writes', () => {
  const fresh = { dead: false, answer: toFeedAnswer(1_870), updatedAt: OPEN - 60 };
  const act = (state: Parameters<typeof nextAction>[1], reading = fresh, usd = 1_870, tradedAt = OPEN) =>
    nextAction('XAU/USD', state, reading, usd, tradedAt, OPEN);

  it('is nothing before the deviation or the heartbeat', () => {
    expect(act('live')).toBeUndefined();
    expect(act('live', fresh, 1_871)).toBeUndefined();
    expect(act('live', fresh, 1_872)).toEqual({ do: 'transmit', answer: toFeedAnswer(1_872) });
    expect(act('live', fresh, 1_868)).toEqual({ do: 'transmit', answer: toFeedAnswer(1_868) });
    expect(act('live', { ...fresh, updatedAt: OPEN - 1_200 })).toEqual({
      do: 'transmit',
      answer: toFeedAnswer(1_870),
    });
  });

  it('is the last close, once, while the market is closed', () => {
    const closedAt = OPEN - 7_200;
    const action = act('live', { ...fresh, updatedAt: closedAt - 9_000 }, 1_870, closedAt);
    expect(action).toEqual({ do: 'transmitAt', answer: toFeedAnswer(1_870), updatedAt: closedAt });
    expect(act('live', { ...fresh, updatedAt: closedAt }, 1_870, closedAt)).toBeUndefined();
  });

  it('follows the switch: stale at once and only once, wrong, dead, and back', () => {
    const stale = act('stale');
    expect(stale).toMatchObject({ do: 'transmitAt', updatedAt: OPEN - 7 * DAY_S });
    expect(act('stale', { ...fresh, updatedAt: OPEN - 7 * DAY_S })).toBeUndefined();
    expect(act('wrong')).toEqual({ do: 'transmit', answer: toFeedAnswer(1_870 * 1.1) });
    expect(act('dead')).toEqual({ do: 'setDead', dead: true });
    const dead = { dead: true, answer: 0n, updatedAt: 0 };
    expect(act('dead', dead)).toBeUndefined();
    expect(act('live', dead)).toEqual({ do: 'setDead', dead: false });
  });
});

const markets: Market[] = [];
const folders: string[] = [];

async function open(options: MarketOptions): Promise<string> {
  const market = createMarket(options);
  markets.push(market);
  await new Promise<void>((resolve) => market.server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(market.server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const market of markets.splice(0)) await market.stop();
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});

async function getJson<T>(url: string): Promise<T> {
  return (await fetch(url, { headers: { accept: 'application/json' } })).json() as Promise<T>;
}
const controlOf = (url: string) => getJson<ControlView>(`${url}/control`);
const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const SWISSQUOTE = '/public-quotes/bboquotes/instrument/XAU/USD';
interface Venue {
  topo: { platform: string; server: string };
  spreadProfilePrices: {
    spreadProfile: string;
    bid: number;
    ask: number;
    bidSpread: number;
    askSpread: number;
  }[];
  ts: number;
}
interface GoldApiPrice {
  price: number;
  updatedAt: string;
}
interface KrakenTicker {
  error: string[];
  result: { PAXGUSD: { c: string[] } };
}
const middleOf = ({ spreadProfilePrices: [first] }: Venue): number => (first!.bid + first!.ask) / 2;

describe('sources', () => {
  const spot = createPrices().spotAt(OPEN);

  it('answer in the shapes of Swissquote, gold-api.com and Kraken, close to one another', async () => {
    const url = await open({ nowMs: () => OPEN * 1000 });
    const venues = await getJson<Venue[]>(url + SWISSQUOTE);
    expect(venues.map(({ topo }) => topo)).toEqual([
      { platform: 'SwissquoteLtd', server: 'Live5' },
      { platform: 'AT', server: 'AT' },
    ]);
    for (const venue of venues) {
      expect(OPEN * 1000 - venue.ts).toBeGreaterThanOrEqual(0);
      expect(OPEN * 1000 - venue.ts).toBeLessThan(1_000);
      expect(middleOf(venue) / spot).toBeCloseTo(1, 3);
      for (const { bid, ask } of venue.spreadProfilePrices) expect(ask).toBeGreaterThan(bid);
    }
    const gold = await getJson<GoldApiPrice>(`${url}/price/XAU`);
    expect(Object.keys(gold).sort()).toEqual(
      [
        'currency',
        'currencySymbol',
        'exchangeRate',
        'name',
        'price',
        'symbol',
        'updatedAt',
        'updatedAtReadable',
      ].sort(),
    );
    expect(gold).toMatchObject({ symbol: 'XAU', currency: 'USD', updatedAt: '2026-11-18T15:20:10Z' });
    expect(gold.price / spot).toBeCloseTo(1, 3);
    const ticker = await getJson<KrakenTicker>(`${url}/0/public/Ticker?pair=PAXGUSD`);
    expect(ticker.error).toEqual([]);
    expect(ticker.result.PAXGUSD.c).toEqual([expect.stringMatching(/^\d+\.\d{6}$/), '0.00100000']);
    expect(Object.keys(ticker.result.PAXGUSD)).toEqual(['a', 'b', 'c', 'v', 'p', 't', 'l', 'h', 'o']);
    expect(Number(ticker.result.PAXGUSD.c[0]) / spot).toBeCloseTo(1, 2);
    expect(await getJson(`${url}/0/public/Ticker?pair=XBTUSD`)).toEqual({
      error: ['EQuery:Unknown asset pair'],
    });
    expect((await fetch(`${url}/price/XAG`)).status).toBe(404);
  });

  it('bring profiles in any order', async () => {
    let at = OPEN;
    const url = await open({ nowMs: () => at * 1000 });
    const orders = new Set<string>();
    for (; at < OPEN + 40; at++) {
      const [, venue] = await getJson<Venue[]>(url + SWISSQUOTE);
      orders.add(venue!.spreadProfilePrices.map(({ spreadProfile }) => spreadProfile).join());
    }
    expect(orders.size).toBeGreaterThan(1);
  });

  it('fall silent at the weekend, but for tokenised gold', async () => {
    const url = await open({ nowMs: () => WEEKEND * 1000 });
    const close = seconds('2026-11-20T21:59:59Z');
    const [venue] = await getJson<Venue[]>(url + SWISSQUOTE);
    expect(Math.round(venue!.ts / 1000)).toBeLessThanOrEqual(close);
    expect((await getJson<GoldApiPrice>(`${url}/price/XAU`)).updatedAt).toBe('2026-11-20T21:59:59Z');
    expect((await getJson<KrakenTicker>(`${url}/0/public/Ticker?pair=PAXGUSD`)).result.PAXGUSD).toBeDefined();
  });

  it('are stale, wrong or dead when switched so, and keep it over a restart', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'aurum-market-'));
    folders.push(dir);
    const options = { nowMs: () => OPEN * 1000, stateFile: join(dir, 'market.json') };
    let url = await open(options);
    const venue = async () => (await getJson<Venue[]>(url + SWISSQUOTE))[0]!;

    expect((await post(url, { feed: 'signed', state: 'stale' })).status).toBe(200);
    expect(OPEN * 1000 - (await venue()).ts).toBeGreaterThanOrEqual(15 * 60_000);
    await post(url, { feed: 'signed', state: 'wrong' });
    expect(middleOf(await venue()) / spot).toBeCloseTo(1.1, 3);
    await post(url, { feed: 'signed', state: 'dead' });
    expect((await fetch(url + SWISSQUOTE)).status).toBe(503);

    url = await open(options);
    expect((await fetch(`${url}/price/XAU`)).status).toBe(503);
    expect((await controlOf(url)).feeds.signed.state).toBe('dead');
    await post(url, { feed: 'signed', state: 'live' });
    expect(middleOf(await venue()) / spot).toBeCloseTo(1, 3);
  });
});

describe('the switchboard', () => {
  it('is a page for a person and JSON for a program, and refuses what it does not know', async () => {
    const url = await open({ nowMs: () => OPEN * 1000 });
    const page = await fetch(`${url}/control`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('PAXG/USD');
    expect(await controlOf(url)).toMatchObject({ marketOpen: true, speed: 1 });

    const form = await fetch(`${url}/control`, {
      method: 'POST',
      body: new URLSearchParams({ feed: 'signed', state: 'wrong' }),
      redirect: 'manual',
    });
    expect(form.status).toBe(303);
    expect((await controlOf(url)).feeds.signed.state).toBe('wrong');

    for (const body of [
      { feed: 'XAG/USD', state: 'dead' },
      { feed: 'signed', state: 'odd' },
      { speed: -1 },
      {},
    ]) {
      expect((await post(url, body)).status).toBe(400);
    }
    expect((await post(url, { market: 'closed' })).status).toBe(409);
    expect((await post(url, { speed: 2 }, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await fetch(`${url}/control`, { method: 'PUT' })).status).toBe(405);
  });

  it('changes the speed of the replay from now on', async () => {
    let at = OPEN;
    const url = await open({ nowMs: () => at * 1000 });
    const before = (await controlOf(url)).spotUsdPerOunce;
    await post(url, { speed: 60 });
    expect((await controlOf(url)).spotUsdPerOunce).toBe(before);
    at += 120;
    expect((await controlOf(url)).spotUsdPerOunce).toBeCloseTo(createPrices().spotAt(OPEN + 7_200), 6);
  });
});

describe('the feeds on the chain', () => {
  const feed = new Interface([
    'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
  ]);
  let chain: Chain;
  let dir: string;
  const offsetMs = tradingOffsetSeconds(Math.floor(Date.now() / 1000)) * 1000;
  const nowMs = () => Date.now() + offsetMs;

  beforeAll(async () => {
    process.env.AURUM_CLOCK_OFFSET_S = String(offsetMs / 1000);
    dir = mkdtempSync(join(tmpdir(), 'aurum-market-chain-'));
    chain = await startChain({ port: 8614, dir, historyDays: 0 });
    await placeWorld(chain.url);
  });
  afterAll(async () => {
    await chain?.stop();
    rmSync(dir, { recursive: true, force: true });
    delete process.env.AURUM_CLOCK_OFFSET_S;
  });

  async function latest(name: keyof ReturnType<typeof feedProxies>) {
    const data = feed.encodeFunctionData('latestRoundData');
    const answer = await rpc<string>(chain.url, 'eth_call', [{ to: feedProxies()[name], data }, 'latest']);
    return feed.decodeFunctionResult('latestRoundData', answer);
  }

  it('are written by themselves, and follow each switch at once', async () => {
    const url = await open({ rpcUrl: chain.url, nowMs });
    const prices = createPrices();
    await expect
      .poll(async () => (await latest('USDC/USD').catch(() => [0n, 0n]))[1], { timeout: 15_000 })
      .toBeGreaterThan(0n);
    const now = Math.floor(nowMs() / 1000);
    expect(Number((await latest('XAU/USD'))[1]) / 1e8 / prices.spotAt(now)).toBeCloseTo(1, 3);
    expect(Number((await latest('PAXG/USD'))[1]) / 1e8 / prices.paxgAt(now)).toBeCloseTo(1, 3);

    expect((await post(url, { feed: 'XAU/USD', state: 'stale' })).status).toBe(200);
    expect(now - Number((await latest('XAU/USD'))[3])).toBeGreaterThan(6 * DAY_S);
    await post(url, { feed: 'XAU/USD', state: 'live' });
    expect(Math.abs(now - Number((await latest('XAU/USD'))[3]))).toBeLessThan(60);

    await post(url, { feed: 'PAXG/USD', state: 'wrong' });
    expect(Number((await latest('PAXG/USD'))[1]) / 1e8 / prices.paxgAt(now)).toBeCloseTo(1.1, 2);
    const answer = await post(url, { feed: 'PAXG/USD', state: 'dead' });
    expect(((await answer.json()) as ControlView).feeds['PAXG/USD']).toMatchObject({
      state: 'dead',
      dead: true,
    });
    await expect(latest('PAXG/USD')).rejects.toThrow(/revert/);
    await post(url, { feed: 'PAXG/USD', state: 'live' });
    expect(Number((await latest('PAXG/USD'))[1]) / 1e8 / prices.paxgAt(now)).toBeCloseTo(1, 2);
  });
});
