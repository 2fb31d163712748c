import { describe, expect, it } from 'vitest';
import { screen } from './screen.ts';

const nowMs = 1_787_059_800_000;
const rules = { nowMs, maxAgeS: 60, minUsdPerOunce: 500, maxUsdPerOunce: 20_000, maxSpreadBps: 100 };
const usd = (dollars: number): bigint => BigInt(Math.round(dollars * 1e8));
const quote = (bid: number, ask: number, ageS = 1) => ({
  bid: usd(bid),
  ask: usd(ask),
  quotedAtMs: nowMs - ageS * 1_000,
});

describe('screening', () => {
  it('answers the middle of bid and ask, and the median over venues', () => {
    expect(screen([quote(4_000, 4_001)], rules)).toEqual({ price: usd(4_000.5), quotedAtMs: nowMs - 1_000 });
    expect(screen([quote(4_000, 4_000), quote(4_002, 4_002, 9), quote(4_001, 4_001, 3)], rules)).toEqual({
      price: usd(4_001),
      quotedAtMs: nowMs - 9_000,
    });
  });

  it.each([
    ['stale', quote(4_000, 4_001, 61)],
    ['future', quote(4_000, 4_001, -6)],
    ['inverted', quote(4_001, 4_000)],
    ['wide', quote(4_000, 4_041)],
    ['absurd', quote(40, 40.1)],
    ['absurd', quote(43_920, 43_921)],
    ['absurd', { last: 0n }],
    ['absurd', { bid: 0n, ask: 0n }],
    ['absurd', { last: -usd(4_000) }],
    ['missing', { bid: usd(4_000) }],
    ['missing', {}],
  ])('drops what is %s', (reason, dropped) => {
    expect(screen([dropped], rules)).toMatchObject({ reason });
    // One venue's trouble does not cost the others their say.
    expect(screen([dropped, quote(4_000, 4_000)], rules)).toMatchObject({ price: usd(4_000) });
  });

  it('takes the limits themselves', () => {
    expect(screen([quote(4_000, 4_001, 60)], rules)).toHaveProperty('price');
    expect(screen([quote(4_000, 4_040)], rules)).toHaveProperty('price');
    expect(screen([{ last: usd(500) }], rules)).toHaveProperty('price');
    expect(screen([{ last: usd(20_000) }], rules)).toHaveProperty('price');
  });

  it('takes a quote without a time as one of now', () => {
    expect(screen([{ last: usd(4_000) }], rules)).toEqual({ price: usd(4_000), quotedAtMs: nowMs });
  });

  it('drops a source without any quote', () => {
    expect(screen([], rules)).toMatchObject({ reason: 'missing' });
  });
});
