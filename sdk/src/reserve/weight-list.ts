/**
 * Reads an LBMA weight list: one bar a line, `serial, brand, gross oz, assay, fine oz, year`
 * (LBMA Good Delivery rules, annex on weight lists). Fine weight is computed here, rounded down, and compared with the list's.
 */
import { TENTH_MICROGRAMS_PER_OUNCE } from '../units.ts';

export interface WeightListBar {
  serial: string;
  refiner: string;
  year: number;
  /** whole mg, rounded down */
  grossWeightMg: bigint;
  /** parts in ten thousand: 9958 is "995.8" */
  fineness: number;
  /** whole mg, rounded down */
  fineWeightMg: bigint;
}

export interface WeightListProblem {
  line: number;
  text: string;
  problem: string;
}

const FINENESS_SCALE = 10_000n;

/** The rule of GoldReserve.fineWeightOf: gross x fineness, rounded down, so that no token is backed by gold that is not there. */
export function fineWeightMgOf(grossWeightMg: bigint, fineness: number): bigint {
  return (grossWeightMg * BigInt(fineness)) / FINENESS_SCALE;
}

/** "401.125" troy ounces -> whole mg, rounded down. */
export function mgFromOunces(ounces: string): bigint {
  const [whole = '0', fraction = ''] = ounces.split('.');
  const scaled = BigInt(whole + fraction.padEnd(6, '0')); // millionths of an ounce
  // 1 oz = 311034768e-7 g = 311034768e-4 mg
  return (scaled * TENTH_MICROGRAMS_PER_OUNCE) / 10n ** 10n;
}

/** An ASCII text as bytesN hex, left-aligned, as the reserve stores brands, serials and vaults. */
export function asciiToBytes(text: string, length: number): `0x${string}` {
  if (!/^[\x20-\x7e]*$/.test(text) || text.length > length) {
    throw new RangeError(`"${text}" must be at most ${length} ASCII characters`);
  }
  const hex = [...text].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return `0x${hex.padEnd(length * 2, '0')}`;
}

/** The reverse of {@link asciiToBytes}. */
export function bytesToAscii(hex: string): string {
  const bytes = hex.replace(/^0x/, '').match(/../g) ?? [];
  return bytes
    .map((b) => Number.parseInt(b, 16))
    .filter((code) => code !== 0)
    .map((code) => String.fromCharCode(code))
    .join('');
}

/** "995.8" from 9958. */
export function formatFineness(fineness: number): string {
  return `${Math.floor(fineness / 10)}.${fineness % 10}`;
}

function parseLine(text: string): WeightListBar | string {
  const cells = text.split(/[,;\t]/).map((cell) => cell.trim());
  if (cells.length !== 6) return 'needs six columns: serial, brand, gross oz, assay, fine oz, year';
  const [serial, refiner, gross, assay, fine, yearText] = cells as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (!/^[\x21-\x7e]{1,32}$/.test(serial)) return 'the serial must be 1 to 32 ASCII characters';
  if (!/^[A-Z0-9]{1,8}$/.test(refiner)) return 'the brand must be 1 to 8 capitals or digits';
  if (!/^\d{1,4}(\.\d{1,6})?$/.test(gross)) return 'gross weight must be troy ounces, such as 401.125';
  if (!/^\d{3}\.\d$/.test(assay) || Number(assay) < 995)
    return 'the assay must be 995.0 to 999.9, such as 995.8';
  if (!/^\d{1,4}(\.\d{1,6})?$/.test(fine)) return 'fine weight must be troy ounces, such as 399.440';
  const year = Number(yearText);
  if (!/^\d{4}$/.test(yearText) || year < 1900 || year > 2100) return 'the year must have four digits';
  const grossWeightMg = mgFromOunces(gross);
  const fineness = Number(assay.replace('.', ''));
  const fineWeightMg = fineWeightMgOf(grossWeightMg, fineness);
  const difference = mgFromOunces(fine) - fineWeightMg;
  // The list's fine ounces are rounded to a thousandth: 31.1 mg.
  if (difference > 32n || difference < -32n) {
    return `gross x assay gives ${fineWeightMg} mg of fine gold, the list says ${mgFromOunces(fine)} mg`;
  }
  return { serial, refiner, year, grossWeightMg, fineness, fineWeightMg };
}

/** Reads a whole list. Empty lines, lines that start with # and a heading line are passed over. */
export function parseWeightList(text: string): { bars: WeightListBar[]; problems: WeightListProblem[] } {
  const bars: WeightListBar[] = [];
  const problems: WeightListProblem[] = [];
  const seen = new Set<string>();
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || /^serial\b/i.test(line)) return;
    const bar = parseLine(line);
    if (typeof bar === 'string') {
      problems.push({ line: index + 1, text: line, problem: bar });
      return;
    }
    const key = `${bar.refiner}/${bar.serial}/${bar.year}`;
    if (seen.has(key)) {
      problems.push({ line: index + 1, text: line, problem: 'this bar stands in the list twice' });
      return;
    }
    seen.add(key);
    bars.push(bar);
  });
  return { bars, problems };
}
