/**
 * The devnet's clock. Chain time equals wall time for `npm start`; a test that needs an open gold market on a Saturday
 * sets AURUM_CLOCK_OFFSET_S (seconds, may be negative) for every process of the devnet, and all of them live then.
 */
import { isSpotMarketOpen } from '../market/hours.ts';

const HOUR_S = 3_600;

/** Seconds by which the devnet's clock differs from the wall clock. Throws if the variable is not a whole number. */
export function clockOffsetSeconds(env: NodeJS.ProcessEnv = process.env): number {
  const text = env.AURUM_CLOCK_OFFSET_S ?? '0';
  if (!/^-?\d+$/.test(text.trim())) {
    throw new Error(`AURUM_CLOCK_OFFSET_S must be a whole number of seconds, not "${text}"`);
  }
  return Number(text);
}

/** Milliseconds since 1970 on the devnet's clock. */
export function nowMs(): number {
  return Date.now() + clockOffsetSeconds() * 1000;
}

/** Unix seconds on the devnet's clock. */
export function now(): number {
  return Math.floor(nowMs() / 1000);
}

/**
 * The offset to give AURUM_CLOCK_OFFSET_S so that the gold market is open now and stays open for `hoursOpen` hours: 0
 * if it does so by itself, else the least whole number of hours back.
 */
export function tradingOffsetSeconds(wallSeconds: number, hoursOpen = 3): number {
  for (let back = 0; back < 14 * 24; back++) {
    const from = wallSeconds - back * HOUR_S;
    let open = true;
    for (let s = 0; s <= hoursOpen * HOUR_S && open; s += HOUR_S / 4) open = isSpotMarketOpen(from + s);
    if (open) return back === 0 ? 0 : -back * HOUR_S;
  }
  throw new Error(`no ${hoursOpen} hours of open gold market in the two weeks before ${wallSeconds}`);
}
