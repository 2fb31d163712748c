import type { Trade } from '@e-aurum/sdk/rest';
import type { Coin } from '@/chain/deployment';
import { formatCount } from '@/shared/format/money';
import { MODE_TONES, MODE_WORDS } from '@/shared/price/words';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { CoinAmount, Grams, Usd } from '@/shared/ui/Amount';
import { Hash } from '@/shared/ui/Hash';
import { Table } from '@/shared/ui/Table';
import { Tag } from '@/shared/ui/Tag';

const SIDE_WORDS: Record<Trade['side'], string> = { buy: 'Bought', sell: 'Sold', settle: 'Order settled' };

interface TradeTableProps {
  trades: readonly Trade[];
  coins: readonly Coin[];
}

/** Trades with what they were priced with. */
export function TradeTable({ trades, coins }: TradeTableProps) {
  const decimalsOf = (trade: Trade): number =>
    coins.find(({ address }) => address.toLowerCase() === trade.coin?.toLowerCase())?.decimals ?? 18;
  return (
    <Table
      caption="Your trades, newest first"
      rows={trades}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'what',
          head: 'Trade',
          phone: 'a',
          cell: (trade) => (
            <>
              {SIDE_WORDS[trade.side]} <Grams wei={trade.grams} fromLeft />
            </>
          ),
        },
        {
          key: 'coin',
          head: 'For',
          right: true,
          phone: 'b',
          cell: (trade) =>
            trade.coinSymbol ? (
              <CoinAmount amount={trade.coinAmount} decimals={decimalsOf(trade)} symbol={trade.coinSymbol} />
            ) : (
              <Usd value={trade.usd} />
            ),
        },
        {
          key: 'rate',
          head: 'Rate',
          right: true,
          phone: 'c',
          cell: (trade) => (
            <>
              <Usd value={trade.usdPerGram} /> per g
            </>
          ),
        },
        {
          key: 'observation',
          head: 'Observation',
          right: true,
          phone: 'none',
          cell: (trade) => (
            <>
              #{formatCount(trade.observation)}{' '}
              <Tag tone={MODE_TONES[trade.mode]}>{MODE_WORDS[trade.mode]}</Tag>
            </>
          ),
        },
        {
          key: 'at',
          head: 'When',
          right: true,
          phone: 'd',
          cell: (trade) => (
            <>
              <TimeAgo at={trade.at} />{' '}
              <Hash value={trade.transactionHash} label="transaction hash" className="max-sm:hidden" />
            </>
          ),
        },
      ]}
    />
  );
}
