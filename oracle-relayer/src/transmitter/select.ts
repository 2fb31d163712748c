import { median, SESSIONS, type Session, spanBps } from '@e-aurum/sdk';
import type { VerifiedReport } from './gather.ts';

/** Reports that make a round, in the contract's order. */
export interface Candidate {
  reports: VerifiedReport[];
  /** The median: US dollars per troy ounce, 8 decimals. */
  price: bigint;
  session: Session;
  /** The oldest observation, unix seconds: what the round's updatedAt will be. */
  updatedAt: number;
}

export type NoCandidate = 'too-few' | 'too-wide';

export interface RoundRules {
  threshold: number;
  maxSpanBps: number;
  /** updatedAt of the last round: the contract takes no round with an older observation. */
  notBefore: number;
}

const byPrice = (a: VerifiedReport, b: VerifiedReport): number =>
  a.price < b.price ? -1 : a.price > b.price ? 1 : a.signer < b.signer ? -1 : 1;

const oldest = (reports: readonly VerifiedReport[]): number =>
  Math.min(...reports.map(({ observedAt }) => observedAt));

/** Where reporters disagree on the session (the seconds around an opening), the more numerous; Closed if they are even. */
function largestSession(reports: readonly VerifiedReport[]): VerifiedReport[] {
  const [open, closed] = SESSIONS.map((session) => reports.filter((report) => report.session === session));
  return open!.length > closed!.length ? open! : closed!;
}

/**
 * The round to send: the least odd number of reports that reaches the threshold, and of all such groups the one whose
 * prices lie closest together, then the freshest. So a report that is far off, or late, is left out while there are others.
 */
export function chooseRound(reports: readonly VerifiedReport[], rules: RoundRules): Candidate | NoCandidate {
  const { threshold, maxSpanBps, notBefore } = rules;
  const size = threshold % 2 === 1 ? threshold : threshold + 1;
  const sorted = largestSession(reports.filter(({ observedAt }) => observedAt >= notBefore)).sort(byPrice);
  if (sorted.length < size) return 'too-few';
  const groups = Array.from({ length: sorted.length - size + 1 }, (_, from) =>
    sorted.slice(from, from + size),
  );
  const width = (group: VerifiedReport[]): bigint => group.at(-1)!.price - group[0]!.price;
  const best = groups.reduce((found, group) => {
    const difference = width(group) - width(found);
    return difference < 0n || (difference === 0n && oldest(group) > oldest(found)) ? group : found;
  });
  const prices = best.map(({ price }) => price);
  if (spanBps(prices) > BigInt(maxSpanBps)) return 'too-wide';
  return { reports: best, price: median(prices), session: best[0]!.session, updatedAt: oldest(best) };
}
