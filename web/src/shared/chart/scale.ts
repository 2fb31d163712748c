import type { PriceHistory } from '@e-aurum/sdk/rest';

export type HistoryPoint = PriceHistory['points'][number];

export interface ChartPoint {
  atMs: number;
  /** Dollars per gram as a float: for a position on the screen only, never for a figure. */
  position: number;
  source: HistoryPoint;
}

export interface Stretch {
  mode: HistoryPoint['mode'];
  fromMs: number;
  toMs: number;
}

export interface ChartScale {
  points: ChartPoint[];
  fromMs: number;
  toMs: number;
  low: number;
  high: number;
  /** 0 left to 1 right */
  x: (atMs: number) => number;
  /** 0 top to 1 bottom, with a little air on both sides */
  y: (position: number) => number;
  /** Where the price was not Normal. */
  stretches: Stretch[];
}

const AIR = 0.06;
const toFloat = (usdPerGram: string): number => Number(BigInt(usdPerGram) / 10n ** 12n) / 1e6;

/** The stretches of time whose mode is not Normal; each point's mode lasts until the next point. */
export function stretchesOf(points: readonly HistoryPoint[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [at, point] of points.entries()) {
    if (point.mode === 'Normal') continue;
    const fromMs = Date.parse(point.at);
    const toMs = Date.parse(points[at + 1]?.at ?? point.at);
    const last = stretches.at(-1);
    if (last && last.mode === point.mode && last.toMs === fromMs) last.toMs = toMs;
    else stretches.push({ mode: point.mode, fromMs, toMs });
  }
  return stretches;
}

/** Null when there are fewer than two prices: nothing can be drawn. Halted points have no price and leave a gap. */
export function scaleOf(history: readonly HistoryPoint[]): ChartScale | null {
  const points = history
    .filter(({ usdPerGram, mode }) => mode !== 'Halted' && usdPerGram !== '0')
    .map((source) => ({ atMs: Date.parse(source.at), position: toFloat(source.usdPerGram), source }));
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return null;
  let low = first.position;
  let high = first.position;
  for (const { position } of points) {
    if (position < low) low = position;
    if (position > high) high = position;
  }
  const span = high - low || high * 0.001 || 1;
  const width = last.atMs - first.atMs || 1;
  return {
    points,
    fromMs: first.atMs,
    toMs: last.atMs,
    low,
    high,
    x: (atMs) => (atMs - first.atMs) / width,
    y: (position) => 1 - AIR - ((position - low) / span) * (1 - 2 * AIR),
    stretches: stretchesOf(history),
  };
}

/** The index of the point nearest in time. */
export function nearest(points: readonly ChartPoint[], atMs: number): number {
  let from = 0;
  let to = points.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (points[middle]!.atMs < atMs) from = middle + 1;
    else to = middle;
  }
  const before = points[from - 1];
  return before && atMs - before.atMs < points[from]!.atMs - atMs ? from - 1 : from;
}

const DAY_MS = 86_400_000;
const STEPS_DAYS = [1, 2, 3, 7, 14];

/** A handful of instants to name under a chart: firsts of a month on long ranges, days or hours on short ones. */
export function ticksOf(fromMs: number, toMs: number, most = 6): number[] {
  const span = toMs - fromMs;
  if (span > 45 * DAY_MS) {
    const ticks: number[] = [];
    const date = new Date(fromMs);
    const months = Math.max(1, Math.ceil(span / (30.4 * DAY_MS) / most));
    for (let month = date.getUTCMonth() + 1; ; month += months) {
      const tick = Date.UTC(date.getUTCFullYear(), month, 1);
      if (tick >= toMs) return ticks;
      ticks.push(tick);
    }
  }
  const hours = span <= 2 * DAY_MS;
  const step = hours
    ? ([1, 2, 3, 6, 12].find((h) => span / (h * 3_600_000) <= most) ?? 24) * 3_600_000
    : (STEPS_DAYS.find((days) => span / (days * DAY_MS) <= most) ?? 30) * DAY_MS;
  const ticks: number[] = [];
  for (let tick = Math.ceil(fromMs / step) * step; tick < toMs; tick += step) ticks.push(tick);
  return ticks;
}
