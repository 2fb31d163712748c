import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CostedTrade, costOf } from './cost-basis.ts';

const E18 = 10n ** 18n;
const buy = (grams: number, usd: number): CostedTrade => ({
  side: 'buy',
  grams: BigInt(grams) * E18,
  usd: BigInt(usd) * E18,
});
const sell = (grams: number): CostedTrade => ({ side: 'sell', grams: BigInt(grams) * E18, usd: 0n });

describe('the cost of what is held', () => {
  it('is what was paid', () => {
    expect(costOf([buy(10, 600), { ...buy(5, 400), side: 'settle' }], 15n * E18)).toBe(1_000n * E18);
    expect(costOf([], 0n)).toBe(0n);
  });

  it('leaves at the average with a sale', () => {
    expect(costOf([buy(10, 600), buy(10, 800), sell(5)], 15n * E18)).toBe(1_050n * E18);
    expect(costOf([buy(10, 600), sell(10), buy(1, 70)], 1n * E18)).toBe(70n * E18);
  });

  it('is nothing for grams that came without a trade, sold ones included', () => {
    expect(costOf([buy(10, 600)], 12n * E18)).toBe(600n * E18);
    expect(costOf([sell(5)], 3n * E18)).toBe(0n);
    expect(costOf([buy(2, 100), sell(5), buy(1, 60)], 1n * E18)).toBe(60n * E18);
  });

  it('leaves with grams that left without a trade', () => {
    expect(costOf([buy(10, 600)], 4n * E18)).toBe(240n * E18);
    expect(costOf([buy(10, 600)], 0n)).toBe(0n);
  });

  it('is never negative, never over what was paid, and never grows by holding less', () => {
    const trade = fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const, 'settle' as const),
      grams: fc.bigInt({ min: 1n, max: 10n ** 24n }),
      usd: fc.bigInt({ min: 0n, max: 10n ** 27n }),
    });
    fc.assert(
      fc.property(
        fc.array(trade, { maxLength: 20 }),
        fc.bigInt({ min: 0n, max: 10n ** 25n }),
        (trades, held) => {
          const cost = costOf(trades, held);
          const paid = trades.filter(({ side }) => side !== 'sell').reduce((sum, { usd }) => sum + usd, 0n);
          expect(cost >= 0n && cost <= paid).toBe(true);
          expect(costOf(trades, held / 2n) <= cost).toBe(true);
        },
      ),
    );
  });
});
