import type { Redemption } from '@e-aurum/sdk/rest';
import { bars, eventWords, STATE_TONES, STATE_WORDS } from '@/features/redeem/words';
import { BarTag } from '@/shared/reserve/BarTag';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { FineWeight, Grams } from '@/shared/ui/Amount';
import { BarName } from '@/shared/ui/Hallmark';
import { Hash } from '@/shared/ui/Hash';
import { Facts } from '@/shared/ui/Section';
import { Tag } from '@/shared/ui/Tag';

export function RedemptionHead({ redemption }: { redemption: Redemption }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 className="display-serif text-[30px]">Redemption {redemption.id}</h2>
        <Tag tone={STATE_TONES[redemption.state]}>{STATE_WORDS[redemption.state]}</Tag>
      </div>
      <p className="mt-1 mb-6 text-ink-2">
        {redemption.productName}, {bars(redemption.count)}, for{' '}
        <Hash value={redemption.holder} label="holder" />
      </p>
    </>
  );
}

export function RedemptionFacts({ redemption }: { redemption: Redemption }) {
  const { escrow, fee, requestedAt, shipBy, deliverBy, provenAt, attestedAt, carrier, trackingNumber } =
    redemption;
  return (
    <Facts
      facts={[
        { label: 'In escrow', value: <Grams wei={escrow} /> },
        { label: 'Fee', value: <Grams wei={fee} /> },
        { label: 'Requested', value: <TimeAgo at={requestedAt} /> },
        { label: 'Ship by', value: <TimeAgo at={shipBy} /> },
        { label: 'Deliver by', value: <TimeAgo at={deliverBy} /> },
        ...(carrier
          ? [{ label: carrier, value: <span className="font-mono text-[13px]">{trackingNumber}</span> }]
          : []),
        ...(provenAt ? [{ label: 'Delivery proved', value: <TimeAgo at={provenAt} /> }] : []),
        ...(attestedAt ? [{ label: 'Attested', value: <TimeAgo at={attestedAt} /> }] : []),
      ]}
    />
  );
}

export function RedemptionBars({ redemption }: { redemption: Redemption }) {
  if (redemption.bars.length === 0) return null;
  return (
    <section aria-label="Bars of this redemption" className="mt-6">
      <h3 className="mb-1 font-semibold">Bars</h3>
      <ul className="border-t border-line">
        {redemption.bars.map((bar) => (
          <li
            key={bar.barId}
            className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-2.5"
          >
            <BarName refiner={bar.refiner} serial={bar.serial} year={bar.year} />
            <span className="flex items-center gap-3 text-[14px]">
              <FineWeight mg={bar.fineWeightMg} />
              <BarTag state={bar.state} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function RedemptionHistory({ redemption }: { redemption: Redemption }) {
  return (
    <details className="mt-6 text-[14px]">
      <summary className="text-ink-2 hover:text-ink">What happened so far</summary>
      <ol className="mt-2 border-t border-line">
        {redemption.timeline.map(({ event, at, transactionHash }) => (
          <li
            key={`${transactionHash}${event}`}
            className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2"
          >
            <span>{eventWords(event)}</span>
            <span className="text-ink-2">
              <TimeAgo at={at} /> · <Hash value={transactionHash} label="transaction hash" />
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
