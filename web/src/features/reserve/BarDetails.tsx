'use client';

import { formatFineness, formatOunces } from '@e-aurum/sdk';
import type { BarDetail } from '@e-aurum/sdk/rest';
import type { Result } from '@/shared/api/problem';
import { useApi } from '@/shared/api/use-api';
import { formatCount } from '@/shared/format/money';
import { BarTag } from '@/shared/reserve/BarTag';
import { BAR_MEANING, barEventWords } from '@/shared/reserve/bar-words';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { FineWeight } from '@/shared/ui/Amount';
import { ButtonLink } from '@/shared/ui/Button';
import { Hallmark } from '@/shared/ui/Hallmark';
import { Hash } from '@/shared/ui/Hash';
import { Link } from '@/shared/ui/Link';
import { Facts, Section } from '@/shared/ui/Section';
import { Empty, Failed, SkeletonRows } from '@/shared/ui/State';

const REFRESH_MS = 15_000;

export function BarDetails({ barId, initial }: { barId: string; initial: Result<BarDetail> }) {
  const { data, problem, refetch } = useApi<BarDetail>(`/v1/reserve/bars/${barId}`, {
    initial,
    refreshMs: REFRESH_MS,
  });
  if (problem?.status === 404) {
    return (
      <div className="pt-14">
        <Empty title="There is no such bar" action={<ButtonLink href="/reserve">See every bar</ButtonLink>}>
          Nothing was ever booked under this id.
        </Empty>
      </div>
    );
  }
  if (problem) {
    return (
      <div className="pt-14">
        <Failed what="this bar" problem={problem} retry={refetch} />
      </div>
    );
  }
  if (!data) return <SkeletonRows rows={8} label="The bar is loading" />;
  return (
    <>
      <div className="pt-10 pb-6 sm:pt-14">
        <p className="mb-3 text-[14px] text-ink-2">
          <Link
            href="/reserve"
            className="underline decoration-edge underline-offset-4 hover:decoration-gold"
          >
            The reserve
          </Link>
        </p>
        <h1 className="display-serif flex flex-wrap items-center gap-x-4 gap-y-2 text-[40px] sm:text-[48px]">
          <span className="inline-flex origin-left scale-[1.7] pr-6">
            <Hallmark refiner={data.refiner} />
          </span>
          {data.serial}, {data.year}
          <BarTag state={data.state} />
        </h1>
        <p className="mt-2.5 max-w-[62ch] text-ink-2">{BAR_MEANING[data.state]}</p>
      </div>
      <div className="grid gap-x-14 lg:grid-cols-2">
        <Section title="The bar">
          <Facts
            facts={[
              { label: 'Refiner', value: data.refiner },
              { label: 'Serial, year', value: `${data.serial}, ${data.year}` },
              { label: 'Vault', value: data.vault },
              {
                label: 'Gross weight',
                value: (
                  <>
                    <FineWeight mg={data.grossWeightMg} /> · {formatOunces(BigInt(data.grossWeightMg))}
                  </>
                ),
              },
              { label: 'Fineness', value: formatFineness(data.fineness) },
              {
                label: 'Fine weight',
                value: (
                  <b>
                    <FineWeight mg={data.fineWeightMg} /> · {formatOunces(BigInt(data.fineWeightMg))}
                  </b>
                ),
              },
              {
                label: 'Documents',
                value: <Hash value={data.documentsHash} label="hash of the documents" />,
              },
              {
                label: 'Certificate',
                value: data.holder ? (
                  <>
                    held by <Hash value={data.holder} label="holder of the certificate" />
                  </>
                ) : (
                  'locked in the reserve'
                ),
              },
              ...(data.redemptionId
                ? [{ label: 'Set aside for', value: `redemption ${data.redemptionId}` }]
                : []),
            ]}
          />
          <p className="mt-4 text-[13px] text-ink-2">
            Certificate number, the hash of refiner, serial and year:
          </p>
          <Hash whole value={data.barId} label="certificate number" className="mt-1 text-[12.5px]" />
        </Section>
        <Section title="What happened to it">
          <ol className="border-t border-line">
            {data.history.map(({ event, at, by, blockNumber, transactionHash, note }) => (
              <li
                key={`${transactionHash}${event}`}
                className="grid grid-cols-[1fr_auto] gap-x-4 border-b border-line py-3"
              >
                <span className="font-semibold">{barEventWords(event)}</span>
                <span className="text-right text-[13.5px]">
                  <TimeAgo at={at} />
                </span>
                <span className="col-span-2 text-[13.5px] text-ink-2">
                  {note && <>{note}. </>}
                  {by && (
                    <>
                      By <Hash value={by} label="account" />,{' '}
                    </>
                  )}
                  block {formatCount(blockNumber)}, <Hash value={transactionHash} label="transaction hash" />
                </span>
              </li>
            ))}
          </ol>
        </Section>
      </div>
    </>
  );
}
