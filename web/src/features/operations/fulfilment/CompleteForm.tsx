'use client';

import type { Redemption } from '@e-aurum/sdk/rest';
import { useChainNow } from '@/chain/use-chain-now';
import { deadlineOf } from '@/features/redeem/steps';
import { useRedemptionOnChain } from '@/features/redeem/use-redemption';
import { Countdown } from '@/shared/time/Countdown';
import { Button } from '@/shared/ui/Button';
import { ProblemNote } from '../ProblemNote';
import { useStep } from './use-step';

/** After the time to dispute: burns the escrow, hands the certificates over. */
export function CompleteForm({ redemption }: { redemption: Redemption }) {
  const { nowMs, blockSeconds } = useChainNow();
  const { onChain } = useRedemptionOnChain(BigInt(redemption.id));
  const { take, busy, error } = useStep(redemption, 'complete');
  const deadline = onChain ? deadlineOf(onChain, blockSeconds) : null;
  if (!deadline) return null;
  return (
    <div className="grid gap-3">
      {!deadline.passed && (
        <p className="text-[14px] text-ink-2">
          Delivered and attested. The holder may dispute it for another{' '}
          <Countdown toMs={deadline.at * 1_000} nowMs={nowMs} />.
        </p>
      )}
      <ProblemNote error={error} />
      <Button kind="gold" wide disabled={!deadline.passed || busy} onClick={() => take({})}>
        {busy ? 'Handed in …' : `Complete redemption ${redemption.id}`}
      </Button>
    </div>
  );
}
