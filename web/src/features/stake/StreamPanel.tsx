'use client';

import type { Staking } from '@e-aurum/sdk/rest';
import { useAccount } from '@/chain/account/use-account';
import { useContract } from '@/chain/deployment';
import { TransactionStatus } from '@/chain/transaction/TransactionStatus';
import { useTransaction } from '@/chain/transaction/use-transaction';
import { formatGrams } from '@/shared/format/money';
import { useNow } from '@/shared/time/clock';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Grams } from '@/shared/ui/Amount';
import { Button } from '@/shared/ui/Button';
import { Facts, Section } from '@/shared/ui/Section';
import { planStream } from './plan';

/** Fees wait, then stream over days, so that nobody can stake for a minute and take them. Anyone may start the stream. */
export function StreamPanel({ staking }: { staking: Staking }) {
  const now = useNow();
  const { connected, wrongNetwork } = useAccount();
  const address = useContract('StakedGold');
  const flow = useTransaction();
  const waiting = BigInt(staking.pendingFees);
  const tooSoon = staking.nextStreamAt !== null && Date.parse(staking.nextStreamAt) > now;
  return (
    <Section title="The stream of fees" className="pt-9">
      <p className="mb-3 max-w-[62ch] text-[14px] text-ink-2">
        Every trade pays its fee in gold. The fees are gathered and then run to the stakers evenly, second by
        second, so that nobody can come for a minute and take them.
      </p>
      <div className="max-w-[520px]">
        <Facts
          facts={[
            { label: 'Running now', value: <Grams wei={staking.unstreamed} places={4} /> },
            {
              label: 'Ends',
              value: staking.streamEndsAt ? <TimeAgo at={staking.streamEndsAt} /> : 'nothing runs',
            },
            { label: 'Waiting', value: <Grams wei={staking.pendingFees} places={4} /> },
            {
              label: 'Next stream',
              value:
                tooSoon && staking.nextStreamAt ? <TimeAgo at={staking.nextStreamAt} /> : 'can start now',
            },
          ]}
        />
        <div className="mt-4">
          {flow.stage.name === 'idle' ? (
            <Button
              disabled={waiting === 0n || tooSoon || !connected || wrongNetwork}
              onClick={() => flow.run(planStream(address))}
            >
              {waiting > 0n ? `Start streaming ${formatGrams(waiting)}` : 'Nothing waits to be streamed'}
            </Button>
          ) : (
            <TransactionStatus
              flow={flow}
              done={() => <p className="display-serif text-[24px]">The stream runs</p>}
            />
          )}
          {flow.stage.name === 'idle' && waiting > 0n && (
            <p className="mt-2 text-[13px] text-ink-2">
              {connected
                ? 'Anyone may start it, once a day. It costs you the network’s fee and gives every staker their part.'
                : 'Anyone may start it, once a day: connect a wallet.'}
            </p>
          )}
        </div>
      </div>
    </Section>
  );
}
