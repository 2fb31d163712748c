import { isGoldMarketOpen, median, type Session } from '@e-aurum/sdk';
import type { AfterHoursConfig, ObservationConfig } from '../config/schema.ts';
import { isPriced, type PricedReading, type SourceReading } from '../sources/ask.ts';
import { type Average, abovePpb, blend, moveAverage, moveOf, spotEquivalent } from './after-hours.ts';
import type { RoundView } from './last-close.ts';

/** Why nothing can be signed now, as a metric's label. */
export type NoObservationReason = 'no-source' | 'disagree' | 'no-close' | 'token-stale';

export class NoObservation extends Error {
  override readonly name = 'NoObservation';
  readonly reason: NoObservationReason;

  constructor(reason: NoObservationReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A price and the moment it is of. US dollars per troy ounce, 8 decimals; unix seconds. */
export interface PriceAt {
  price: bigint;
  at: number;
}

/** The closed session under way. */
interface ClosedSession {
  close: PriceAt;
  /** Averaged move of spot-equivalent token prices since the close. */
  move: Average;
  /** The premium over spot that each token is believed to trade at, ppb. */
  premiums: Map<string, bigint>;
  lastTokenAt: number;
}

/** What a reporter remembers from one observation to the next. */
export interface Memory {
  lastOpen?: PriceAt;
  /** Averages of each token's premium over spot, from open hours. */
  premiums: Map<string, Average>;
  closed?: ClosedSession;
}

export const emptyMemory = (): Memory => ({ premiums: new Map() });

export interface Observed {
  price: bigint;
  /** The sources whose prices were used. */
  used: string[];
}

/** Open only if our calendar and, as far as it is known, the oracle on the chain both say so. */
export function sessionAt(
  nowS: number,
  holidays: ReadonlySet<number>,
  isOpenOnChain: boolean | undefined,
): Session {
  return isGoldMarketOpen(nowS, holidays) && isOpenOnChain !== false ? 'Open' : 'Closed';
}

/** Prices that lie near the median of all; one that is far off says nothing about the others. */
function nearMedian(readings: readonly PricedReading[], maxDeviationBps: number): PricedReading[] {
  const middle = median(readings.map(({ price }) => price));
  const near = ({ price }: PricedReading): boolean => {
    const distance = price > middle ? price - middle : middle - price;
    return distance * 10_000n <= middle * BigInt(maxDeviationBps);
  };
  return readings.filter(near);
}

/**
 * The median of the spot sources; tokenised gold is left out, but what it trades at over spot is remembered.
 * @throws NoObservation when fewer than `minSources` agree
 */
export function observeOpen(
  memory: Memory,
  readings: readonly SourceReading[],
  nowS: number,
  { observation, afterHours }: { observation: ObservationConfig; afterHours: AfterHoursConfig },
): Observed {
  const priced = readings.filter(isPriced);
  const spot = priced.filter(({ kind }) => kind === 'spot');
  if (spot.length < observation.minSources)
    throw new NoObservation(
      'no-source',
      `${spot.length} spot sources have a price, ${observation.minSources} are needed`,
    );
  const agreeing = nearMedian(spot, observation.maxSourceDeviationBps);
  if (agreeing.length === 0 || agreeing.length < observation.minSources)
    throw new NoObservation(
      'disagree',
      `the spot sources differ by more than ${observation.maxSourceDeviationBps} bps`,
    );
  const price = median(agreeing.map((reading) => reading.price));
  for (const token of priced.filter(({ kind }) => kind === 'tokenised')) {
    const premium = abovePpb(token.price, price);
    memory.premiums.set(
      token.name,
      moveAverage(memory.premiums.get(token.name), premium, nowS, afterHours.premiumAverageS),
    );
  }
  memory.lastOpen = { price, at: nowS };
  memory.closed = undefined;
  return { price, used: agreeing.map(({ name }) => name) };
}

/** What the chain knows of the close, for a reporter that was not there. */
export interface CloseOnChain {
  close?: PriceAt;
  latest?: RoundView;
}

/**
 * Begins a closed session from the newest close that is known. Where the chain already has a round of this session, the
 * blend goes on from it, so that a restart makes no jump.
 * @throws NoObservation when no close is known
 */
export function beginClosedSession(
  memory: Memory,
  onChain: CloseOnChain,
  nowS: number,
  rules: AfterHoursConfig,
): ClosedSession {
  const closes = [memory.lastOpen, onChain.close].filter((close) => close !== undefined);
  const [close] = closes.sort((a, b) => b.at - a.at);
  if (!close)
    throw new NoObservation(
      'no-close',
      'the market is closed, and neither we nor the chain know its last price',
    );
  const { latest } = onChain;
  const goesOn = latest?.session === 'Closed' && latest.updatedAt > close.at;
  const move: Average = goesOn
    ? { ppb: moveOf(latest.price, close.price, rules.weightBps), at: latest.updatedAt }
    : { ppb: 0n, at: close.at };
  const premiums = new Map([...memory.premiums].map(([name, average]) => [name, average.ppb]));
  memory.closed = { close, move, premiums, lastTokenAt: nowS };
  return memory.closed;
}

/** A token whose premium is not known is taken to stand where the blend stands: what it does from here on counts. */
function premiumOf({ premiums, close, move }: ClosedSession, { name, price }: PricedReading): bigint {
  const known = premiums.get(name);
  if (known !== undefined) return known;
  const spot = close.price + (close.price * move.ppb) / 1_000_000_000n;
  const premium = abovePpb(price, spot);
  premiums.set(name, premium);
  return premium;
}

/**
 * The last close, moved by tokenised gold.
 * @throws NoObservation when the close is too old, or no token had a price for too long
 */
export function observeClosed(
  session: ClosedSession,
  readings: readonly SourceReading[],
  nowS: number,
  rules: AfterHoursConfig,
): Observed {
  const { close } = session;
  if (nowS - close.at > rules.closeStaleAfterS)
    throw new NoObservation(
      'no-close',
      `the last close is ${nowS - close.at} s old, more than ${rules.closeStaleAfterS}`,
    );
  const tokens = readings.filter(isPriced).filter(({ kind }) => kind === 'tokenised');
  if (tokens.length > 0) {
    const spot = median(tokens.map((token) => spotEquivalent(token.price, premiumOf(session, token))));
    session.move = moveAverage(session.move, abovePpb(spot, close.price), nowS, rules.moveAverageS);
    session.lastTokenAt = nowS;
  } else if (nowS - session.lastTokenAt > rules.tokenStaleAfterS) {
    throw new NoObservation(
      'token-stale',
      `no tokenised gold has had a price for ${nowS - session.lastTokenAt} s`,
    );
  }
  return { price: blend(close.price, session.move.ppb, rules), used: tokens.map(({ name }) => name) };
}
