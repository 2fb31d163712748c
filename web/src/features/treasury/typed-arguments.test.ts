import { describe, expect, it } from 'vitest';
import { ArgumentError, readArgument, readArguments } from './typed-arguments.ts';

const NOBODY = '0x0000000000000000000000000000000000000001';
const read = (type: string, text: string) => readArgument({ type, name: 'x' }, { '0': text }, '0');

describe('arguments as they are typed', () => {
  it('reads what fits its type', () => {
    expect(read('uint256', '1_000 000')).toBe(1_000_000n);
    expect(read('uint16', '250')).toBe(250);
    expect(read('int64', '-5')).toBe(-5n);
    expect(read('bool', 'true')).toBe(true);
    expect(read('address', NOBODY)).toBe(NOBODY);
    expect(read('bytes4', '0x01020304')).toBe('0x01020304');
    expect(read('bytes', '0x')).toBe('0x');
    expect(read('string', '')).toBe('');
  });

  it.each([
    ['uint256', '-1'],
    ['uint256', '1.5'],
    ['uint8', '256'],
    ['int8', '128'],
    ['bool', 'yes'],
    ['address', '0x12'],
    ['bytes4', '0x0102'],
    ['bytes', '0x123'],
    ['uint256', ''],
    ['uint64[]', '1, 2'],
    ['uint64[2]', '[1]'],
    ['uint256[]', '[9007199254740993]'],
  ])('refuses for %s: %j', (type, text) => {
    expect(() => read(type, text)).toThrow(ArgumentError);
  });

  it('reads lists as JSON, and structs field by field', () => {
    expect(read('address[]', `["${NOBODY}"]`)).toEqual([NOBODY]);
    expect(read('uint256[]', '["9007199254740993", 2]')).toEqual([9_007_199_254_740_993n, 2n]);
    expect(read('uint256[]', '')).toEqual([]);
    const product = {
      type: 'tuple',
      name: 'product',
      components: [
        { type: 'uint128', name: 'feePerBar' },
        { type: 'bool', name: 'active' },
      ],
    };
    expect(readArgument(product, { '0.feePerBar': '7', '0.active': 'false' }, '0')).toEqual({
      feePerBar: 7n,
      active: false,
    });
  });

  it('says at each place what is wrong there', () => {
    const parameters = [
      { type: 'uint8', name: 'a' },
      { type: 'tuple', name: 'b', components: [{ type: 'address', name: 'c' }] },
    ];
    const { values, errors } = readArguments(parameters, { '0': '1' });
    expect(values).toBeNull();
    expect(Object.keys(errors)).toEqual(['1.c']);
  });
});
