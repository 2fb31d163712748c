import {
  HistoryQuery,
  LatestPrice,
  Observation,
  ObservationsQuery,
  PriceHistory,
  pageOf,
} from '@e-aurum/sdk/rest';
import type { z } from 'zod';
import type { Chain } from '../platform/chain/chain.ts';
import { isoTime, isoTimeOrNull, modeNumber, modeOf, sourceOf } from '../platform/chain/enums.ts';
import type { Database } from '../platform/database/database.ts';
import { type Route, route, streamRoute } from '../platform/http/route.ts';
import { streamObservations } from './csv.ts';
import { nextMarketChange, type OracleState } from './oracle.ts';
import { presentObservation } from './present.ts';
import {
  type ObservationFilter,
  observationsBefore,
  observationsByInterval,
  pricedObservationAt,
  priceRangeSince,
} from './store.ts';

const DAY_S = 86_400;
const SOURCES = ['Main', 'Pivot', 'Fallback'] as const;
const FEED_NAMES: Record<(typeof SOURCES)[number], string> = {
  Main: 'Chainlink XAU/USD',
  Pivot: 'e-Aurum signed feed',
  Fallback: 'Chainlink PAXG/USD',
};

export interface PricesOptions {
  db: Database;
  chain: Chain;
  readOracle(): Promise<OracleState>;
}

/** Difference in hundredths of a percent of `from`, rounded towards zero. */
export function bpsChange(from: bigint, to: bigint): number {
  return from === 0n ? 0 : Number(((to - from) * 10_000n) / from);
}

function feedsOf(state: OracleState): z.input<typeof LatestPrice>['feeds'] {
  return state.feeds.map((feed, index) => ({
    source: SOURCES[index]!,
    name: FEED_NAMES[SOURCES[index]!],
    address: feed.feed,
    live: feed.live,
    usdPerGram: String(feed.usdPerGram),
    updatedAt: isoTimeOrNull(feed.updatedAt),
    heartbeatSeconds: Number(feed.heartbeat),
  }));
}

const filterOf = (query: z.output<typeof ObservationsQuery>): ObservationFilter => ({
  from: query.from,
  to: query.to,
  mode: query.mode && modeNumber(query.mode),
});

/** The price now, read from the oracle; and every price it ever gave out, read from its events. */
export function createPrices({ db, chain, readOracle }: PricesOptions): Route[] {
  // Market hours change on the hour, or with a guardian's call: asked once for each of these.
  let change: { key: string; at: Promise<number | null> } | undefined;
  function marketChange(state: OracleState): Promise<number | null> {
    const hour = Math.floor(state.block.timestamp / 3_600);
    const key = `${hour} ${state.marketOpen} ${state.marketClosedUntil}`;
    if (change?.key !== key) {
      const at = nextMarketChange(chain, state);
      change = { key, at };
      at.catch(() => {
        change = undefined;
      });
    }
    return change.at;
  }

  async function latest(): Promise<z.input<typeof LatestPrice>> {
    const state = await readOracle();
    const { quote, block, latest: observation } = state;
    const [changesAt, dayAgo] = await Promise.all([
      marketChange(state),
      pricedObservationAt(db, new Date((block.timestamp - DAY_S) * 1000)),
    ]);
    const moved = dayAgo && quote.usdPerGram > 0n ? dayAgo.usd_per_gram : null;
    return {
      usdPerGram: String(quote.usdPerGram),
      lowUsdPerGram: String(quote.lowUsdPerGram),
      highUsdPerGram: String(quote.highUsdPerGram),
      mode: modeOf(quote.mode),
      source: sourceOf(quote.source),
      marketOpen: state.marketOpen,
      marketChangesAt: changesAt === null ? null : isoTime(changesAt),
      feeds: feedsOf(state),
      blockNumber: block.number,
      at: isoTime(block.timestamp),
      observation: observation && {
        sequence: String(observation.sequence),
        usdPerGram: String(observation.usdPerGram),
        mode: modeOf(observation.mode),
        source: sourceOf(observation.source),
        at: isoTime(observation.time),
      },
      change24h:
        moved === null
          ? null
          : { usdPerGram: String(quote.usdPerGram - moved), bps: bpsChange(moved, quote.usdPerGram) },
    };
  }

  async function history(days: number, points: number): Promise<z.input<typeof PriceHistory>> {
    const { timestamp } = await chain.newestBlock();
    const from = new Date((timestamp - days * DAY_S) * 1000);
    const [rows, range] = await Promise.all([
      observationsByInterval(db, from, Math.max(1, Math.floor((days * DAY_S) / points))),
      priceRangeSince(db, from),
    ]);
    return {
      points: rows.map((row) => ({
        at: row.at.toISOString(),
        usdPerGram: String(row.usd_per_gram),
        mode: modeOf(row.mode),
        source: sourceOf(row.source),
        sequence: String(row.sequence),
      })),
      lowUsdPerGram: String(range.low),
      highUsdPerGram: String(range.high),
      observations: range.observations,
    };
  }

  const tag = 'Prices';
  return [
    route({
      method: 'get',
      path: '/v1/prices/latest',
      summary: 'What the oracle says at the newest block, and what each feed says.',
      tag,
      access: 'public',
      answer: LatestPrice,
      handle: latest,
    }),
    route({
      method: 'get',
      path: '/v1/prices/history',
      summary: 'For charts: the last observation of each interval, oldest first.',
      tag,
      access: 'public',
      query: HistoryQuery,
      answer: PriceHistory,
      handle: ({ query }) => history(query.days, query.points),
    }),
    route({
      method: 'get',
      path: '/v1/prices/observations',
      summary: 'Observations of the oracle from finalized blocks, newest first.',
      tag,
      access: 'public',
      query: ObservationsQuery,
      answer: pageOf(Observation),
      async handle({ query }) {
        const before = query.cursor === undefined ? undefined : Number(query.cursor);
        const rows = await observationsBefore(db, filterOf(query), before, query.limit + 1);
        const page = rows.slice(0, query.limit);
        return {
          items: page.map(presentObservation),
          next: rows.length > query.limit ? String(page[page.length - 1]!.sequence) : null,
        };
      },
    }),
    streamRoute({
      path: '/v1/prices/observations.csv',
      summary: 'The same as a file: all that the filter selects.',
      tag,
      access: 'public',
      query: ObservationsQuery.omit({ cursor: true, limit: true }),
      produces: 'text/csv',
      stream: ({ query, response }) => streamObservations(db, filterOf({ ...query, limit: 0 }), response),
    }),
  ];
}
