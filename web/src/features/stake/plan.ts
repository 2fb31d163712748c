import { stakedGoldAbi } from '@e-aurum/sdk/abi';
import type { Address } from 'viem';
import type { TransactionPlan } from '@/chain/transaction/run';
import { formatGrams } from '@/shared/format/money';

interface StakeWish {
  staking: Address;
  token: Address;
  account: Address;
  /** Wei of EAU. */
  amount: bigint;
}

export const planStake = ({ staking, token, account, amount }: StakeWish): TransactionPlan => ({
  title: `Stake ${formatGrams(amount)}`,
  call: { address: staking, abi: stakedGoldAbi, functionName: 'deposit', args: [amount, account] },
  approval: { token, symbol: 'EAU', spender: staking, amount },
});

/**
 * Takes gold out again. `shares`: all of them, to leave nothing behind; the grams that accrue until then come along.
 */
export const planUnstake = (
  { staking, account, amount }: Omit<StakeWish, 'token'>,
  allShares: bigint | null,
): TransactionPlan => ({
  title: `Unstake ${formatGrams(amount)}`,
  call: {
    address: staking,
    abi: stakedGoldAbi,
    ...(allShares === null
      ? { functionName: 'withdraw', args: [amount, account, account] }
      : { functionName: 'redeem', args: [allShares, account, account] }),
  },
});

export const planStream = (staking: Address): TransactionPlan => ({
  title: 'Start the stream',
  call: { address: staking, abi: stakedGoldAbi, functionName: 'startStream', args: [] },
});
