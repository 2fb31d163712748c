import { describe, expect, it } from 'vitest';
import {
  asciiToBytes,
  bytesToAscii,
  fineWeightMgOf,
  formatFineness,
  mgFromOunces,
  parseWeightList,
} from './weight-list.ts';

describe('the LBMA weight list', () => {
  it('reads a row and computes the fine weight itself, rounded down', () => {
    const { bars, problems } = parseWeightList(
      'Serial, Brand, Gross, Assay, Fine, Year\n123456, XYZ, 401.125, 995.8, 399.440, 2023\n',
    );
    expect(problems).toEqual([]);
    expect(bars).toEqual([
      {
        serial: '123456',
        refiner: 'XYZ',
        year: 2023,
        grossWeightMg: 12_476_382n,
        fineness: 9958,
        fineWeightMg: fineWeightMgOf(12_476_382n, 9958),
      },
    ]);
  });

  it.each([
    ['1, XYZ, 401.125, 995.8, 399.440', /six columns/],
    ['1, XYZ, 401.125, 95.8, 399.440, 2023', /assay/],
    ['1, xyz, 401.125, 995.8, 399.440, 2023', /brand/],
    ['1, XYZ, 401.125, 995.8, 400.440, 2023', /gross x assay/],
    ['1, XYZ, 401.125, 995.8, 399.440, 23', /year/],
  ])('says what is wrong with %j', (line, problem) => {
    const result = parseWeightList(line);
    expect(result.bars).toEqual([]);
    expect(result.problems[0]?.problem).toMatch(problem);
  });

  it('refuses a bar that stands there twice', () => {
    const row = '1, XYZ, 401.125, 995.8, 399.440, 2023';
    expect(parseWeightList(`${row}\n${row}`).problems).toHaveLength(1);
  });

  it('an ounce is 31.1034768 g', () => {
    expect(mgFromOunces('1')).toBe(31_103n);
    expect(mgFromOunces('1000')).toBe(31_103_476n);
  });

  it('keeps short texts as bytes', () => {
    expect(asciiToBytes('DXA', 8)).toBe('0x4458410000000000');
    expect(bytesToAscii('0x4458410000000000')).toBe('DXA');
    expect(() => asciiToBytes('too long', 4)).toThrow(RangeError);
    expect(formatFineness(9999)).toBe('999.9');
  });
});
