/** When the devnet's gold market trades: the sdk's hours with the deployment's holidays. */
import { dayFromDate, isGoldMarketOpen } from '@e-aurum/sdk';
import { HOLIDAYS } from '../../deployments/parameters/common.ts';

const HOUR_S = 3_600;
const holidays: ReadonlySet<number> = new Set(HOLIDAYS.map(dayFromDate));

/** True while spot gold trades. */
export function isSpotMarketOpen(unixSeconds: number): boolean {
  return isGoldMarketOpen(unixSeconds, holidays);
}

/** The moment the market last traded at or before `unixSeconds`: that very moment if it is open, else its last close. */
export function lastTradedAt(unixSeconds: number): number {
  if (isSpotMarketOpen(unixSeconds)) return unixSeconds;
  // The market opens and closes on full hours only.
  let hour = Math.floor(unixSeconds / HOUR_S) * HOUR_S;
  while (!isSpotMarketOpen(hour - 1)) hour -= HOUR_S;
  return hour - 1;
}
