import { describe, expect, it } from 'vitest';
import { dayFromDate, isGoldMarketOpen, newYorkBehindUtcS, tradingDay } from './market-hours.ts';

const at = (iso: string): number => Date.parse(iso) / 1_000;
const newYork = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
});

/** What the platform's time zone database says, as a second opinion. */
function behindUtcByPlatform(time: number): number {
  const parts = Object.fromEntries(
    newYork.formatToParts(time * 1_000).map(({ type, value }) => [type, value]),
  );
  const local =
    Date.UTC(Number(parts.year), Number(parts.month) - 1, Number(parts.day), Number(parts.hour)) / 1_000;
  return time - local;
}

describe('New York time', () => {
  it('agrees with the platform time zone database at every hour around every change of 2007 to 2060', () => {
    for (let year = 2007; year <= 2060; year++) {
      for (const [month, from, to] of [
        [2, 7, 16],
        [10, 1, 9],
      ] as const) {
        for (let hour = 0; hour < (to - from) * 24; hour++) {
          const time = Date.UTC(year, month, from, hour) / 1_000;
          expect(newYorkBehindUtcS(time), new Date(time * 1_000).toISOString()).toBe(
            behindUtcByPlatform(time),
          );
        }
      }
    }
  });

  it('agrees with it on every third day of thirty years', () => {
    for (let time = at('2020-01-01T00:00:00Z'); time < at('2050-01-01T00:00:00Z'); time += 3 * 86_400 + 3_600)
      expect(newYorkBehindUtcS(time)).toBe(behindUtcByPlatform(time));
  });

  it('changes to the second', () => {
    expect(newYorkBehindUtcS(at('2026-03-08T06:59:59Z'))).toBe(5 * 3_600);
    expect(newYorkBehindUtcS(at('2026-03-08T07:00:00Z'))).toBe(4 * 3_600);
    expect(newYorkBehindUtcS(at('2026-11-01T05:59:59Z'))).toBe(4 * 3_600);
    expect(newYorkBehindUtcS(at('2026-11-01T06:00:00Z'))).toBe(5 * 3_600);
  });

  it('begins a trading day at 18:00 of the evening before', () => {
    expect(tradingDay(at('2026-12-24T22:59:59Z'))).toEqual({
      day: dayFromDate('2026-12-24'),
      secondOfDay: 86_399,
    });
    expect(tradingDay(at('2026-12-24T23:00:00Z'))).toEqual({
      day: dayFromDate('2026-12-25'),
      secondOfDay: 0,
    });
  });
});

describe('the gold market', () => {
  const cases: [iso: string, open: boolean, what: string][] = [
    ['2026-11-20T21:59:59Z', true, 'Friday, the last second'],
    ['2026-11-20T22:00:00Z', false, 'Friday 17:00 winter time'],
    ['2026-11-21T15:00:00Z', false, 'Saturday'],
    ['2026-11-22T22:59:59Z', false, 'Sunday before 18:00'],
    ['2026-11-22T23:00:00Z', true, 'Sunday 18:00'],
    ['2026-11-23T21:59:59Z', true, 'Monday before the break'],
    ['2026-11-23T22:00:00Z', false, 'Monday, the break begins'],
    ['2026-11-23T22:59:59Z', false, 'Monday, the break ends'],
    ['2026-11-23T23:00:00Z', true, 'Monday after the break'],
    ['2026-07-10T20:59:59Z', true, 'Friday in summer, the last second'],
    ['2026-07-10T21:00:00Z', false, 'Friday 17:00 summer time'],
    ['2026-07-12T22:00:00Z', true, 'Sunday 18:00 summer time'],
    ['2026-03-08T21:59:59Z', false, 'Sunday on which summer time began'],
    ['2026-03-08T22:00:00Z', true, 'that Sunday 18:00'],
    ['2026-11-01T22:30:00Z', false, 'Sunday on which it ended, 17:30'],
    ['2026-11-01T23:00:00Z', true, 'that Sunday 18:00'],
  ];
  it.each(cases)('%s open: %s (%s)', (iso, open) => {
    expect(isGoldMarketOpen(at(iso))).toBe(open);
  });

  it('is closed for the whole of a holiday, which begins on the evening before', () => {
    const holidays = new Set([dayFromDate('2026-12-24')]);
    expect(isGoldMarketOpen(at('2026-12-23T21:59:59Z'), holidays)).toBe(true);
    expect(isGoldMarketOpen(at('2026-12-23T23:00:00Z'), holidays)).toBe(false);
    expect(isGoldMarketOpen(at('2026-12-24T15:00:00Z'), holidays)).toBe(false);
    expect(isGoldMarketOpen(at('2026-12-24T15:00:00Z'))).toBe(true);
    expect(isGoldMarketOpen(at('2026-12-24T23:00:00Z'), holidays)).toBe(true);
  });

  it('is open for 115 hours of an ordinary week', () => {
    let openHours = 0;
    for (let hour = 0; hour < 168; hour++)
      if (isGoldMarketOpen(at('2026-09-06T00:00:00Z') + hour * 3_600)) openHours++;
    expect(openHours).toBe(115);
  });

  it('refuses what is not a date', () => {
    for (const text of ['2026-13-01', '2026-02-30', '25.12.2026', ''])
      expect(() => dayFromDate(text)).toThrow(RangeError);
    expect(dayFromDate('1970-01-02')).toBe(1);
  });
});
