/** The real hourly XAU/USD history in data/, and the price between its rows. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const HOUR_S = 3_600;
const WEEK_S = 7 * 86_400;
const FILE = new URL('../../data/xauusd-hourly.csv.gz', import.meta.url);

/** Columns of the history, one entry an hour that traded. Times are unix seconds, prices US dollars per troy ounce. */
export interface History {
  times: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
}

/** Reads data/xauusd-hourly.csv.gz. Throws if a row is not five columns or the hours do not rise. */
export function loadHistory(file: URL | string = FILE): History {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n').slice(1);
  const [times, open, high, low, close] = [0, 1, 2, 3, 4].map(() => new Float64Array(lines.length));
  lines.forEach((line, i) => {
    const cells = line.split(',');
    times![i] = Date.parse(cells[0]!) / 1000;
    open![i] = Number(cells[1]);
    high![i] = Number(cells[2]);
    low![i] = Number(cells[3]);
    close![i] = Number(cells[4]);
    if (!(close![i]! > 0) || (i > 0 && times![i]! <= times![i - 1]!)) {
      throw new Error(`row ${i + 2} of the gold price history does not fit: ${line}`);
    }
  });
  return { times: times!, open: open!, high: high!, low: low!, close: close! };
}

/** A number in [-1, 1) that depends on its two arguments alone. */
export function noise(seed: number, step: number): number {
  let x = (Math.imul(step | 0, 0x9e3779b1) ^ Math.imul(seed | 0, 0x85ebca6b)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b) >>> 0;
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 31 - 1;
}

/** The same, drawn as a line between a point every `periodS` seconds. */
export function smoothNoise(seed: number, atSeconds: number, periodS: number): number {
  const step = Math.floor(atSeconds / periodS);
  const part = atSeconds / periodS - step;
  return noise(seed, step) * (1 - part) + noise(seed, step + 1) * part;
}

function lastIndexAtOrBefore(times: Float64Array, at: number): number {
  let from = 0;
  let to = times.length - 1;
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if (times[middle]! <= at) from = middle;
    else to = middle - 1;
  }
  return from;
}

/** The price at a moment between the first and the last row. */
function priceWithin({ times, open, high, low, close }: History, at: number): number {
  const i = lastIndexAtOrBefore(times, at);
  const part = (at - times[i]!) / HOUR_S;
  if (part < 1) {
    const straight = open[i]! + (close[i]! - open[i]!) * part;
    const wander = 0.7 * smoothNoise(1, at, 600) + 0.3 * smoothNoise(2, at, 60);
    const room = 0.4 * (high[i]! - low[i]!) * Math.sqrt(4 * part * (1 - part));
    return Math.min(high[i]!, Math.max(low[i]!, straight + room * wander));
  }
  const next = Math.min(i + 1, times.length - 1);
  const gapStart = times[i]! + HOUR_S;
  const gap = Math.max(1, times[next]! - gapStart);
  return close[i]! + (open[next]! - close[i]!) * Math.min(1, (at - gapStart) / gap);
}

/**
 * The price at a moment of the history, dollars per troy ounce. Inside an hour it walks from open to close without
 * leaving the hour's range; where nothing traded it walks from the close before to the open after. Beyond the last row
 * the history begins again on the same weekday, scaled so that the price goes on where it stood.
 */
export function historicPrice(history: History, atSeconds: number): number {
  const start = history.times[0]!;
  const span = Math.floor((history.times.at(-1)! + HOUR_S - start) / WEEK_S) * WEEK_S;
  const cycle = Math.floor((atSeconds - start) / span);
  const price = priceWithin(history, atSeconds - cycle * span);
  const growth = priceWithin(history, start + span - 1) / history.open[0]!;
  return price * growth ** cycle;
}
