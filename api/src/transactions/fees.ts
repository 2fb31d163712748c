export interface Fees {
  maxFeeWei: bigint;
  priorityFeeWei: bigint;
}

/** Nodes take a replacement only if both fees rise by at least a tenth; an eighth leaves room for rounding. */
const raise = (fee: bigint): bigint => fee + fee / 8n + 1n;
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Room for the base fee to double while the transaction waits. Never over `mostWei`. */
export function firstFees(baseFeeWei: bigint, tipWei: bigint, mostWei: bigint): Fees {
  const maxFeeWei = min(2n * baseFeeWei + tipWei, mostWei);
  return { maxFeeWei, priorityFeeWei: min(tipWei, maxFeeWei) };
}

/**
 * Fees for the same nonce again: raised, and at least what a first attempt would offer now.
 * @returns null when the cap leaves no room to raise
 */
export function raisedFees(last: Fees, baseFeeWei: bigint, tipWei: bigint, mostWei: bigint): Fees | null {
  const now = firstFees(baseFeeWei, tipWei, mostWei);
  const maxFeeWei = max(raise(last.maxFeeWei), now.maxFeeWei);
  const priorityFeeWei = max(raise(last.priorityFeeWei), now.priorityFeeWei);
  if (maxFeeWei > mostWei || priorityFeeWei > maxFeeWei) return null;
  return { maxFeeWei, priorityFeeWei };
}
