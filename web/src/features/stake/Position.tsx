'use client';

import { formatAmount } from '@e-aurum/sdk';
import { useAccount } from '@/chain/account/use-account';
import { Grams } from '@/shared/ui/Amount';
import { Note } from '@/shared/ui/Note';
import { SHARE_DECIMALS, useStakePosition } from './use-stake';

/** What the connected account has staked, growing as fees arrive. */
export function Position() {
  const { address } = useAccount();
  const { shares, worth, withdrawable } = useStakePosition(address);
  if (!address || shares === undefined || worth === undefined) return null;
  if (shares === 0n) return <p className="mb-6 text-ink-2">You have staked nothing yet.</p>;
  return (
    <div className="mb-8">
      <p className="text-[12.5px] font-semibold text-ink-2">You have staked</p>
      <p className="display-serif text-[44px]">
        <Grams wei={worth} places={4} fromLeft />
      </p>
      <p className="text-[13.5px] text-ink-2">
        {formatAmount(shares, { decimals: SHARE_DECIMALS, places: 4 })} sEAU. Their worth in gold only rises.
      </p>
      {withdrawable === 0n && worth > 0n && (
        <div className="mt-3">
          <Note tone="down" title="This account is frozen.">
            Its shares stay, and can’t be taken out until compliance lifts that. Write to us to learn why.
          </Note>
        </div>
      )}
    </div>
  );
}
