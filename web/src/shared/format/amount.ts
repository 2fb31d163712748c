import { AmountError, parseAmount } from '@e-aurum/sdk';

export interface TypedAmount {
  /** Null while nothing, or nothing sensible, is typed. */
  value: bigint | null;
  error: string | null;
}

/** What somebody typed as an amount of a coin or of gold. */
export function readAmount(text: string, decimals: number): TypedAmount {
  if (text.trim() === '') return { value: null, error: null };
  try {
    const value = parseAmount(text, decimals);
    return value === 0n ? { value: null, error: null } : { value, error: null };
  } catch (error) {
    if (error instanceof AmountError) return { value: null, error: error.message };
    throw error;
  }
}

const BPS = 10_000n;

/** The least to accept when the price may move by so much; rounded down, so that an exact quote is never refused. */
export const leastOf = (amount: bigint, slippageBps: number): bigint =>
  (amount * (BPS - BigInt(slippageBps))) / BPS;
