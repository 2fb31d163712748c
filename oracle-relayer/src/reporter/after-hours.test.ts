import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abovePpb, blend, moveAverage, moveOf, spotEquivalent } from './after-hours.ts';

const rules = { weightBps: 7_000, maxBelowCloseBps: 500, maxAboveCloseBps: 250 };
const close = 400_000_000_000n;
const ppb = fc.bigInt({ min: -900_000_000n, max: 10_000_000_000n });
const prices = fc.bigInt({ min: 50_000_000_000n, max: 2_000_000_000_000n });

describe('the blend', () => {
  it('moves the close by seven tenths of the tokens’ move', () => {
    expect(blend(close, 10_000_000n, rules)).toBe(402_800_000_000n); // +1% -> +0.7%
    expect(blend(close, -10_000_000n, rules)).toBe(397_200_000_000n);
    expect(blend(close, 0n, rules)).toBe(close);
  });

  it('never leaves the clamp: -5% and +2.5%', () => {
    expect(blend(close, 900_000_000n, rules)).toBe(410_000_000_000n);
    expect(blend(close, -900_000_000n, rules)).toBe(380_000_000_000n);
    fc.assert(
      fc.property(prices, ppb, (base, move) => {
        const price = blend(base, move, rules);
        expect(price * 100n >= base * 95n - 100n && price * 1_000n <= base * 1_025n).toBe(true);
      }),
    );
  });

  it('rises with the tokens', () => {
    fc.assert(
      fc.property(prices, ppb, ppb, (base, a, b) => {
        const [lower, higher] = a < b ? [a, b] : [b, a];
        expect(blend(base, lower, rules) <= blend(base, higher, rules)).toBe(true);
      }),
    );
  });

  it('can be read back from a blended price, within the clamp', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -70_000_000n, max: 35_000_000n }), (move) => {
        const back = moveOf(blend(close, move, rules), close, rules.weightBps);
        expect(back - move <= 3n && back - move >= -3n).toBe(true);
      }),
    );
  });
});

describe('the average', () => {
  it('begins with the first sample and halves the distance after one time constant', () => {
    const first = moveAverage(undefined, 1_000n, 100, 600);
    expect(first).toEqual({ ppb: 1_000n, at: 100 });
    expect(moveAverage(first, 3_000n, 700, 600)).toEqual({ ppb: 2_000n, at: 700 });
  });

  it('stays between what it was and the sample, whatever the gap, and never runs backwards in time', () => {
    fc.assert(
      fc.property(
        ppb,
        ppb,
        fc.integer({ min: -1_000, max: 10_000_000 }),
        fc.integer({ min: 1, max: 604_800 }),
        (before, sample, gap, constant) => {
          const moved = moveAverage({ ppb: before, at: 1_000_000 }, sample, 1_000_000 + gap, constant);
          const [low, high] = before < sample ? [before, sample] : [sample, before];
          expect(moved.ppb >= low && moved.ppb <= high).toBe(true);
          expect(moved.at).toBe(Math.max(1_000_000, 1_000_000 + gap));
        },
      ),
    );
  });
});

describe('premiums', () => {
  it('are taken off a token’s price exactly, but for the last digit', () => {
    fc.assert(
      fc.property(prices, prices, (token, spot) => {
        const equivalent = spotEquivalent(token, abovePpb(token, spot));
        const difference = equivalent > spot ? equivalent - spot : spot - equivalent;
        expect(difference * 10_000_000n <= spot).toBe(true); // 0.001 bps
      }),
    );
  });
});
