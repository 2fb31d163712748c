import { goldDeskAbi } from '@e-aurum/sdk/abi';
import { parseEventLogs, type TransactionReceipt } from 'viem';
import type { Coin } from '@/chain/deployment';
import { modeOf, sourceOf } from '@/chain/enums';
import { formatCount } from '@/shared/format/money';
import { MODE_WORDS, SOURCE_WORDS } from '@/shared/price/words';
import { CoinAmount, Grams, Usd } from '@/shared/ui/Amount';
import { Link } from '@/shared/ui/Link';
import { Facts } from '@/shared/ui/Section';

interface TradeDoneProps {
  receipt: TransactionReceipt;
  coins: readonly Coin[];
}

/** What the chain did, from the event of the trade itself. */
export function TradeDone({ receipt, coins }: TradeDoneProps) {
  const [trade] = parseEventLogs({ abi: goldDeskAbi, logs: receipt.logs, eventName: ['Bought', 'Sold'] });
  if (!trade) return <p className="display-serif text-[26px]">Done</p>;
  const { args, eventName } = trade;
  const bought = eventName === 'Bought';
  const coin = coins.find(({ address }) => address.toLowerCase() === args.coin.toLowerCase());
  const coinAmount = 'coinIn' in args ? args.coinIn : args.coinOut;
  return (
    <div>
      <p className="display-serif mb-3 text-[28px]">
        {bought ? 'You bought' : 'You sold'} <Grams wei={args.grams} places={4} />
      </p>
      <Facts
        facts={[
          {
            label: bought ? 'You paid' : 'You got',
            value: (
              <CoinAmount amount={coinAmount} decimals={coin?.decimals ?? 18} symbol={coin?.symbol ?? ''} />
            ),
          },
          {
            label: 'Dealt at',
            value: (
              <>
                <Usd value={args.usdPerGram} places={4} /> per g
              </>
            ),
          },
          { label: 'Fee, to stakers', value: <Grams wei={args.feeGrams} places={4} /> },
          {
            label: 'Price observation',
            value: `#${formatCount(args.observation)} ${MODE_WORDS[modeOf(args.observed.mode)]}, ${SOURCE_WORDS[sourceOf(args.observed.source)]}`,
          },
        ]}
      />
      <p className="mt-3 text-[14px]">
        <Link
          href="/portfolio"
          className="underline decoration-edge underline-offset-4 hover:decoration-gold"
        >
          See it in your portfolio
        </Link>
      </p>
    </div>
  );
}
