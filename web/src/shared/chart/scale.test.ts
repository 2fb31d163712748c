import { describe, expect, it } from 'vitest';
import { type HistoryPoint, nearest, scaleOf, stretchesOf, ticksOf } from './scale.ts';

const point = (hour: number, dollars: number, mode: HistoryPoint['mode'] = 'Normal'): HistoryPoint => ({
  at: new Date(Date.UTC(2026, 8, 1, hour)).toISOString(),
  usdPerGram: `${BigInt(dollars) * 10n ** 18n}`,
  mode,
  source: 'Main',
  sequence: String(hour + 1),
});

describe('the chart', () => {
  it('puts the highest price up and the latest to the right', () => {
    const scale = scaleOf([point(0, 55), point(1, 60), point(2, 58)])!;
    expect(scale.x(scale.points[0]!.atMs)).toBe(0);
    expect(scale.x(scale.points[2]!.atMs)).toBe(1);
    expect(scale.y(60)).toBeLessThan(scale.y(58));
    expect(scale.y(60)).toBeGreaterThan(0);
    expect(scale.y(55)).toBeLessThan(1);
  });
  it('draws nothing from less than two prices, and survives one that never moved', () => {
    expect(scaleOf([])).toBeNull();
    expect(scaleOf([point(0, 55), point(1, 0, 'Halted')])).toBeNull();
    const flat = scaleOf([point(0, 55), point(1, 55)])!;
    expect(Number.isFinite(flat.y(55))).toBe(true);
  });
  it('leaves halted moments out of the line and shades them', () => {
    const history = [point(0, 55), point(1, 0, 'Halted'), point(2, 0, 'Halted'), point(3, 56)];
    expect(scaleOf(history)!.points).toHaveLength(2);
    const [stretch, ...rest] = stretchesOf(history);
    expect(rest).toEqual([]);
    expect(stretch).toMatchObject({ mode: 'Halted', toMs: Date.parse(history[3]!.at) });
  });
  it('finds the nearest point in time', () => {
    const { points } = scaleOf([point(0, 1), point(2, 2), point(10, 3)])!;
    const at = (hour: number) => Date.UTC(2026, 8, 1, hour);
    expect([0, 0.9, 1.1, 5, 7, 99].map((hour) => nearest(points, at(0) + hour * 3_600_000))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });
  it('names months on long ranges and never too many instants', () => {
    const from = Date.UTC(2026, 7, 22);
    expect(ticksOf(from, from + 90 * 86_400_000)).toEqual([
      Date.UTC(2026, 8, 1),
      Date.UTC(2026, 9, 1),
      Date.UTC(2026, 10, 1),
    ]);
    for (const days of [1, 2, 7, 30, 44, 365, 3650])
      expect(ticksOf(from, from + days * 86_400_000).length).toBeLessThanOrEqual(8);
  });
});
