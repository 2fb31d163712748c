import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending, median, spanBps } from './median.ts';

const prices = fc.array(fc.bigInt({ min: 1n, max: 10n ** 14n }), { minLength: 1, maxLength: 15 });

describe('median', () => {
  it('of an odd number is one of them, with as many below as above', () => {
    fc.assert(
      fc.property(prices, (values) => {
        if (values.length % 2 === 0) values.pop();
        const middle = median(values);
        expect(values).toContain(middle);
        const half = values.length >> 1;
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(half);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(half);
      }),
    );
  });

  it('stays among the honest while fewer than half lie, whatever they say', () => {
    fc.assert(
      fc.property(prices, fc.array(fc.bigInt({ min: 1n, max: 10n ** 30n })), (honest, lies) => {
        const few = lies.slice(0, honest.length - 1);
        const sorted = [...honest].sort(ascending);
        const middle = median([...honest, ...few]);
        expect(middle >= sorted[0]! && middle <= sorted.at(-1)!).toBe(true);
      }),
    );
  });

  it('does not depend on the order and leaves its input alone', () => {
    fc.assert(
      fc.property(prices, (values) => {
        const before = [...values];
        expect(median([...values].reverse())).toBe(median(values));
        expect(values).toEqual(before);
      }),
    );
  });

  it('of an even number is the mean of the middle two, rounded down', () => {
    expect(median([3n, 1n, 4n, 2n])).toBe(2n);
    expect(median([-3n, -2n])).toBe(-3n);
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('spanBps', () => {
  it('rounds up, so that a bound is kept exactly', () => {
    expect(spanBps([10_000n, 10_100n])).toBe(100n);
    expect(spanBps([1_000_000n, 1_010_001n])).toBe(101n);
    expect(spanBps([5n])).toBe(0n);
    expect(spanBps([])).toBe(0n);
    expect(() => spanBps([0n, 1n])).toThrow(RangeError);
  });
});
