import type { ChainEvent } from './events.ts';
import type { Report } from './report.ts';

const AREA = 'price of every trade';
const BPS = 10_000n;
const ONE = 10n ** 18n;
const ceilDiv = (a: bigint, b: bigint) => (a + b - 1n) / b;

interface Observed {
  usdPerGram: bigint;
  lowUsdPerGram: bigint;
  highUsdPerGram: bigint;
  source: bigint;
  mode: bigint;
  /** unix seconds */
  time: number;
  transaction: string;
}

/** Recomputes what every trade was priced with, from its observation and the terms that were in force. */
export function createTradeLedger(report: Report) {
  const observations = new Map<bigint, Observed>();
  const spreads = new Map<bigint, bigint>();
  const coinDecimals = new Map<string, bigint>();
  let feeBps = 0n;
  let lastSequence = 0n;

  function observe({ args, place, time }: ChainEvent): void {
    // a second price within one second takes the place of the first, under the same sequence
    const replaced = args.sequence === lastSequence && observations.get(lastSequence)?.time === time;
    report.check(
      'price observations',
      (args.sequence === lastSequence + 1n || replaced) && Number(args.time) === time,
      () => `observation ${args.sequence} at ${args.time} follows ${lastSequence} in a block of ${time}`,
      place,
    );
    const { usdPerGram: price, lowUsdPerGram: low, highUsdPerGram: high, mode } = args;
    const halted = mode === 0n;
    report.check(
      'price observations',
      halted ? price === 0n : low > 0n && low <= price && price <= high,
      () => `observation ${args.sequence}: ${low} <= ${price} <= ${high} does not hold`,
      place,
    );
    lastSequence = args.sequence;
    observations.set(args.sequence, {
      usdPerGram: price,
      lowUsdPerGram: low,
      highUsdPerGram: high,
      source: args.source,
      mode,
      time,
      transaction: place.transaction,
    });
  }

  /** The trade's own quote is the observation it names; the range may have moved since it was written. */
  function sameObservation({ args, place }: ChainEvent): boolean {
    const seen = observations.get(args.observation);
    const { observed } = args;
    const fresh = seen?.transaction === place.transaction;
    const same =
      seen !== undefined &&
      seen.usdPerGram === observed.usdPerGram &&
      seen.mode === observed.mode &&
      seen.source === observed.source &&
      (!fresh ||
        (seen.lowUsdPerGram === observed.lowUsdPerGram && seen.highUsdPerGram === observed.highUsdPerGram));
    report.check(
      AREA,
      same,
      () => `the trade names observation ${args.observation}, which says something else`,
      place,
    );
    report.check(
      'no trade while halted',
      observed.mode !== 0n,
      () => 'a trade was made while the price was Halted',
      place,
    );
    return same;
  }

  function compare(event: ChainEvent, expected: Record<string, bigint>): void {
    for (const [name, value] of Object.entries(expected)) {
      report.check(
        AREA,
        event.args[name] === value,
        () => `${event.name}: ${name} is ${event.args[name]}, recomputed ${value}`,
        event.place,
      );
    }
  }

  function bought(event: ChainEvent, usd: bigint): void {
    if (!sameObservation(event)) return;
    const { observed } = event.args;
    const rate = ceilDiv(observed.highUsdPerGram * (BPS + (spreads.get(observed.mode) ?? 0n)), BPS);
    const gross = (usd * ONE) / rate;
    const feeGrams = ceilDiv(gross * feeBps, BPS);
    compare(event, { usdPerGram: rate, feeGrams, grams: gross - feeGrams });
  }

  function sold(event: ChainEvent): void {
    if (!sameObservation(event)) return;
    const { args } = event;
    const { observed } = args;
    const rate = (observed.lowUsdPerGram * (BPS - (spreads.get(observed.mode) ?? 0n))) / BPS;
    const feeGrams = ceilDiv(args.grams * feeBps, BPS);
    const usd = ((args.grams - feeGrams) * rate) / ONE;
    const coinOut = (usd * 10n ** (coinDecimals.get(args.coin) ?? 18n)) / args.usdPerCoin;
    compare(event, { usdPerGram: rate, feeGrams, coinOut });
    report.check(
      'value of every coin',
      args.usdPerCoin >= ONE,
      () => `a coin paid out was valued at ${args.usdPerCoin}, less than a dollar`,
      event.place,
    );
  }

  return {
    observations,
    apply(event: ChainEvent): void {
      const { name, args } = event;
      if (name === 'Observed') observe(event);
      else if (name === 'TermsChanged') spreads.set(args.mode, args.terms.spreadBps);
      else if (name === 'FeeChanged') feeBps = args.newBps;
      else if (name === 'CoinChanged') coinDecimals.set(args.coin, args.config.decimals);
      else if (name === 'Sold') sold(event);
      else if (name === 'OrderSettled') bought(event, args.usd);
      else if (name === 'Bought') {
        report.check(
          'value of every coin',
          args.usdPerCoin <= ONE,
          () => `a coin taken in was valued at ${args.usdPerCoin}, more than a dollar`,
          event.place,
        );
        const worth = (args.coinIn as bigint) * (args.usdPerCoin as bigint);
        bought(event, worth / 10n ** (coinDecimals.get(args.coin) ?? 18n));
      }
    },
  };
}
