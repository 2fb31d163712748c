/**
 * The seed as a list of blocks, the same at every run on the same chain, so that a run that was killed goes on at the block it
 * had reached: first the setup, then an observation every few hours, with what happened at it.
 */
import type { Deployment } from '../../deploy/index.ts';
import { isSpotMarketOpen } from '../../market/hours.ts';
import { GRAMS_PER_OUNCE, type MarketPrices } from '../../market/prices.ts';
import { HISTORY_DAYS } from '../history-mark.ts';
import type { DevTransaction } from '../transactions.ts';
import { attestTransaction } from './attestation.ts';
import type { Contracts } from './contracts.ts';
import { feedTransactions, type RoundConfig, roundTransaction } from './observations.ts';
import { SCRIPT, type ScriptEvent } from './script.ts';
import { setupBlocks } from './setup.ts';

const HOUR_S = 3_600;
const DAY_S = 86_400;
/** Setup follows the deployment, in the history's first hour. */
const SETUP_AT_S = 1_800;
const SETUP_SPACING_S = 12;
/** A round counts from the block after its own on. */
export const ROUND_BEFORE_S = 6;
/** Observations come shortly after the hour, at which the market opens and closes. */
const PAST_THE_HOUR_S = 120;
/** Observations are denser where a chart of the last days looks. */
const SPACING: { fromDay: number; seconds: number }[] = [
  { fromDay: HISTORY_DAYS, seconds: 4 * HOUR_S },
  { fromDay: 3, seconds: HOUR_S },
];

/** Chainlink's XAU/USD, or the reporters. */
type SilentFeed = 'XAU/USD' | 'signed';

export interface SeedBlock {
  at: number;
  title: string;
  build(): DevTransaction[] | Promise<DevTransaction[]>;
}

export interface PlanInput {
  contracts: Contracts;
  deployment: Deployment;
  prices: MarketPrices;
  roundConfig: RoundConfig;
  /** Time of the genesis block, unix seconds; a full hour. */
  genesis: number;
}

/** Times of the observations, from the first hour to the end of the history. */
export function observationTimes(genesis: number): number[] {
  const end = genesis + HISTORY_DAYS * DAY_S;
  const times: number[] = [];
  for (let at = genesis + HOUR_S + PAST_THE_HOUR_S; at <= end; ) {
    times.push(at);
    const daysLeft = (end - at) / DAY_S;
    at += SPACING.findLast(({ fromDay }) => daysLeft <= fromDay)!.seconds;
  }
  return times;
}

/** Hours in which feeds failed: the oracle went on without them, or said that it could not. */
const INCIDENTS: { day: number; silent: SilentFeed[] }[] = [
  { day: 66, silent: ['XAU/USD', 'signed'] },
  { day: 46, silent: ['XAU/USD'] },
  { day: 18, silent: ['signed'] },
];

/** Which feeds are silent at which observation: the first in open hours at which nobody deals. */
export function placeIncidents(
  times: number[],
  end: number,
  busy: Map<number, unknown>,
): Map<number, SilentFeed[]> {
  const placed = new Map<number, SilentFeed[]>();
  for (const { day, silent } of INCIDENTS) {
    const at = times.find((time) => time >= end - day * DAY_S && isSpotMarketOpen(time) && !busy.has(time));
    if (at !== undefined) placed.set(at, silent);
  }
  return placed;
}

/**
 * Which events happen at which observation: the first that is late enough and whose market hours suit; where the history ends
 * in a closed market, the last one before.
 */
export function placeEvents(
  times: number[],
  end: number,
  script: ScriptEvent[] = SCRIPT,
): Map<number, ScriptEvent[]> {
  const placed = new Map<number, ScriptEvent[]>();
  for (const event of script) {
    const due = end - event.day * DAY_S;
    const fits = (time: number) => suits(event, time);
    const at = times.find((time) => time >= due && fits(time)) ?? times.findLast(fits);
    if (at === undefined) throw new Error(`there is no observation for: ${event.title}`);
    placed.set(at, [...(placed.get(at) ?? []), event]);
  }
  return placed;
}

function suits({ when }: ScriptEvent, at: number): boolean {
  return when === 'either' || isSpotMarketOpen(at) === (when !== 'closed');
}

export interface ObservationDetails {
  events?: ScriptEvent[];
  silent?: SilentFeed[];
}

/** The two blocks of an observation: the feeds and the signed round, then the record and what people did. */
export function observationBlocks(
  input: Omit<PlanInput, 'genesis'>,
  at: number,
  turn: number,
  { events = [], silent = [] }: ObservationDetails = {},
): SeedBlock[] {
  const { contracts, deployment, prices, roundConfig } = input;
  const roundAt = at - ROUND_BEFORE_S;
  const usdPerGram = prices.spotAt(at) / GRAMS_PER_OUNCE;
  return [
    {
      at: roundAt,
      title:
        silent.length > 0
          ? `the feeds are written, but for ${silent.join(' and ')}`
          : 'the feeds are written',
      build: async () => {
        const round = () => roundTransaction(contracts, roundConfig, prices, roundAt, turn);
        return [
          ...feedTransactions(prices, roundAt, silent.includes('XAU/USD')),
          ...(silent.includes('signed') ? [] : [await round()]),
        ];
      },
    },
    {
      at,
      title: ['the price is recorded', ...events.map(({ title }) => title)].join('; '),
      build: async () => {
        const happened = await Promise.all(
          events.map((event) => event.build({ contracts, deployment, usdPerGram, at })),
        );
        return [contracts.oracle.send('transmitter', 'record'), ...happened.flat()];
      },
    },
  ];
}

/** Every Monday the auditor counts again, and waiting fees begin to stream. */
function weeklyBlocks({ contracts }: PlanInput, at: number): SeedBlock[] {
  return [
    {
      at,
      title: 'the auditor attests the reserve; fees stream',
      build: async () => {
        const [pendingFees] = await contracts.staking.read('pendingFees');
        const streams = pendingFees > 0n ? [contracts.staking.send('transmitter', 'startStream')] : [];
        return [await attestTransaction(contracts, at - 1), ...streams];
      },
    },
  ];
}

/** All blocks from the setup to the end of the history. */
export function planHistory(input: PlanInput): SeedBlock[] {
  const { contracts, genesis } = input;
  const setup = setupBlocks(contracts).map(({ title, build }, i): SeedBlock => {
    const at = genesis + SETUP_AT_S + i * SETUP_SPACING_S;
    return { at, title, build: () => build(at) };
  });
  const times = observationTimes(genesis);
  const end = genesis + HISTORY_DAYS * DAY_S;
  const events = placeEvents(times, end);
  const incidents = placeIncidents(times, end, events);
  const blocks = times.flatMap((at, turn) => {
    const details = { events: events.get(at), silent: incidents.get(at) };
    const observation = observationBlocks(input, at, turn, details);
    return isWeekly(at, times[turn - 1]) ? [...observation, ...weeklyBlocks(input, at + 60)] : observation;
  });
  return [...setup, ...blocks];
}

/** True for the first observation of a week (UTC weeks from Monday). */
function isWeekly(at: number, before: number | undefined): boolean {
  const week = (time: number) => Math.floor((time / DAY_S + 3) / 7);
  return before !== undefined && week(at) !== week(before);
}
