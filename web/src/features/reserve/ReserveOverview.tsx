'use client';

import type { Reserve } from '@e-aurum/sdk/rest';
import type { Result } from '@/shared/api/problem';
import { useApi } from '@/shared/api/use-api';
import { formatBps, formatCount } from '@/shared/format/money';
import { CoverBar } from '@/shared/reserve/CoverBar';
import { ReserveFacts } from '@/shared/reserve/ReserveFacts';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { FineWeight, Grams } from '@/shared/ui/Amount';
import { Hash } from '@/shared/ui/Hash';
import { Facts, Section } from '@/shared/ui/Section';
import { Failed, Skeleton, Stale } from '@/shared/ui/State';
import { Tag } from '@/shared/ui/Tag';

const REFRESH_MS = 15_000;
const DAY_SECONDS = 86_400;

export function ReserveOverview({ initial }: { initial: Result<Reserve> }) {
  const { data, problem, stale, refetch } = useApi<Reserve>('/v1/reserve', {
    initial,
    refreshMs: REFRESH_MS,
  });
  if (problem) return <Failed what="the reserve" problem={problem} retry={refetch} />;
  if (!data) return <Skeleton className="h-48" />;
  return (
    <>
      <ReserveFacts reserve={data} />
      <CoverBar reserve={data} />
      {stale && <Stale>The service does not answer; these are the last figures we had.</Stale>}
      <div className="grid gap-x-14 md:grid-cols-2">
        <Section title="Supply against gold">
          <Facts
            facts={[
              { label: 'In accounts', value: <Grams wei={data.circulating} /> },
              { label: 'Staked', value: <Grams wei={data.staked} /> },
              { label: 'In escrow, waiting for bars', value: <Grams wei={data.escrowed} /> },
              {
                label: <b className="text-ink">All EAU</b>,
                value: (
                  <b>
                    <Grams wei={data.supply} />
                  </b>
                ),
              },
              { label: 'Fine gold in active bars', value: <FineWeight mg={data.backingMg} /> },
              { label: 'Fine gold set aside', value: <FineWeight mg={data.committedMg} /> },
              { label: 'Cover', value: formatBps(data.coverageBps) },
            ]}
          />
          <p className="mt-3 text-[13px] text-ink-2">
            Read from the contracts at block {formatCount(data.blockNumber)},{' '}
            <TimeAgo at={data.at} fromLeft />.
          </p>
        </Section>
        <Section title="Attestation">
          <Attestation attestation={data.attestation} />
        </Section>
      </div>
    </>
  );
}

function Attestation({ attestation }: { attestation: Reserve['attestation'] }) {
  if (!attestation) {
    return (
      <p className="text-ink-2">
        The auditor has not attested the reserve yet, or took it back. Nothing can be minted until there is a
        fresh count.
      </p>
    );
  }
  const days = Math.round(attestation.maxAgeSeconds / DAY_SECONDS);
  return (
    <>
      <Facts
        facts={[
          { label: 'Counted', value: <TimeAgo at={attestation.at} /> },
          {
            label: 'State',
            value: attestation.fresh ? <Tag tone="up">Fresh</Tag> : <Tag tone="down">Too old to mint on</Tag>,
          },
          { label: 'Fine gold counted', value: <FineWeight mg={attestation.fineWeightMg} /> },
          { label: 'Bars counted', value: formatCount(attestation.bars) },
          {
            label: 'Root of the bar list',
            value: <Hash value={attestation.root} label="root of the bar list" />,
          },
          ...(attestation.uri
            ? [{ label: 'Report', value: <span className="break-all">{attestation.uri}</span> }]
            : []),
        ]}
      />
      <p className="mt-3 text-[13px] text-ink-2">
        The token mints only on an attestation that is not older than {days > 1 ? `${days} days` : 'a day'}.
        Its root binds the list of bars, each with its fine weight.
      </p>
    </>
  );
}
