import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalToUnits, parseExactJson, unitsToDecimal } from './exact-json.ts';

describe('exact JSON', () => {
  it('leaves numbers as they were written', () => {
    expect(
      parseExactJson('{"a":4392.10,"b":[1e-3,12345678901234567890.123],"c":"x","d":null,"e":true}'),
    ).toEqual({
      a: '4392.10',
      b: ['1e-3', '12345678901234567890.123'],
      c: 'x',
      d: null,
      e: true,
    });
    expect(() => parseExactJson('{"a":')).toThrow(SyntaxError);
  });
});

describe('decimals', () => {
  it.each([
    ['4392.0', 439_200_000_000n],
    ['4392', 439_200_000_000n],
    ['4389.123456789', 438_912_345_678n],
    ['-1.5', -150_000_000n],
    ['4.392e3', 439_200_000_000n],
    ['1E-8', 1n],
    ['1e-9', 0n],
    ['0', 0n],
  ])('%s', (text, units) => {
    expect(decimalToUnits(text, 8)).toBe(units);
  });

  it.each(['', 'NaN', 'Infinity', '1,5', '0x10', '1.', '.5', ' 1', '1e', '1e999', `1${'0'.repeat(100)}`])(
    'refuses "%s"',
    (text) => {
      expect(() => decimalToUnits(text, 8)).toThrow(RangeError);
    },
  );

  it('come back as they went', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.integer({ min: 0, max: 18 }),
        (units, decimals) => {
          expect(decimalToUnits(unitsToDecimal(units, decimals), decimals)).toBe(units);
        },
      ),
    );
  });
});
