import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstFees, raisedFees } from './fees.ts';

const GWEI = 1_000_000_000n;
const MOST = 100n * GWEI;
const fee = fc.bigInt({ min: 0n, max: 60n * GWEI });

describe('fees', () => {
  it('leave room for the base fee to double', () => {
    expect(firstFees(3n * GWEI, GWEI, MOST)).toEqual({ maxFeeWei: 7n * GWEI, priorityFeeWei: GWEI });
    expect(firstFees(0n, GWEI, MOST)).toEqual({ maxFeeWei: GWEI, priorityFeeWei: GWEI });
  });

  it('are never over the cap, nor the tip over the whole', () => {
    fc.assert(
      fc.property(fee, fee, (base, tip) => {
        const { maxFeeWei, priorityFeeWei } = firstFees(base, tip, 10n * GWEI);
        expect(maxFeeWei <= 10n * GWEI && priorityFeeWei <= maxFeeWei).toBe(true);
      }),
    );
  });

  it('rise by more than a tenth each time, or not at all', () => {
    fc.assert(
      fc.property(fee, fee, fee, (base, tip, later) => {
        const last = firstFees(base, tip, MOST);
        const raised = raisedFees(last, later, tip, MOST);
        if (!raised) return;
        expect(raised.maxFeeWei * 10n > last.maxFeeWei * 11n).toBe(true);
        expect(raised.priorityFeeWei * 10n > last.priorityFeeWei * 11n).toBe(true);
        expect(raised.maxFeeWei <= MOST && raised.priorityFeeWei <= raised.maxFeeWei).toBe(true);
      }),
    );
  });

  it('end at the cap', () => {
    let last = firstFees(0n, GWEI, MOST);
    let rounds = 0;
    for (let next = raisedFees(last, 0n, GWEI, MOST); next; next = raisedFees(last, 0n, GWEI, MOST)) {
      last = next;
      rounds += 1;
    }
    expect(last.maxFeeWei > (MOST * 8n) / 9n - 10n).toBe(true);
    expect(rounds).toBeGreaterThan(30);
  });
});
