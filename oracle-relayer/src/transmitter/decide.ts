import type { TransmitterConfig } from '../config/schema.ts';
import type { Candidate } from './select.ts';
import type { FeedState, OracleState } from './state.ts';

export type RoundReason = 'first' | 'session' | 'deviation' | 'heartbeat';
export type RecordReason = 'first' | 'mode' | 'round' | 'deviation' | 'heartbeat';

/** How far two prices lie apart, in basis points of the earlier, rounded down. */
function movedBps(from: bigint, to: bigint): bigint {
  if (from === 0n) return to === 0n ? 0n : 10_000n;
  return ((to > from ? to - from : from - to) * 10_000n) / from;
}

/** Why the candidate should become a round now; undefined when it need not. */
export function roundDue(
  { round }: FeedState,
  candidate: Candidate,
  nowS: number,
  rules: TransmitterConfig['round'],
): RoundReason | undefined {
  if (!round) return 'first';
  if (round.session !== candidate.session) return 'session';
  if (movedBps(round.price, candidate.price) >= BigInt(rules.deviationBps)) return 'deviation';
  return nowS - round.updatedAt >= rules.heartbeatS ? 'heartbeat' : undefined;
}

/** `IPriceOracle.Mode.Normal`. */
const NORMAL = 1;

/**
 * Why the oracle should write down what it says now; undefined when it need not. The oracle writes nothing twice, but an
 * unchanged Normal price still renews its anchor, which must not grow old while the price stands still.
 */
export function recordDue(
  { usdPerGram, mode, source, latest, anchorTime }: OracleState,
  { round }: FeedState,
  nowS: number,
  rules: TransmitterConfig['record'],
): RecordReason | undefined {
  if (latest.sequence === 0n) return usdPerGram > 0n ? 'first' : undefined;
  if (mode !== latest.mode || source !== latest.source) return 'mode';
  if (usdPerGram === latest.usdPerGram) {
    const renewable = mode === NORMAL && nowS - Math.max(latest.time, anchorTime) >= rules.heartbeatS;
    return renewable ? 'heartbeat' : undefined;
  }
  if (movedBps(latest.usdPerGram, usdPerGram) >= BigInt(rules.deviationBps)) return 'deviation';
  if (rules.afterRounds && round && latest.time < round.submittedAt) return 'round';
  return nowS - latest.time >= rules.heartbeatS ? 'heartbeat' : undefined;
}
