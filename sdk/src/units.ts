/**
 * Units of e-Aurum, all integers (bigint).
 *
 * - EAU amounts: wei, 18 decimals; 1e18 wei = 1 EAU = 1 g of fine gold.
 * - Weights: whole milligrams; 1 mg = 1e15 wei of EAU.
 * - Prices: US dollars per gram with 18 decimals (`usdPerGram`).
 * - Feeds: US dollars per troy ounce, decimals as the feed says.
 */

export const WEI_PER_GRAM = 10n ** 18n;
export const WEI_PER_MG = 10n ** 15n;
export const MG_PER_GRAM = 1_000n;

/** 1 troy ounce = 31.1034768 g exactly (international yard and pound agreement, 1959): here in units of 1e-7 g. */
export const TENTH_MICROGRAMS_PER_OUNCE = 311_034_768n;

export type Rounding = 'down' | 'up';

/** Integer division that rounds as it is told to. Both operands must be >= 0, the divisor > 0. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding = 'down'): bigint {
  if (denominator <= 0n || numerator < 0n)
    throw new RangeError('divide takes numerator >= 0 and denominator > 0');
  return rounding === 'up' ? (numerator + denominator - 1n) / denominator : numerator / denominator;
}

/** Dollars per ounce with `decimals` decimals -> dollars per gram with 18 decimals. */
export function usdPerGramFromOunce(
  usdPerOunce: bigint,
  decimals: number,
  rounding: Rounding = 'down',
): bigint {
  const scaled = usdPerOunce * 10n ** 25n; // 18 decimals and the 1e7 of the ounce
  return divide(scaled, TENTH_MICROGRAMS_PER_OUNCE * 10n ** BigInt(decimals), rounding);
}

/** Dollars per gram with 18 decimals -> dollars per ounce with 18 decimals. */
export function usdPerOunceFromGram(usdPerGram: bigint, rounding: Rounding = 'down'): bigint {
  return divide(usdPerGram * TENTH_MICROGRAMS_PER_OUNCE, 10n ** 7n, rounding);
}

/** Value in dollars (18 decimals) of an amount of EAU at a price; rounded down. */
export function usdValue(eauWei: bigint, usdPerGram: bigint): bigint {
  return (eauWei * usdPerGram) / WEI_PER_GRAM;
}

/** Thrown when a text is not an amount. The message says what to write instead. */
export class AmountError extends Error {
  override readonly name = 'AmountError';
}

/**
 * "1,000.50" -> 1000500000000000000000n (with 18 decimals). Commas and thin spaces between thousands are allowed.
 * @throws AmountError when the text is not a positive decimal or has more decimals than the unit
 */
export function parseAmount(text: string, decimals = 18): bigint {
  const plain = text.trim().replace(/[,\u2009\u202f ]/g, '');
  const match = /^(\d+)(?:\.(\d*))?$/.exec(plain) ?? /^()\.(\d+)$/.exec(plain);
  if (!match) throw new AmountError(`"${text}" is not an amount: write digits, such as 1000.50`);
  const fraction = match[2] ?? '';
  if (fraction.length > decimals) throw new AmountError(`"${text}" has more than ${decimals} decimals`);
  return BigInt(match[1] || '0') * 10n ** BigInt(decimals) + BigInt(fraction.padEnd(decimals, '0') || '0');
}

/**
 * 17830600000000000000n -> "17.8306" (`places` decimals, cut off, never rounded up: nobody is shown more than there is).
 * Thousands are grouped by commas; a minus is the real minus sign.
 */
export function formatAmount(value: bigint, { decimals = 18, places = 4, group = true } = {}): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).slice(0, places);
  const grouped = group ? whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : whole;
  return `${negative ? '\u2212' : ''}${grouped}${places > 0 ? `.${fraction.padEnd(places, '0')}` : ''}`;
}

/** The exact decimal, without trailing zeros: for a title or a copy. */
export function exactAmount(value: bigint, decimals = 18): string {
  const text = formatAmount(value, { decimals, places: decimals, group: false });
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Whole milligrams -> "399.440 oz": troy ounces with three decimals, cut off, as a weight list writes them. */
export function formatOunces(mg: bigint): string {
  // 1 mg = 1e4 x 1e-7 g, and an ounce is counted in 1e-7 g; here in thousandths
  const thousandths = (mg * 10n ** 7n) / TENTH_MICROGRAMS_PER_OUNCE;
  return `${formatAmount(thousandths, { decimals: 3, places: 3 })} oz`;
}
