import { describe, expect, it } from 'vitest';
import { recordDue, roundDue } from './decide.ts';
import type { Candidate } from './select.ts';
import type { FeedState, OracleState } from './state.ts';

const nowS = 10_000;
const round = {
  roundId: 7n,
  price: 400_000n,
  updatedAt: 9_970,
  submittedAt: 9_972,
  session: 'Open',
} as const;
const feed: FeedState = {
  configId: '',
  feedId: '',
  threshold: 3,
  maxSpanBps: 100,
  reporters: new Map(),
  round,
};
const rules = { deviationBps: 20, heartbeatS: 60 };
const candidate = (price: bigint, session: Candidate['session'] = 'Open'): Candidate => ({
  reports: [],
  price,
  session,
  updatedAt: 9_999,
});

describe('a round is due', () => {
  it('when there is none yet', () => {
    expect(roundDue({ ...feed, round: undefined }, candidate(1n), nowS, rules)).toBe('first');
  });

  it('when the price moved by the deviation, either way, and not by less', () => {
    expect(roundDue(feed, candidate(400_800n), nowS, rules)).toBe('deviation');
    expect(roundDue(feed, candidate(399_200n), nowS, rules)).toBe('deviation');
    expect(roundDue(feed, candidate(400_799n), nowS, rules)).toBeUndefined();
    expect(roundDue(feed, candidate(399_201n), nowS, rules)).toBeUndefined();
  });

  it('when the last one is as old as the heartbeat', () => {
    expect(roundDue(feed, candidate(400_000n), 10_029, rules)).toBeUndefined();
    expect(roundDue(feed, candidate(400_000n), 10_030, rules)).toBe('heartbeat');
  });

  it('when the session changes', () => {
    expect(roundDue(feed, candidate(400_000n, 'Closed'), nowS, rules)).toBe('session');
  });
});

describe('an observation is due', () => {
  const recordRules = { deviationBps: 10, heartbeatS: 300, afterRounds: true };
  const latest = { sequence: 3n, time: 9_980, usdPerGram: 128_000n, mode: 1, source: 1 };
  const oracle: OracleState = { usdPerGram: 128_000n, mode: 1, source: 1, latest, anchorTime: 9_980 };
  const due = (change: Partial<OracleState>, at = nowS, more: Partial<typeof recordRules> = {}) =>
    recordDue({ ...oracle, ...change }, feed, at, { ...recordRules, ...more });

  it('when there is none yet and a price', () => {
    const none = { ...latest, sequence: 0n };
    expect(due({ latest: none })).toBe('first');
    expect(due({ latest: none, usdPerGram: 0n, mode: 0 })).toBeUndefined();
  });

  it('when mode or source changed', () => {
    expect(due({ mode: 2 })).toBe('mode');
    expect(due({ source: 2 })).toBe('mode');
    expect(due({ mode: 0, source: 0, usdPerGram: 0n })).toBe('mode');
  });

  it('when the price moved by the deviation', () => {
    expect(due({ usdPerGram: 128_128n })).toBe('deviation');
    expect(due({ usdPerGram: 128_127n })).toBeUndefined();
  });

  it('after a round that changed the price a little, unless the config says not to', () => {
    const before = { ...latest, time: 9_971 };
    expect(due({ usdPerGram: 128_001n, latest: before })).toBe('round');
    expect(due({ usdPerGram: 128_001n, latest: before }, nowS, { afterRounds: false })).toBeUndefined();
    expect(due({ latest: before })).toBeUndefined(); // the oracle writes nothing twice
  });

  it('at its heartbeat: a price that moved a little, or a Normal one whose anchor grows old', () => {
    expect(due({ usdPerGram: 128_001n }, 10_280)).toBe('heartbeat');
    expect(due({}, 10_279)).toBeUndefined();
    expect(due({}, 10_280)).toBe('heartbeat');
    expect(due({ anchorTime: 10_200 }, 10_280)).toBeUndefined();
  });

  it('never while an unchanged halt lasts', () => {
    const halted = { usdPerGram: 0n, mode: 0, source: 0 };
    expect(due({ ...halted, latest: { ...latest, ...halted } }, 99_999)).toBeUndefined();
  });
});
