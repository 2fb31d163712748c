'use client';

import type { DeliveryDetails, RedemptionForOperator } from '@e-aurum/sdk/rest';
import { useApi } from '@/shared/api/use-api';
import { countryName } from '@/shared/format/countries';
import { Note } from '@/shared/ui/Note';
import { Facts } from '@/shared/ui/Section';
import { Failed, SkeletonRows } from '@/shared/ui/State';
import { Back } from '../Back';
import { isUnderWay, JobState } from '../JobState';
import { useView } from '../use-view';
import { AcceptForm } from './AcceptForm';
import { CompleteForm } from './CompleteForm';
import { ProveForm } from './ProveForm';
import { REDEMPTIONS_PATH } from './paths';
import { RedemptionBars, RedemptionFacts, RedemptionHead, RedemptionHistory } from './RedemptionHead';
import { ShipForm } from './ShipForm';

const REFRESH_MS = 2_000;

/** One redemption for the vault's operator: where it goes, and its next step. */
export function OperatorDetail({ id }: { id: string }) {
  const { go } = useView();
  const { data, problem, refetch } = useApi<RedemptionForOperator>(
    `${REDEMPTIONS_PATH}/${encodeURIComponent(id)}`,
    { refreshMs: REFRESH_MS },
  );
  const back = <Back to="All redemptions" onBack={() => go('redemptions')} />;
  if (problem)
    return (
      <>
        {back}
        <Failed what="this redemption" problem={problem} retry={refetch} />
      </>
    );
  if (!data) return <SkeletonRows rows={8} label="The redemption is loading" />;
  return (
    <>
      {back}
      <RedemptionHead redemption={data} />
      <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_400px]">
        <div className="min-w-0">
          <Delivery details={data.deliveryDetails} />
          <RedemptionBars redemption={data} />
          <RedemptionHistory redemption={data} />
        </div>
        <div className="grid gap-6 max-lg:order-first">
          {data.job && <JobState job={data.job} />}
          <NextStep redemption={data} />
          <RedemptionFacts redemption={data} />
        </div>
      </div>
    </>
  );
}

function NextStep({ redemption }: { redemption: RedemptionForOperator }) {
  if (isUnderWay(redemption.job))
    return (
      <p className="text-[14px] text-ink-2">The next step can be taken when this transaction is final.</p>
    );
  switch (redemption.state) {
    case 'Requested':
      return <AcceptForm redemption={redemption} />;
    case 'Accepted':
      return <ShipForm redemption={redemption} />;
    case 'Shipped':
      if (redemption.attestedAt) return <CompleteForm redemption={redemption} />;
      if (redemption.provenAt)
        return (
          <Note tone="gold" title="Now the auditor.">
            The delivery is proved. It can be completed after the auditor attested it and the holder’s time to
            dispute is over.
          </Note>
        );
      return <ProveForm redemption={redemption} />;
    case 'Disputed':
      return (
        <Note tone="down" title="The holder disputes the delivery.">
          The treasury decides, by a proposal that calls RedemptionDesk.resolveDispute.
        </Note>
      );
    default:
      return null;
  }
}

function Delivery({ details }: { details: DeliveryDetails | null }) {
  if (!details)
    return (
      <Note tone="down" title="We don’t know where it goes.">
        No address was handed in for its reference, or its key was destroyed. It can’t be shipped; after its
        deadline the escrow goes back.
      </Note>
    );
  return (
    <section aria-label="Where it goes" className="border-y border-line py-4">
      <Facts
        facts={[
          { label: 'Recipient', value: details.recipient },
          { label: 'Street', value: details.street },
          { label: 'City', value: `${details.postalCode} ${details.city}` },
          { label: 'Country', value: countryName(details.country) },
          { label: 'Phone', value: details.phone },
          ...(details.instructions ? [{ label: 'For the carrier', value: details.instructions }] : []),
        ]}
      />
      <p className="mt-3 text-[13px] text-ink-2">
        Decrypted for you alone. The chain knows only a random reference to it.
      </p>
    </section>
  );
}
