import { WEI_PER_MG } from '@e-aurum/sdk';
import { Bar, BarDetail, BarState, pageOf, Reserve, Uint } from '@e-aurum/sdk/rest';
import type { Block } from 'ethers';
import { z } from 'zod';
import type { ChainEvent } from '../indexer/projection.ts';
import { eventsAbout } from '../indexer/store.ts';
import { createBlockCache } from '../platform/chain/block-cache.ts';
import type { Chain } from '../platform/chain/chain.ts';
import { barStateOf, isoTime } from '../platform/chain/enums.ts';
import type { Database } from '../platform/database/database.ts';
import { notFound } from '../platform/http/problem.ts';
import { type Route, route } from '../platform/http/route.ts';
import { barById, listBars, presentBar } from './store.ts';

const BARS_PAGE = 250n;

/** GoldReserve.Attestation */
interface Attestation {
  root: string;
  fineWeightMg: bigint;
  bars: bigint;
  asOf: bigint;
  uri: string;
}

/** How many bars are in each state, from the contract's own list. */
async function countBars(chain: Chain, blockTag: number): Promise<Record<Bar['state'], number>> {
  const { GoldReserve } = chain.contracts;
  const counts = Object.fromEntries(BarState.options.map((state) => [state, 0])) as Record<
    Bar['state'],
    number
  >;
  const total: bigint = await GoldReserve.getFunction('barCount')({ blockTag });
  const offsets = Array.from(
    { length: Math.ceil(Number(total) / Number(BARS_PAGE)) },
    (_, i) => BigInt(i) * BARS_PAGE,
  );
  const pages: { bars: { state: bigint }[] }[] = await Promise.all(
    offsets.map((offset) => GoldReserve.getFunction('barsPage')(offset, BARS_PAGE, { blockTag })),
  );
  for (const page of pages) for (const bar of page.bars) counts[barStateOf(bar.state)]++;
  return counts;
}

async function readReserve(chain: Chain, block: Block): Promise<z.input<typeof Reserve>> {
  const { GoldToken, GoldReserve } = chain.contracts;
  const at = { blockTag: block.number };
  const token = (name: string, ...args: unknown[]) =>
    GoldToken.getFunction(name)(...args, at) as Promise<bigint>;
  const reserve = (name: string) => GoldReserve.getFunction(name)(at) as Promise<bigint>;
  const [supply, staked, escrowed, mintable, maxAge, backingMg, committedMg, attestation, bars] =
    await Promise.all([
      token('totalSupply'),
      token('balanceOf', chain.addresses.StakedGold),
      token('balanceOf', chain.addresses.RedemptionDesk),
      token('mintable'),
      token('maxAttestationAge'),
      reserve('backing'),
      reserve('committed'),
      GoldReserve.getFunction('lastAttestation')(at) as Promise<Attestation>,
      countBars(chain, block.number),
    ]);
  const backed = (backingMg + committedMg) * WEI_PER_MG;
  return {
    supply: String(supply),
    circulating: String(supply - staked - escrowed),
    staked: String(staked),
    escrowed: String(escrowed),
    backingMg: String(backingMg),
    committedMg: String(committedMg),
    mintable: String(mintable),
    coverageBps: supply === 0n ? 10_000 : Number((backed * 10_000n) / supply),
    bars,
    attestation:
      attestation.asOf === 0n
        ? null
        : {
            at: isoTime(attestation.asOf),
            root: attestation.root,
            fineWeightMg: String(attestation.fineWeightMg),
            bars: Number(attestation.bars),
            uri: attestation.uri,
            maxAgeSeconds: Number(maxAge),
            fresh: BigInt(block.timestamp) <= attestation.asOf + maxAge,
          },
    blockNumber: block.number,
    at: isoTime(block.timestamp),
  };
}

const ACTORS = ['custodian', 'auditor', 'by'] as const;

/** What an event says beyond its name, in a few words. */
function noteOf({ event, args }: ChainEvent): string | null {
  if (event === 'BarSuspended' || event === 'BarWithdrawn') return String(args.reason);
  if (event === 'BarReassayed') return `${args.oldFineWeightMg} mg -> ${args.newFineWeightMg} mg`;
  if (args.redemptionId !== undefined) return `redemption ${args.redemptionId}`;
  return null;
}

function presentHistory(event: ChainEvent): BarDetail['history'][number] {
  const actor = ACTORS.map((name) => event.args[name]).find((value) => value !== undefined);
  return {
    event: event.event,
    at: event.at.toISOString(),
    by: actor === undefined ? null : String(actor),
    blockNumber: event.blockNumber,
    transactionHash: event.transactionHash,
    note: noteOf(event),
  };
}

/** What backs the token: totals from the contracts at the newest block, bars from their events. */
export function createReserve(db: Database, chain: Chain): Route[] {
  const reserveNow = createBlockCache(chain, (block) => readReserve(chain, block));
  const tag = 'Reserve';
  return [
    route({
      method: 'get',
      path: '/v1/reserve',
      summary: 'Supply against backing, read from the contracts at one block.',
      tag,
      access: 'public',
      answer: Reserve,
      handle: reserveNow,
    }),
    route({
      method: 'get',
      path: '/v1/reserve/bars',
      summary: 'Every bar in the order of booking, from finalized blocks.',
      tag,
      access: 'public',
      query: z.object({
        state: BarState.optional(),
        cursor: Uint.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      answer: pageOf(Bar),
      async handle({ query }) {
        const rows = await listBars(db, { state: query.state, after: query.cursor, limit: query.limit + 1 });
        const items = rows.slice(0, query.limit).map(presentBar);
        return { items, next: rows.length > query.limit ? items[items.length - 1]!.barId : null };
      },
    }),
    route({
      method: 'get',
      path: '/v1/reserve/bars/:barId',
      summary: 'One bar and all that happened to it.',
      tag,
      access: 'public',
      params: z.object({ barId: Uint }),
      answer: BarDetail,
      async handle({ params }) {
        const row = await barById(db, params.barId);
        if (!row) throw notFound('This bar');
        const events = await eventsAbout(db, 'GoldReserve', 'barId', params.barId);
        return { ...presentBar(row), history: events.map(presentHistory) };
      },
    }),
  ];
}
