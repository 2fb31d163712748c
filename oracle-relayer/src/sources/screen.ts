import { median, REPORT_DECIMALS } from '@e-aurum/sdk';
import type { DropReason, Quote } from './source.ts';

export interface ScreenRules {
  nowMs: number;
  /** Older quotes are stale, seconds. */
  maxAgeS: number;
  /** Quotes outside are absurd, whole dollars per ounce. */
  minUsdPerOunce: number;
  maxUsdPerOunce: number;
  /** Bid and ask further apart are no price. */
  maxSpreadBps: number;
}

export interface Dropped {
  reason: DropReason;
  detail: string;
}

/** A source's price after screening: the median of its venues that count. */
export interface Screened {
  /** US dollars per troy ounce, 8 decimals. */
  price: bigint;
  /** The oldest quote that counts, unix milliseconds. */
  quotedAtMs: number;
}

/** Our clock and the venue's may differ by this much. */
const MAX_AHEAD_MS = 5_000;

const dollars = (whole: number): bigint => BigInt(whole) * 10n ** BigInt(REPORT_DECIMALS);

function priceOf({ bid, ask, last }: Quote, { maxSpreadBps }: ScreenRules): bigint | Dropped {
  if (bid === undefined || ask === undefined)
    return last ?? { reason: 'missing', detail: 'it has neither bid and ask nor a last price' };
  if (bid > ask) return { reason: 'inverted', detail: `bid ${bid} is above ask ${ask}` };
  if (bid > 0n && (ask - bid) * 10_000n > bid * BigInt(maxSpreadBps))
    return { reason: 'wide', detail: `bid ${bid} and ask ${ask} stand more than ${maxSpreadBps} bps apart` };
  return (bid + ask) / 2n;
}

function screenQuote(quote: Quote, rules: ScreenRules): Screened | Dropped {
  const quotedAtMs = quote.quotedAtMs ?? rules.nowMs;
  const ageMs = rules.nowMs - quotedAtMs;
  if (ageMs > rules.maxAgeS * 1_000)
    return { reason: 'stale', detail: `quoted ${Math.round(ageMs / 1_000)} s ago` };
  if (-ageMs > MAX_AHEAD_MS)
    return { reason: 'future', detail: `quoted ${Math.round(-ageMs / 1_000)} s ahead of our clock` };
  const price = priceOf(quote, rules);
  if (typeof price !== 'bigint') return price;
  if (price < dollars(rules.minUsdPerOunce) || price > dollars(rules.maxUsdPerOunce))
    return {
      reason: 'absurd',
      detail: `${price} is outside ${rules.minUsdPerOunce}-${rules.maxUsdPerOunce} USD/oz`,
    };
  return { price, quotedAtMs };
}

const isDropped = (result: Screened | Dropped): result is Dropped => 'reason' in result;

/** The median of the venues whose quotes are fresh, in order and believable; else why the first of them is not. */
export function screen(quotes: readonly Quote[], rules: ScreenRules): Screened | Dropped {
  const results = quotes.map((quote) => screenQuote(quote, rules));
  const good = results.filter((result): result is Screened => !isDropped(result));
  if (good.length > 0) {
    return {
      price: median(good.map(({ price }) => price)),
      quotedAtMs: Math.min(...good.map(({ quotedAtMs }) => quotedAtMs)),
    };
  }
  return results.find(isDropped) ?? { reason: 'missing', detail: 'there is no quote' };
}
