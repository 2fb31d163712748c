/** `JSON.parse` tells its reviver how a number was written (ES2025); TypeScript's library does not know it yet. */
type ReviverWithSource = (
  this: unknown,
  key: string,
  value: unknown,
  context: { source?: string },
) => unknown;

/**
 * Parses JSON and leaves every number as the text that stood there, so that a price never becomes a float.
 * @throws SyntaxError when the text is not JSON
 */
export function parseExactJson(text: string): unknown {
  const keepText: ReviverWithSource = (_key, value, { source }) =>
    typeof value === 'number' ? source : value;
  return JSON.parse(text, keepText as (this: unknown, key: string, value: unknown) => unknown);
}

/** A number as JSON, or an exchange's string, writes it. */
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * "4392.125" with 8 decimals -> 439212500000n; what lies beyond the decimals is cut off (towards zero).
 * @throws RangeError when the text is not a decimal number, or an absurdly long one
 */
export function decimalToUnits(text: string, decimals: number): bigint {
  const match = text.length <= 80 ? DECIMAL.exec(text) : null;
  if (!match) throw new RangeError(`"${text.slice(0, 80)}" is not a decimal number`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent) + decimals - fraction.length;
  const digits = BigInt(whole + fraction);
  if (Math.abs(shift) > 120) throw new RangeError(`"${text}" is out of any range`);
  const units = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return sign === '-' ? -units : units;
}

/** 439212500000n with 8 decimals -> "4392.125", for logs and pages. */
export function unitsToDecimal(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, -decimals || undefined);
  const fraction = decimals > 0 ? digits.slice(-decimals).replace(/0+$/, '') : '';
  return `${units < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}
