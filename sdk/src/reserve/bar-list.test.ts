import { concat, keccak256 } from 'ethers';
import { describe, expect, it } from 'vitest';
import { barLeaf, barListRoot as rootOf } from './bar-list.ts';

const leafOf = (bar: (typeof bars)[number]) => barLeaf(bar, keccak256);
const barListRoot = (list: typeof bars) => rootOf(list, keccak256);

const bars = [1n, 2n, 3n, 4n, 5n].map((barId) => ({ barId, fineWeightMg: barId * 1_000n }));
const hash = (a: string, b: string): string => keccak256(concat([a, b].sort()));

describe('the root of the bar list', () => {
  it('is the leaf of a single bar', () => {
    expect(barListRoot(bars.slice(0, 1))).toBe(leafOf(bars[0]!));
  });

  it('does not depend on the order of the list', () => {
    expect(barListRoot([...bars].reverse())).toBe(barListRoot(bars));
  });

  it('hashes sorted pairs, so that a proof of one bar needs no positions', () => {
    const [a, b, c] = bars.slice(0, 3).map(leafOf).sort() as [string, string, string];
    // three leaves from the end of the array: the two smallest are the deepest pair
    expect(barListRoot(bars.slice(0, 3))).toBe(hash(hash(a, b), c));
  });

  it('changes with every weight', () => {
    const heavier = bars.map((bar, at) => (at === 2 ? { ...bar, fineWeightMg: bar.fineWeightMg + 1n } : bar));
    expect(barListRoot(heavier)).not.toBe(barListRoot(bars));
  });
});
