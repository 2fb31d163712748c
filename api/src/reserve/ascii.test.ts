import { expect, it } from 'vitest';
import { asciiOf } from './ascii.ts';

it('reads left-aligned text of fixed bytes', () => {
  expect(asciiOf('0x5a524831')).toBe('ZRH1');
  expect(asciiOf('0x4458410000000000')).toBe('DXA');
  expect(asciiOf('0x0000')).toBe('');
});
