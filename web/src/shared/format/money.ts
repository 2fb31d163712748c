import { exactAmount, formatAmount, usdPerOunceFromGram } from '@e-aurum/sdk';

const MINUS = '\u2212';

/** Dollars with 18 decimals -> "$1,734.04" (or 4 places for a rate); cut off, never rounded up. */
export function formatUsd(value: bigint, places = 2): string {
  const text = formatAmount(value < 0n ? -value : value, { places });
  return `${value < 0n ? MINUS : ''}$${text}`;
}

/** A gain or loss, with its sign: "+$12.04", "−$0.41". */
export function formatSignedUsd(value: bigint, places = 2): string {
  return value > 0n ? `+${formatUsd(value, places)}` : formatUsd(value, places);
}

/** Dollars per gram -> the same per troy ounce, as text. */
export function formatUsdPerOunce(usdPerGram: bigint): string {
  return formatUsd(usdPerOunceFromGram(usdPerGram));
}

/** Basis points -> "0.30%"; `signed` puts a plus or a real minus before it. */
export function formatBps(bps: number, { signed = false } = {}): string {
  const text = `${(Math.abs(bps) / 100).toFixed(2)}%`;
  if (bps < 0) return MINUS + text;
  return signed && bps > 0 ? `+${text}` : text;
}

/** Wei of EAU -> "17.8306 g". */
export const formatGrams = (wei: bigint, places = 4): string => `${formatAmount(wei, { places })} g`;

/** Whole milligrams -> "12,423.975 g". */
export const formatMg = (mg: bigint): string => `${formatAmount(mg, { decimals: 3, places: 3 })} g`;

export const exactGrams = (wei: bigint): string => `${exactAmount(wei)} g`;

/** "12345" -> "12,345" for counts and sequences. */
export const formatCount = (value: bigint | number | string): string =>
  formatAmount(BigInt(value), { decimals: 0, places: 0 });
