/**
 * When spot gold trades: from Sunday 18:00 to Friday 17:00 in New York, with a break from 17:00 to 18:00 on Monday to
 * Thursday, closed on Christmas Day and New Year's Day. The same rule as the contracts' MarketHours, for the market's side.
 */
const HOUR_S = 3_600;
const DAY_S = 86_400;
const CLOSE_HOUR = 17;
const REOPEN_HOUR = 18;
const SUNDAY = 0;
const FRIDAY = 5;
const SATURDAY = 6;

/** The n-th Sunday of a month (0 = January), in days since 1970. */
function nthSunday(year: number, month: number, n: number): number {
  const firstDay = Date.UTC(year, month, 1) / (DAY_S * 1000);
  const weekday = (firstDay + 4) % 7;
  return firstDay + ((7 - weekday) % 7) + (n - 1) * 7;
}

/** Seconds that New York's clock is ahead of UTC (negative): summer time from the 2nd Sunday of March to the 1st of November. */
export function newYorkOffsetSeconds(unixSeconds: number): number {
  const year = new Date(unixSeconds * 1000).getUTCFullYear();
  const summerFrom = nthSunday(year, 2, 2) * DAY_S + 7 * HOUR_S;
  const summerUntil = nthSunday(year, 10, 1) * DAY_S + 6 * HOUR_S;
  return (unixSeconds >= summerFrom && unixSeconds < summerUntil ? -4 : -5) * HOUR_S;
}

function isHoliday(newYorkSeconds: number): boolean {
  const date = new Date(newYorkSeconds * 1000);
  const month = date.getUTCMonth();
  const day = date.getUTCDate();
  return (month === 11 && day === 25) || (month === 0 && day === 1);
}

/** True while spot gold trades. */
export function isSpotMarketOpen(unixSeconds: number): boolean {
  const local = unixSeconds + newYorkOffsetSeconds(unixSeconds);
  if (isHoliday(local)) return false;
  const weekday = (Math.floor(local / DAY_S) + 4) % 7;
  const hour = Math.floor((local % DAY_S) / HOUR_S);
  if (weekday === SATURDAY) return false;
  if (weekday === SUNDAY) return hour >= REOPEN_HOUR;
  if (weekday === FRIDAY) return hour < CLOSE_HOUR;
  return hour < CLOSE_HOUR || hour >= REOPEN_HOUR;
}

/** The moment the market last traded at or before `unixSeconds`: that very moment if it is open, else its last close. */
export function lastTradedAt(unixSeconds: number): number {
  if (isSpotMarketOpen(unixSeconds)) return unixSeconds;
  // The market opens and closes on full hours only.
  let hour = Math.floor(unixSeconds / HOUR_S) * HOUR_S;
  while (!isSpotMarketOpen(hour - 1)) hour -= HOUR_S;
  return hour - 1;
}
