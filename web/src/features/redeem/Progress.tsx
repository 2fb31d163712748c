'use client';

import type { Redemption } from '@e-aurum/sdk/rest';
import { useChainNow } from '@/chain/use-chain-now';
import { Countdown } from '@/shared/time/Countdown';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { cx } from '@/shared/ui/cx';
import { Hash } from '@/shared/ui/Hash';
import { type Deadline, deadlineOf } from './steps';
import type { OnChain } from './use-redemption';

interface ProgressProps {
  redemption: OnChain;
  details: Redemption | undefined;
}

type Key = 'requested' | 'accepted' | 'shipped' | 'proved' | 'attested' | 'completed';

const TITLES: Record<Key, string> = {
  requested: 'Requested, the grams are in escrow',
  accepted: 'Bars set aside for you',
  shipped: 'Handed to the carrier',
  proved: 'Delivery proved by the vault',
  attested: 'Delivery checked by the auditor',
  completed: 'Yours: escrow burned, certificate handed over',
};
const EVENT_OF: Record<Key, string> = {
  requested: 'RedemptionRequested',
  accepted: 'RedemptionAccepted',
  shipped: 'RedemptionShipped',
  proved: 'DeliveryProved',
  attested: 'DeliveryAttested',
  completed: 'RedemptionCompleted',
};
const KEYS = Object.keys(TITLES) as Key[];

function doneOf({ state, provenAt, attestedAt, barIds }: OnChain, details: Redemption | undefined): Set<Key> {
  const shipped =
    ['Shipped', 'Disputed', 'Completed'].includes(state) || happened(details, 'RedemptionShipped');
  const done = new Set<Key>(['requested']);
  if (barIds.length > 0) done.add('accepted');
  if (shipped) done.add('shipped');
  if (provenAt !== 0) done.add('proved');
  if (attestedAt !== 0) done.add('attested');
  if (state === 'Completed') done.add('completed');
  return done;
}

const happened = (details: Redemption | undefined, event: string): boolean =>
  details?.timeline.some((entry) => entry.event === event) ?? false;

/** The way of a redemption, step by step, as far as it has come. */
export function Progress({ redemption, details }: ProgressProps) {
  const done = doneOf(redemption, details);
  const ended = ['Completed', 'Cancelled', 'Reclaimed'].includes(redemption.state);
  const now = ended ? -1 : KEYS.findIndex((key) => !done.has(key));
  // a holder may confirm at once: what was left out on the way is no step of it any more
  const shown = ended ? KEYS.filter((key) => done.has(key)) : KEYS;
  return (
    <ol aria-label="Steps of the redemption" className="border-t border-line">
      {shown.map((key, at) => {
        const entry = details?.timeline.findLast(({ event }) => event === EVENT_OF[key]);
        const isDone = done.has(key);
        const isNow = at === now;
        return (
          <li
            key={key}
            aria-current={isNow ? 'step' : undefined}
            className="grid grid-cols-[28px_1fr_auto] items-baseline gap-x-2 border-b border-line py-3"
          >
            <span
              aria-hidden="true"
              className={cx('display-serif text-[20px]', isDone ? 'text-up' : 'text-gold')}
            >
              {isDone ? '✓' : at + 1}
            </span>
            <span className={cx(isNow && 'font-semibold', !isDone && !isNow && 'text-ink-2')}>
              {TITLES[key]}
              <span className="sr-only">{isDone ? ' (done)' : isNow ? ' (next)' : ''}</span>
            </span>
            <span className="text-right text-[13.5px] text-ink-2">
              {entry && (
                <>
                  <TimeAgo at={entry.at} />
                  <span className="max-sm:hidden">
                    {' '}
                    · <Hash value={entry.transactionHash} label="transaction hash" />
                  </span>
                </>
              )}
            </span>
          </li>
        );
      })}
      {(redemption.state === 'Cancelled' ||
        redemption.state === 'Reclaimed' ||
        redemption.state === 'Disputed') && (
        <li className="grid grid-cols-[28px_1fr_auto] items-baseline gap-x-2 border-b border-line py-3 font-semibold">
          <span aria-hidden="true" className="display-serif text-[20px] text-down">
            {redemption.state === 'Disputed' ? '!' : '✓'}
          </span>
          {
            {
              Cancelled: 'Cancelled, the whole escrow came back',
              Reclaimed: 'Not served in time: the whole escrow came back',
              Disputed: 'Disputed; an arbiter decides',
            }[redemption.state]
          }
        </li>
      )}
    </ol>
  );
}

const PASSED: Record<Deadline['kind'], string> = {
  ship: 'It was not shipped in time. Nothing can ship any more, and the escrow can be taken back.',
  deliver: 'No delivery was proved in time. The escrow can be taken back.',
  attest: 'The auditor did not confirm the proof in time. The escrow can be taken back.',
  dispute: 'The time to dispute is over. It can be completed by anyone.',
  decide: 'The dispute was not decided in time. The escrow can be taken back.',
};

/** What happens next, and until when, in words. */
export function NextStep({ redemption }: { redemption: OnChain }) {
  const { nowMs, blockSeconds } = useChainNow();
  const deadline = deadlineOf(redemption, blockSeconds);
  if (!deadline) return null;
  const left = <Countdown toMs={deadline.at * 1_000} nowMs={nowMs} />;
  if (deadline.passed)
    return (
      <p role="status" className="max-w-[60ch] text-warn">
        {PASSED[deadline.kind]}
      </p>
    );
  return (
    <p className="max-w-[60ch] text-ink-2">
      {deadline.kind === 'ship' &&
        (redemption.state === 'Requested' ? (
          <>The vault chooses a bar and ships it: {left} left. If it does not, all of it comes back.</>
        ) : (
          <>The vault hands the bars to the carrier: {left} left. If it does not, all of it comes back.</>
        ))}
      {deadline.kind === 'deliver' && (
        <>The carrier has {left} left to deliver. After that the escrow comes back.</>
      )}
      {deadline.kind === 'attest' && <>The auditor checks the vault’s proof of delivery: {left} left.</>}
      {deadline.kind === 'dispute' && <>You have {left} left to say that you did not receive it.</>}
      {deadline.kind === 'decide' && (
        <>An arbiter has {left} left to decide. After that the escrow comes back.</>
      )}
    </p>
  );
}
