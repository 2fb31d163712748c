import { formatAmount } from '@e-aurum/sdk';
import type { Coin } from '@/chain/deployment';
import { leastOf } from '@/shared/format/amount';
import { formatBps, formatGrams, formatUsd } from '@/shared/format/money';
import { MODE_TONES, MODE_WORDS, SOURCE_WORDS } from '@/shared/price/words';
import { Grams, Usd } from '@/shared/ui/Amount';
import { Facts } from '@/shared/ui/Section';
import { Tag } from '@/shared/ui/Tag';
import type { Quote, Side } from './use-quote';

interface QuoteDetailsProps {
  side: Side;
  coin: Coin;
  quote: Quote;
  slippageBps: number;
}

/** What the figure is made of, in the contract's own numbers. */
export function QuoteDetails({ side, coin, quote, slippageBps }: QuoteDetailsProps) {
  const buying = side === 'buy';
  const { observed } = quote;
  const least = leastOf(buying ? quote.grams : quote.coinAmount, slippageBps);
  const leastText = buying
    ? formatGrams(least)
    : `${formatAmount(least, { decimals: coin.decimals, places: 2 })} ${coin.symbol}`;
  return (
    <div className="py-2">
      <Facts
        facts={[
          {
            label: buying ? 'Price, high of the feeds' : 'Price, low of the feeds',
            value: (
              <>
                <Usd value={buying ? observed.highUsdPerGram : observed.lowUsdPerGram} places={4} /> per g
              </>
            ),
          },
          { label: 'Spread', value: formatBps(quote.spreadBps) },
          {
            label: 'So you deal at',
            value: (
              <>
                <Usd value={quote.usdPerGram} places={4} /> per g
              </>
            ),
          },
          {
            label: `Fee, to stakers (${formatBps(quote.feeBps)})`,
            value: <Grams wei={quote.feeGrams} places={4} />,
          },
          { label: `1 ${coin.symbol} counts as`, value: formatUsd(quote.usdPerCoin, 4) },
          { label: 'You get at least', value: leastText },
          {
            label: 'Price source',
            value: (
              <>
                {SOURCE_WORDS[observed.source]}{' '}
                <Tag tone={MODE_TONES[observed.mode]}>{MODE_WORDS[observed.mode]}</Tag>
              </>
            ),
          },
        ]}
      />
    </div>
  );
}
