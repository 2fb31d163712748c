import { formatAmount } from '@e-aurum/sdk';
import { stakedGoldAbi } from '@e-aurum/sdk/abi';
import { parseEventLogs, type TransactionReceipt } from 'viem';
import { Grams } from '@/shared/ui/Amount';
import { SHARE_DECIMALS } from './use-stake';

/** What the vault did, from its own event. */
export function StakeDone({ receipt }: { receipt: TransactionReceipt }) {
  const [moved] = parseEventLogs({
    abi: stakedGoldAbi,
    logs: receipt.logs,
    eventName: ['Deposit', 'Withdraw'],
  });
  if (!moved) return <p className="display-serif text-[26px]">Done</p>;
  const { eventName, args } = moved;
  const shares = `${formatAmount(args.shares, { decimals: SHARE_DECIMALS, places: 4 })} sEAU`;
  return (
    <>
      <p className="display-serif text-[28px]">
        {eventName === 'Deposit' ? 'You staked' : 'You took out'} <Grams wei={args.assets} places={4} />
      </p>
      <p className="mt-2 text-[14px] text-ink-2">
        {eventName === 'Deposit'
          ? `You hold ${shares} for it. Fees of others’ trades reach it from now on, as they stream.`
          : `${shares} were given back for it. The gold is in your account.`}
      </p>
    </>
  );
}
