import { beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from '../config/schema.ts';
import type { SourceReading } from '../sources/ask.ts';
import {
  beginClosedSession,
  emptyMemory,
  type Memory,
  NoObservation,
  observeClosed,
  observeOpen,
  sessionAt,
} from './observe.ts';

const { observation, afterHours } = configSchema.parse({
  deployment: 'd.json',
  chain: { id: 31_337, rpc: ['http://localhost'] },
  observation: { minSources: 2 },
  sources: {},
  reporters: [{ name: 'r', url: 'http://localhost' }],
});
const rules = { observation, afterHours };
const now = 1_787_059_800;
const usd = (dollars: number): bigint => BigInt(Math.round(dollars * 1e8));

const spot = (name: string, price: number): SourceReading => ({
  name,
  kind: 'spot',
  latencyMs: 1,
  price: usd(price),
  quotedAtMs: now * 1_000,
});
const token = (price: number, name = 'paxg'): SourceReading => ({ ...spot(name, price), kind: 'tokenised' });
const dropped: SourceReading = { name: 'late', kind: 'spot', latencyMs: 1, dropped: 'timeout', detail: '' };

const reasonOf = (act: () => unknown): string | undefined => {
  try {
    act();
  } catch (error) {
    if (error instanceof NoObservation) return error.reason;
    throw error;
  }
  return undefined;
};

let memory: Memory;
beforeEach(() => {
  memory = emptyMemory();
});

describe('in open hours', () => {
  it('answers the median of spot, and leaves tokenised gold out', () => {
    const readings = [spot('a', 4_000), spot('b', 4_002), spot('c', 4_001), token(4_500), dropped];
    expect(observeOpen(memory, readings, now, rules)).toEqual({ price: usd(4_001), used: ['a', 'b', 'c'] });
  });

  it('leaves out a source that is far off', () => {
    const readings = [spot('a', 4_000), spot('b', 4_002), spot('liar', 4_400)];
    expect(observeOpen(memory, readings, now, rules)).toEqual({ price: usd(4_001), used: ['a', 'b'] });
  });

  it('says nothing when too few answer, or too few agree', () => {
    expect(reasonOf(() => observeOpen(memory, [spot('a', 4_000), token(4_000), dropped], now, rules))).toBe(
      'no-source',
    );
    expect(reasonOf(() => observeOpen(memory, [spot('a', 4_000), spot('b', 4_400)], now, rules))).toBe(
      'disagree',
    );
    expect(memory.lastOpen).toBeUndefined();
  });

  it('remembers what the token trades at over spot', () => {
    observeOpen(memory, [spot('a', 4_000), spot('b', 4_000), token(4_020)], now, rules);
    expect(memory.premiums.get('paxg')?.ppb).toBe(5_000_000n);
    expect(memory.lastOpen).toEqual({ price: usd(4_000), at: now });
  });
});

describe('in closed hours', () => {
  const closeAfterOpen = (): ReturnType<typeof beginClosedSession> => {
    observeOpen(memory, [spot('a', 4_000), spot('b', 4_000), token(4_020)], now, rules);
    return beginClosedSession(memory, {}, now + 1, afterHours);
  };

  it('begins at the close, whatever the token’s premium', () => {
    const session = closeAfterOpen();
    expect(observeClosed(session, [spot('a', 9_000), token(4_020)], now + 2, afterHours)).toEqual({
      price: usd(4_000),
      used: ['paxg'],
    });
  });

  it('follows the token slowly, by seven tenths, and no further than the clamp', () => {
    const session = closeAfterOpen();
    const up = token(4_020 * 1.02);
    const soon = observeClosed(session, [up], now + 60, afterHours).price;
    expect(soon > usd(4_000) && soon < usd(4_010)).toBe(true);
    for (let s = 120; s <= 36_000; s += 60) observeClosed(session, [up], now + s, afterHours);
    expect(Number(observeClosed(session, [up], now + 36_060, afterHours).price) / 1e8).toBeCloseTo(4_056, 0);
    for (let s = 36_120; s <= 90_000; s += 60) observeClosed(session, [token(6_000)], now + s, afterHours);
    expect(observeClosed(session, [token(6_000)], now + 90_060, afterHours).price).toBe(usd(4_100));
  });

  it('holds its price while tokens are silent, and gives up when that lasts', () => {
    const session = closeAfterOpen();
    observeClosed(session, [token(4_020)], now + 500, afterHours);
    expect(observeClosed(session, [dropped], now + 1_400, afterHours)).toEqual({
      price: usd(4_000),
      used: [],
    });
    expect(reasonOf(() => observeClosed(session, [dropped], now + 1_401, afterHours))).toBe('token-stale');
    expect(observeClosed(session, [token(4_020)], now + 1_402, afterHours).used).toEqual(['paxg']);
  });

  it('does without a close that is not known, or too old', () => {
    expect(reasonOf(() => beginClosedSession(memory, {}, now, afterHours))).toBe('no-close');
    const session = beginClosedSession(
      memory,
      { close: { price: usd(4_000), at: now - 432_001 } },
      now,
      afterHours,
    );
    expect(reasonOf(() => observeClosed(session, [token(4_020)], now, afterHours))).toBe('no-close');
  });

  it('takes the newest close: its own, or the chain’s', () => {
    observeOpen(memory, [spot('a', 4_000), spot('b', 4_000)], now, rules);
    const older = { close: { price: usd(3_900), at: now - 10 } };
    const newer = { close: { price: usd(4_100), at: now + 10 } };
    expect(beginClosedSession(memory, older, now + 20, afterHours).close.price).toBe(usd(4_000));
    expect(beginClosedSession(memory, newer, now + 20, afterHours).close.price).toBe(usd(4_100));
  });

  it('goes on from the chain’s last closed round after a restart, without a jump', () => {
    const latest = { roundId: 9n, price: usd(4_028), updatedAt: now - 5, session: 'Closed' } as const;
    const session = beginClosedSession(
      memory,
      { close: { price: usd(4_000), at: now - 9_000 }, latest },
      now,
      afterHours,
    );
    expect(Number(observeClosed(session, [token(4_075)], now, afterHours).price) / 1e8).toBeCloseTo(4_028, 4);
  });

  it('forgets the closed session when the market opens', () => {
    closeAfterOpen();
    observeOpen(memory, [spot('a', 4_050), spot('b', 4_050)], now + 100, rules);
    expect(memory.closed).toBeUndefined();
  });
});

describe('the session', () => {
  const wednesday = Date.parse('2026-11-18T15:00:00Z') / 1_000;
  const saturday = Date.parse('2026-11-21T15:00:00Z') / 1_000;

  it('is open only if the calendar and the oracle say so', () => {
    expect(sessionAt(wednesday, new Set(), true)).toBe('Open');
    expect(sessionAt(wednesday, new Set(), undefined)).toBe('Open');
    expect(sessionAt(wednesday, new Set(), false)).toBe('Closed');
    expect(sessionAt(saturday, new Set(), true)).toBe('Closed');
    expect(sessionAt(wednesday, new Set([Math.floor(wednesday / 86_400)]), true)).toBe('Closed');
  });
});
