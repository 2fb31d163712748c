import type { Bar } from '@e-aurum/sdk/rest';
import { describe, expect, it } from 'vitest';
import { selectBars } from './bar-list.ts';

const bar = (
  serial: string,
  fineWeightMg: string,
  state: Bar['state'] = 'Active',
  vault = 'Zurich',
): Bar => ({
  barId: serial,
  refiner: 'DXA',
  serial,
  year: 2024,
  grossWeightMg: fineWeightMg,
  fineness: 9999,
  fineWeightMg,
  vault,
  state,
  documentsHash: `0x${'1'.repeat(64)}`,
  holder: null,
  redemptionId: null,
  bookedAt: '2026-01-01T00:00:00Z',
  endorsedAt: null,
});

const bars = [
  bar('B2', '999900'),
  bar('A1', '12423974', 'Delivered'),
  bar('C3', '99990', 'Active', 'Singapore'),
];
const serials = (list: Bar[]) => list.map(({ serial }) => serial);

describe('the list of bars', () => {
  it('sorts by weight as a number, not as text', () => {
    expect(serials(selectBars(bars, null, '', { key: 'fineWeight', descending: true }))).toEqual([
      'A1',
      'B2',
      'C3',
    ]);
    expect(serials(selectBars(bars, null, '', { key: 'fineWeight', descending: false }))).toEqual([
      'C3',
      'B2',
      'A1',
    ]);
  });
  it('filters by state and by every word of the search', () => {
    const by = { key: 'bar', descending: false } as const;
    expect(serials(selectBars(bars, 'Active', '', by))).toEqual(['B2', 'C3']);
    expect(serials(selectBars(bars, null, 'singapore dxa', by))).toEqual(['C3']);
    expect(selectBars(bars, null, 'singapore B2', by)).toEqual([]);
  });
  it('leaves the given list as it was', () => {
    const before = serials(bars);
    selectBars(bars, null, '', { key: 'bar', descending: true });
    expect(serials(bars)).toEqual(before);
  });
});
