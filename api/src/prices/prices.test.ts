import { expect, it } from 'vitest';
import { annualRateBps } from '../staking/staking.ts';
import { bpsChange } from './prices.ts';

it('a change is in hundredths of a percent, towards zero', () => {
  expect(bpsChange(10_000n, 10_039n)).toBe(39);
  expect(bpsChange(30_000n, 29_999n)).toBe(0);
  expect(bpsChange(100n, 90n)).toBe(-1_000);
  expect(bpsChange(0n, 5n)).toBe(0);
});

it('a rate is of a year, and none without a stake', () => {
  expect(annualRateBps(1n * 10n ** 18n, 30n, 365n * 10n ** 18n)).toBe(333);
  expect(annualRateBps(5n, 30n, 0n)).toBeNull();
});
