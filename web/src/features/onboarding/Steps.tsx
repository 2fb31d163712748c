'use client';

import { useAccount } from '@/chain/account/use-account';
import { useEligibility } from '@/chain/account/use-eligibility';
import { useSession } from '@/chain/account/use-session';
import { cx } from '@/shared/ui/cx';

/** How far one is: connected, signed in, applied, verified. */
export function Steps() {
  const { address } = useAccount();
  const { me } = useSession();
  const { eligible } = useEligibility(address);
  const done = eligible ? 4 : me && me.kyc !== 'none' ? 3 : me ? 2 : address ? 1 : 0;
  const steps = ['Connect a wallet', 'Sign in with it', 'Tell us who you are', 'A person checks it'];
  return (
    <ol aria-label="Steps" className="border-t border-line text-[14px]">
      {steps.map((title, at) => (
        <li
          key={title}
          aria-current={at === done ? 'step' : undefined}
          className={cx(
            'flex items-center gap-3 border-b border-line py-3',
            at > done && 'text-ink-2',
            at === done && 'font-semibold',
          )}
        >
          <span
            aria-hidden="true"
            className={cx('display-serif w-5 text-[20px]', at < done ? 'text-up' : 'text-gold')}
          >
            {at < done ? '✓' : at + 1}
          </span>
          {title}
          {at < done && <span className="sr-only">(done)</span>}
        </li>
      ))}
    </ol>
  );
}
