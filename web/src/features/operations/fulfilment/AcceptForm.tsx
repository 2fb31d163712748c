'use client';

import type { RedemptionForOperator } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import { bars } from '@/features/redeem/words';
import { formatMg } from '@/shared/format/money';
import { Button } from '@/shared/ui/Button';
import { BarName } from '@/shared/ui/Hallmark';
import { Note } from '@/shared/ui/Note';
import { ProblemNote } from '../ProblemNote';
import { useStep } from './use-step';

/** Which bars of the vault go to the holder. */
export function AcceptForm({ redemption }: { redemption: RedemptionForOperator }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { take, busy, error } = useStep(redemption, 'accept');
  const { count, eligibleBars } = redemption;
  const picked = eligibleBars.filter(({ barId }) => chosen.includes(barId));
  const weight = picked.reduce((sum, { fineWeightMg }) => sum + BigInt(fineWeightMg), 0n);
  const enough = picked.length === count;
  if (eligibleBars.length < count)
    return (
      <Note title="There are not enough bars.">
        {bars(count)} {count === 1 ? 'is' : 'are'} asked for, and {bars(eligibleBars.length)} of this product{' '}
        {eligibleBars.length === 1 ? 'is' : 'are'} active. Book one in, or let the deadline pass: the escrow
        then goes back.
      </Note>
    );
  const toggle = (barId: string) =>
    setChosen((before) =>
      before.includes(barId) ? before.filter((id) => id !== barId) : [...before, barId],
    );
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        take({ barIds: picked.map(({ barId }) => barId) });
      }}
    >
      <fieldset>
        <legend className="mb-1 font-semibold">Choose {bars(count)}</legend>
        <ul className="border-t border-line">
          {eligibleBars.map((bar) => (
            <li key={bar.barId} className="border-b border-line">
              <label className="flex min-h-11 items-center gap-3 py-1.5">
                <input
                  type="checkbox"
                  checked={chosen.includes(bar.barId)}
                  disabled={enough && !chosen.includes(bar.barId)}
                  onChange={() => toggle(bar.barId)}
                  className="size-[18px] shrink-0 accent-gold"
                />
                <span className="flex-1">
                  <BarName refiner={bar.refiner} serial={bar.serial} year={bar.year} />
                </span>
                <span className="text-right text-[13.5px] text-ink-2">
                  {formatMg(BigInt(bar.fineWeightMg))}, {bar.vault}
                </span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <ProblemNote error={error} />
      <Button type="submit" kind="gold" wide disabled={!enough || busy}>
        {busy
          ? 'Handed in …'
          : enough
            ? `Set aside ${bars(count)}, ${formatMg(weight)}`
            : `Choose ${count - picked.length} more`}
      </Button>
      <p className="-mt-2 text-[13px] text-ink-2">
        What the bars weigh less than was escrowed goes back to the holder at once.
      </p>
    </form>
  );
}
