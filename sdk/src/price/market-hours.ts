/**
 * When spot gold trades: from Sunday 18:00 to Friday 17:00 in New York, with a break from 17:00 to 18:00 from Monday to
 * Thursday, and not on holidays. The same rules as `contracts/price/MarketHours.sol`: plain arithmetic on unix seconds,
 * so that both sides agree to the second (no time zone database, whose version could differ).
 */

const HOUR_S = 3_600;
const DAY_S = 86_400;

/** From 18:00 to 17:00 of the next day. */
const TRADING_S = 23 * HOUR_S;
/** Moves 18:00 to midnight, so that a trading day is a day. */
const SESSION_SHIFT_S = 6 * HOUR_S;

const SUNDAY = 0;
const SATURDAY = 6;

/** 0 = Sunday. Day 0 of the unix calendar was a Thursday. */
const weekday = (day: number): number => (day + 4) % 7;

/** Days since 1970-01-01 of a date in the Gregorian calendar; month 1-12. */
const dayOf = (year: number, month: number, date: number): number =>
  Date.UTC(year, month - 1, date) / DAY_S / 1_000;

/** The nth Sunday of a month, in days since 1970-01-01. */
function nthSunday(year: number, month: number, nth: number): number {
  const first = dayOf(year, month, 1);
  return first + ((7 - weekday(first)) % 7) + 7 * (nth - 1);
}

/**
 * Seconds that New York's clock is behind UTC at a moment: 4 h in summer time, else 5 h. Summer time is from the second
 * Sunday of March, 02:00 standard time, to the first Sunday of November, 02:00 summer time (the law since 2007).
 * @param time unix seconds
 */
export function newYorkBehindUtcS(time: number): number {
  const year = new Date(time * 1_000).getUTCFullYear();
  const starts = nthSunday(year, 3, 2) * DAY_S + 7 * HOUR_S;
  const ends = nthSunday(year, 11, 1) * DAY_S + 6 * HOUR_S;
  return time >= starts && time < ends ? 4 * HOUR_S : 5 * HOUR_S;
}

/**
 * The trading day that a moment falls in. It begins at 18:00 of the evening before and is named after the day on which
 * it ends at 17:00: the New York clock moved six hours ahead.
 * @param time unix seconds
 * @returns `day` in days since 1970-01-01, which is what the oracle's holidays are counted in, and the seconds since it began
 */
export function tradingDay(time: number): { day: number; secondOfDay: number } {
  const shifted = time + SESSION_SHIFT_S - newYorkBehindUtcS(time);
  const day = Math.floor(shifted / DAY_S);
  return { day, secondOfDay: shifted - day * DAY_S };
}

/**
 * '2026-12-25' -> its number of days since 1970-01-01.
 * @throws RangeError when the text is not a date
 */
export function dayFromDate(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const day = match ? dayOf(Number(match[1]), Number(match[2]), Number(match[3])) : Number.NaN;
  if (Number.isNaN(day) || new Date(day * DAY_S * 1_000).toISOString().slice(0, 10) !== date)
    throw new RangeError(`"${date}" is not a date: write it as 2026-12-25`);
  return day;
}

/**
 * True if spot gold trades at this moment.
 * @param time unix seconds
 * @param holidays trading days (days since 1970-01-01) on which it does not
 */
export function isGoldMarketOpen(time: number, holidays: ReadonlySet<number> = new Set()): boolean {
  const { day, secondOfDay } = tradingDay(time);
  const weekend = weekday(day) === SUNDAY || weekday(day) === SATURDAY;
  return !weekend && secondOfDay < TRADING_S && !holidays.has(day);
}
