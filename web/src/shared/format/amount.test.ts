import { describe, expect, it } from 'vitest';
import { leastOf, readAmount } from './amount.ts';

describe('amounts that are typed', () => {
  it('reads amounts and says what to write instead', () => {
    expect(readAmount('1,000.50', 6)).toEqual({ value: 1_000_500_000n, error: null });
    expect(readAmount('  ', 18)).toEqual({ value: null, error: null });
    expect(readAmount('0', 18)).toEqual({ value: null, error: null });
    expect(readAmount('ten', 18).error).toContain('write digits');
    expect(readAmount('0.1234567', 6).error).toContain('more than 6 decimals');
  });
  it('takes slippage off and never adds a wei', () => {
    expect(leastOf(10_000n, 30)).toBe(9_970n);
    expect(leastOf(1n, 30)).toBe(0n);
    expect(leastOf(12_345n, 0)).toBe(12_345n);
  });
});
