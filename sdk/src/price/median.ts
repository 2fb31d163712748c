/** Orders bigints: `prices.sort(ascending)`. */
export const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The middle of the values; of an even number the mean of the two in the middle, rounded down.
 * Signed rounds have an odd number of reports, so their median is always one of them.
 * @throws RangeError when there are no values
 */
export function median(values: readonly bigint[]): bigint {
  if (values.length === 0) throw new RangeError('median of no values');
  const sorted = [...values].sort(ascending);
  const upper = sorted[sorted.length >> 1]!;
  if (sorted.length % 2 === 1) return upper;
  const sum = upper + sorted[(sorted.length >> 1) - 1]!;
  return sum >= 0n || sum % 2n === 0n ? sum / 2n : sum / 2n - 1n;
}

/**
 * How far apart the lowest and the highest lie, in basis points of the lowest, rounded up (a bound is never passed by
 * a fraction). One value spans nothing.
 * @throws RangeError when a value is not positive
 */
export function spanBps(values: readonly bigint[]): bigint {
  if (values.length === 0) return 0n;
  const sorted = [...values].sort(ascending);
  const lowest = sorted[0]!;
  if (lowest <= 0n) throw new RangeError('a span is measured between positive values');
  return ((sorted.at(-1)! - lowest) * 10_000n + lowest - 1n) / lowest;
}
