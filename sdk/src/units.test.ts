import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AmountError,
  divide,
  exactAmount,
  formatAmount,
  formatOunces,
  parseAmount,
  usdPerGramFromOunce,
  usdPerOunceFromGram,
  usdValue,
} from './units.ts';

describe('ounces and grams', () => {
  it('writes a weight in ounces as a weight list does', () => {
    expect(formatOunces(12_423_975n)).toBe('399.440 oz');
    expect(formatOunces(31_103n)).toBe('0.999 oz');
    expect(formatOunces(31_104n)).toBe('1.000 oz');
  });

  it('turns dollars per ounce into dollars per gram exactly', () => {
    expect(usdPerGramFromOunce(3_110_347_680_00n, 8)).toBe(100n * 10n ** 18n);
    expect(usdPerGramFromOunce(311_034_768n * 10n ** 11n, 18)).toBe(10n ** 18n);
  });

  it('rounds down or up by at most one unit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 13n }), (answer) => {
        const low = usdPerGramFromOunce(answer, 8, 'down');
        const high = usdPerGramFromOunce(answer, 8, 'up');
        expect(high - low).toBeLessThanOrEqual(1n);
        expect(usdPerOunceFromGram(low)).toBeLessThanOrEqual(answer * 10n ** 10n);
        expect(usdPerOunceFromGram(high, 'up')).toBeGreaterThanOrEqual(answer * 10n ** 10n);
      }),
    );
  });

  it('refuses what it cannot divide', () => {
    expect(() => divide(1n, 0n)).toThrow(RangeError);
    expect(() => divide(-1n, 2n)).toThrow(RangeError);
  });

  it('values grams, rounded down', () => {
    expect(usdValue(15n * 10n ** 17n, 55n * 10n ** 18n)).toBe(825n * 10n ** 17n);
  });
});

describe('amounts as text', () => {
  it('reads what people write', () => {
    expect(parseAmount('1,000.50')).toBe(1000_500000000000000000n);
    expect(parseAmount('.5', 2)).toBe(50n);
    expect(parseAmount('7.', 2)).toBe(700n);
  });

  it.each(['', '.', '-1', '1e3', '0x10', '1.2.3', 'abc'])('refuses %j', (text) => {
    expect(() => parseAmount(text)).toThrow(AmountError);
  });

  it('refuses more decimals than the unit has', () => {
    expect(() => parseAmount('1.001', 2)).toThrow(/more than 2 decimals/);
  });

  it('cuts off and never shows more than there is', () => {
    expect(formatAmount(17_830_699_999_999_999_999n)).toBe('17.8306');
    expect(formatAmount(1_234_567n * 10n ** 18n, { places: 3 })).toBe('1,234,567.000');
    expect(formatAmount(-5n * 10n ** 17n, { places: 2 })).toBe('\u22120.50');
    expect(formatAmount(5n, { decimals: 0, places: 0 })).toBe('5');
  });

  it('reads back what it writes exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (value) => {
        expect(parseAmount(exactAmount(value))).toBe(value);
      }),
    );
  });
});
