import { describe, expect, it } from 'vitest';
import type { BarRow } from '../reserve/store.ts';
import { sharesOf } from './portfolio.ts';

const bar = (id: bigint, fineWeightMg: bigint): BarRow => ({
  bar_id: id,
  refiner: 'DXA',
  serial: String(id),
  year: 2024,
  gross_weight_mg: fineWeightMg,
  fineness: 9999,
  fine_weight_mg: fineWeightMg,
  vault: 'ZRH1',
  documents_hash: `0x${'00'.repeat(32)}`,
  state: 'Active',
  holder: null,
  redemption_id: null,
  booked_at: new Date(0),
  endorsed_at: new Date(0),
});
const GRAM = 10n ** 18n;

describe('the bars behind the grams', () => {
  const bars = [bar(1n, 1_000_000n), bar(2n, 3_000_000n)];

  it('are shared in proportion to their weight, rounded down', () => {
    expect(sharesOf(bars, 100n * GRAM).map(({ shareMg }) => shareMg)).toEqual(['25000', '75000']);
    expect(sharesOf(bars, GRAM / 1000n)).toEqual([]);
  });

  it('are never more than there are', () => {
    expect(sharesOf(bars, 9_000n * GRAM).map(({ shareMg }) => shareMg)).toEqual(['1000000', '3000000']);
    expect(sharesOf([], GRAM)).toEqual([]);
  });
});
