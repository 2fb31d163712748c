import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feeRules, raiseFees, suggestFees } from './fees.ts';

const gwei = 1_000_000_000n;
const rules = feeRules({ floorGwei: 0.05, capGwei: 5, raisePercent: 25, raiseAfterMs: 5_000 });

describe('fees', () => {
  it('come from the config to the wei', () => {
    expect(rules).toEqual({ floor: 50_000_000n, cap: 5n * gwei, raisePercent: 25n });
  });

  it('keep the floor where the network asks for less, and the cap where it asks for more', () => {
    expect(suggestFees(0n, 0n, rules)).toEqual({
      maxPriorityFeePerGas: 50_000_000n,
      maxFeePerGas: 50_000_000n,
    });
    expect(suggestFees(gwei, gwei, rules)).toEqual({ maxPriorityFeePerGas: gwei, maxFeePerGas: 3n * gwei });
    expect(suggestFees(9n * gwei, 7n * gwei, rules)).toEqual({
      maxPriorityFeePerGas: 5n * gwei,
      maxFeePerGas: 5n * gwei,
    });
  });

  it('are raised by the percentage, and follow the network when it asks for more', () => {
    const before = { maxPriorityFeePerGas: gwei, maxFeePerGas: gwei };
    const low = suggestFees(0n, 0n, rules);
    expect(raiseFees(before, low, rules)).toEqual({
      maxPriorityFeePerGas: 1_250_000_000n,
      maxFeePerGas: 1_250_000_000n,
    });
    const busy = suggestFees(gwei, 2n * gwei, rules);
    expect(raiseFees(before, busy, rules)).toEqual({
      maxPriorityFeePerGas: 2n * gwei,
      maxFeePerGas: 4n * gwei,
    });
  });

  it('end at the cap: a raise is at least the tenth that nodes want, or none', () => {
    const fee = fc.bigInt({ min: 1n, max: 5n * gwei });
    fc.assert(
      fc.property(fee, fee, fee, (maxFeePerGas, b, wanted) => {
        const before = { maxFeePerGas, maxPriorityFeePerGas: (b % maxFeePerGas) + 1n };
        const raised = raiseFees(before, { maxFeePerGas: wanted, maxPriorityFeePerGas: wanted }, rules);
        if (!raised) {
          expect(
            before.maxFeePerGas * 110n > rules.cap * 100n ||
              before.maxPriorityFeePerGas * 110n > rules.cap * 100n,
          ).toBe(true);
          return;
        }
        expect(raised.maxFeePerGas <= rules.cap).toBe(true);
        expect(raised.maxPriorityFeePerGas <= raised.maxFeePerGas).toBe(true);
        expect(raised.maxFeePerGas * 100n >= before.maxFeePerGas * 110n).toBe(true);
        expect(raised.maxPriorityFeePerGas * 100n >= before.maxPriorityFeePerGas * 110n).toBe(true);
      }),
    );
  });

  it('get from the floor to the cap in a few raises', () => {
    let fees = suggestFees(0n, 0n, rules);
    let raises = 0;
    for (let next = raiseFees(fees, fees, rules); next; next = raiseFees(fees, fees, rules)) {
      fees = next;
      raises++;
    }
    expect(raises).toBeLessThan(24);
    expect(fees.maxFeePerGas * 110n > rules.cap * 100n).toBe(true);
  });
});
