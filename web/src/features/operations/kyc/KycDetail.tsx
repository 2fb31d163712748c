'use client';

import type { KycReview } from '@e-aurum/sdk/rest';
import { useApi } from '@/shared/api/use-api';
import { countryName } from '@/shared/format/countries';
import { formatDay } from '@/shared/format/time';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Hash } from '@/shared/ui/Hash';
import { Facts } from '@/shared/ui/Section';
import { Failed, SkeletonRows } from '@/shared/ui/State';
import { Tag } from '@/shared/ui/Tag';
import { Back } from '../Back';
import { JobState } from '../JobState';
import { useView } from '../use-view';
import { Decision } from './Decision';
import { APPLICATION_LABELS, KYC_PATH, KYC_TONES, KYC_WORDS, valueWords } from './words';

const REFRESH_MS = 3_000;
const COUNTRIES = new Set(['nationality', 'country']);

export function KycDetail({ id }: { id: string }) {
  const { go } = useView();
  const { data, problem, refetch } = useApi<KycReview>(`${KYC_PATH}/${encodeURIComponent(id)}`, {
    refreshMs: REFRESH_MS,
  });
  const back = <Back to="All applications" onBack={() => go('kyc')} />;
  if (problem)
    return (
      <>
        {back}
        <Failed what="this application" problem={problem} retry={refetch} />
      </>
    );
  if (!data) return <SkeletonRows rows={8} label="The application is loading" />;
  return (
    <>
      {back}
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 className="display-serif text-[30px]">{data.application?.fullName ?? 'Application'}</h2>
        <Tag tone={KYC_TONES[data.state]}>{KYC_WORDS[data.state]}</Tag>
      </div>
      <p className="mt-1 mb-6 text-[14px] text-ink-2">
        <Hash value={data.account} label="account" />, sent <TimeAgo at={data.submittedAt} />
        {data.decidedBy && (
          <>
            , decided by <Hash value={data.decidedBy} label="who decided" />
          </>
        )}
        {data.expiresAt && <>, good until {formatDay(Date.parse(data.expiresAt))}</>}
      </p>
      <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_380px]">
        <Application review={data} />
        <div className="grid gap-5">
          {data.transaction && <JobState job={data.transaction} />}
          {data.reason && (
            <p>
              <span className="text-ink-2">Reason given: </span>
              {data.reason}
            </p>
          )}
          <Decision review={data} />
        </div>
      </div>
    </>
  );
}

function Application({ review: { application } }: { review: KycReview }) {
  if (!application)
    return (
      <p className="border-y border-line py-6 text-ink-2">
        What this person wrote can’t be read any more: their key was destroyed. The decision stays.
      </p>
    );
  return (
    <section aria-label="What the applicant wrote" className="border-y border-line py-4">
      <Facts
        facts={(Object.keys(APPLICATION_LABELS) as (keyof typeof APPLICATION_LABELS)[]).map((field) => ({
          label: APPLICATION_LABELS[field],
          value: COUNTRIES.has(field) ? countryName(application[field]) : valueWords(application[field]),
        }))}
      />
      <p className="mt-3 text-[13px] text-ink-2">
        Decrypted for you alone. It is never logged, and never goes to the chain.
      </p>
    </section>
  );
}
