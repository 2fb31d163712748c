import { goldDeskAbi } from '@e-aurum/sdk/abi';
import type { Address } from 'viem';
import type { Coin } from '@/chain/deployment';
import type { TransactionPlan } from '@/chain/transaction/run';
import { leastOf } from '@/shared/format/amount';
import { formatGrams } from '@/shared/format/money';
import type { Quote, Side } from './use-quote';

/** How long a trade waits for its wallet and its block. */
export const TRADE_LIFE_SECONDS = 15 * 60;

interface TradeWish {
  side: Side;
  coin: Coin;
  desk: Address;
  token: Address;
  /** Coin units to pay, or wei of EAU to give. */
  amount: bigint;
  quote: Quote;
  slippageBps: number;
  /** Unix seconds. */
  deadline: bigint;
}

export const tradeTitle = (side: Side, quote: Quote): string =>
  `${side === 'buy' ? 'Buy' : 'Sell'} ${formatGrams(quote.grams)}`;

/** The trade as one transaction: what is shown is what is sent. */
export function planTrade({
  side,
  coin,
  desk,
  token,
  amount,
  quote,
  slippageBps,
  deadline,
}: TradeWish): TransactionPlan {
  const least = leastOf(side === 'buy' ? quote.grams : quote.coinAmount, slippageBps);
  const given = side === 'buy' ? coin.address : token;
  const args = [coin.address, amount, least, deadline] as const;
  const call = { address: desk, abi: goldDeskAbi };
  return {
    title: tradeTitle(side, quote),
    call: { ...call, functionName: side, args },
    approval: {
      token: given,
      symbol: side === 'buy' ? coin.symbol : 'EAU',
      spender: desk,
      amount,
      // the desk hands the trade's own deadline to the token's permit
      permitDeadline: deadline,
      withPermit: ({ v, r, s }) => ({
        ...call,
        functionName: side === 'buy' ? 'buyWithPermit' : 'sellWithPermit',
        args: [...args, v, r, s],
      }),
    },
  };
}
