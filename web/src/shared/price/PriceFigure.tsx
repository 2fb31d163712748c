import { exactAmount } from '@e-aurum/sdk';
import type { LatestPrice } from '@e-aurum/sdk/rest';
import { formatBps, formatSignedUsd, formatUsd, formatUsdPerOunce } from '../format/money';
import { Exact } from '../ui/Amount';

/** The price of one gram, large, with its change and the price of an ounce. */
export function PriceFigure({ price }: { price: LatestPrice }) {
  const halted = price.mode === 'Halted';
  const shown = halted ? (price.observation?.usdPerGram ?? '0') : price.usdPerGram;
  const usdPerGram = BigInt(shown);
  const change = price.change24h;
  return (
    <div>
      <p className="mb-2 text-[12.5px] font-semibold text-ink-2">
        {halted ? 'No price now: the feeds do not agree' : 'Price of one gram'}
      </p>
      {halted || usdPerGram === 0n ? (
        <p className="display-serif text-[52px] leading-none sm:text-[64px]">Halted</p>
      ) : (
        <>
          <p className="display-serif text-[52px] leading-none sm:text-[64px]">
            <span key={shown} className="settle">
              <Exact text={formatUsd(usdPerGram)} exact={`$${exactAmount(usdPerGram)} per g`} fromLeft />
            </span>
            <span className="ml-2 text-[20px] tracking-normal text-ink-2">per g</span>
          </p>
          <p className="mt-2">
            {change && (
              <span className={change.bps < 0 ? 'text-down' : 'text-up'}>
                {formatSignedUsd(BigInt(change.usdPerGram))} ({formatBps(change.bps, { signed: true })})
              </span>
            )}
            <span className="text-ink-2">
              {change ? ' over 24 hours · ' : ''}
              {formatUsdPerOunce(usdPerGram)} per oz
            </span>
          </p>
        </>
      )}
    </div>
  );
}
