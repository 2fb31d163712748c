'use client';

import { fineWeightMgOf, formatFineness, formatOunces } from '@e-aurum/sdk';
import { useState } from 'react';
import { useSession } from '@/chain/account/use-session';
import { useContract } from '@/chain/deployment';
import { TransactionStatus } from '@/chain/transaction/TransactionStatus';
import { useTransaction } from '@/chain/transaction/use-transaction';
import { bars as barCount } from '@/features/redeem/words';
import { formatMg } from '@/shared/format/money';
import { Button } from '@/shared/ui/Button';
import { BarName } from '@/shared/ui/Hallmark';
import { Hash } from '@/shared/ui/Hash';
import { Table } from '@/shared/ui/Table';
import { endorseTitle, planCancelBooking, planEndorsement } from './plan';
import type { ChainBar } from './use-bars';

const nameOf = ({ refiner, serial, year }: ChainBar): string => `${refiner} ${serial}, ${year}`;

/** Bars that one pair of eyes has booked, for the other one to weigh. */
export function PendingBars({ bars }: { bars: readonly ChainBar[] }) {
  const { can } = useSession();
  const reserve = useContract('GoldReserve');
  const flow = useTransaction();
  const [chosen, setChosen] = useState<ReadonlySet<bigint>>(new Set());
  const pending = bars.filter(({ state }) => state === 'Pending');
  const picked = pending.filter(({ barId }) => chosen.has(barId));
  const auditor = can('auditor');
  if (flow.stage.name !== 'idle')
    return (
      <div className="max-w-[560px]">
        <TransactionStatus
          flow={flow}
          again="Back to the list"
          done={() => <p className="display-serif text-[24px]">Done</p>}
        />
      </div>
    );
  if (pending.length === 0)
    return <p className="text-ink-2">No bar waits. What the vault books shows here.</p>;
  const toggle = (barId: bigint) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(barId)) next.add(barId);
      return next;
    });
  const all = picked.length === pending.length;
  return (
    <>
      <Table
        caption="Bars that wait for the auditor"
        rows={pending}
        keyOf={({ barId }) => String(barId)}
        columns={[
          {
            key: 'bar',
            head: 'Bar',
            phone: 'a',
            cell: (bar) => {
              const name = <BarName refiner={bar.refiner} serial={bar.serial} year={bar.year} />;
              if (!auditor) return name;
              return (
                <label className="inline-flex min-h-9 items-center gap-3">
                  <input
                    type="checkbox"
                    checked={chosen.has(bar.barId)}
                    onChange={() => toggle(bar.barId)}
                    className="size-[18px] shrink-0 accent-gold"
                  />
                  {name}
                </label>
              );
            },
          },
          { key: 'vault', head: 'Vault', phone: 'none', cell: ({ vault }) => vault },
          {
            key: 'gross',
            head: 'Gross weight',
            right: true,
            phone: 'none',
            cell: ({ grossWeightMg }) => (
              <>
                {formatMg(grossWeightMg)} <span className="text-ink-2">· {formatOunces(grossWeightMg)}</span>
              </>
            ),
          },
          {
            key: 'fineness',
            head: 'Fineness',
            right: true,
            phone: 'c',
            cell: ({ fineness }) => formatFineness(fineness),
          },
          { key: 'fine', head: 'Fine weight', right: true, phone: 'b', cell: (bar) => <Fine bar={bar} /> },
          {
            key: 'documents',
            head: 'Documents',
            right: true,
            phone: 'none',
            cell: ({ documentsHash }) => <Hash value={documentsHash} label="hash of the documents" />,
          },
          ...(can('custodian')
            ? [
                {
                  key: 'cancel',
                  head: <span className="sr-only">Cancel</span>,
                  right: true,
                  phone: 'd' as const,
                  cell: (bar: ChainBar) => (
                    <Button small kind="quiet" onClick={() => flow.run(planCancelBooking(reserve, bar))}>
                      Cancel<span className="sr-only"> the booking of {nameOf(bar)}</span>
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {auditor ? (
        <div className="mt-4 flex flex-wrap items-center gap-3">
          <Button
            kind="gold"
            disabled={picked.length === 0}
            onClick={() => flow.run(planEndorsement(reserve, picked))}
          >
            {picked.length === 0 ? 'Choose the bars that you weighed' : endorseTitle(picked)}
          </Button>
          <Button
            kind="quiet"
            onClick={() => setChosen(new Set(all ? [] : pending.map(({ barId }) => barId)))}
          >
            {all ? 'Choose none' : `Choose all ${barCount(pending.length)}`}
          </Button>
          <p className="basis-full text-[13px] text-ink-2">
            You sign for these weights: the reserve refuses if the booking says anything else.
          </p>
        </div>
      ) : (
        <p className="mt-3 text-[13.5px] text-ink-2">
          They back nothing until the auditor, who must be somebody else, endorses them.
        </p>
      )}
    </>
  );
}

/** Gross x fineness, computed here too: the two must agree. */
function Fine({ bar }: { bar: ChainBar }) {
  const own = fineWeightMgOf(bar.grossWeightMg, bar.fineness);
  return (
    <b>
      {formatMg(bar.fineWeightMg)}
      {own !== bar.fineWeightMg && <span className="text-down"> (gross x fineness is {formatMg(own)})</span>}
    </b>
  );
}
