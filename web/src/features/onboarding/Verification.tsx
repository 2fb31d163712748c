'use client';

import type { KycCase } from '@e-aurum/sdk/rest';
import { type ReactNode, useState } from 'react';
import { useAccount } from '@/chain/account/use-account';
import { useEligibility } from '@/chain/account/use-eligibility';
import { useSession } from '@/chain/account/use-session';
import { useApi } from '@/shared/api/use-api';
import { formatDay } from '@/shared/format/time';
import { useNow } from '@/shared/time/clock';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { Hash } from '@/shared/ui/Hash';
import { Failed, SkeletonRows } from '@/shared/ui/State';
import { Tag, type Tone } from '@/shared/ui/Tag';
import { KycForm } from './KycForm';

const REFRESH_MS = 3_000;

/** The applicant's case, whatever it is at: to be filled in, waiting, approved, or why not. */
export function Verification() {
  const { address } = useAccount();
  const { eligible } = useEligibility(address);
  const { me } = useSession();
  const applied = me !== null && me.kyc !== 'none';
  const { data, problem, isPending, refetch } = useApi<KycCase>(applied ? '/v1/kyc/case' : null, {
    refreshMs: REFRESH_MS,
  });
  const [again, setAgain] = useState(false);
  if (problem && problem.status !== 404)
    return <Failed what="your application" problem={problem} retry={refetch} />;
  if (applied && isPending && !problem) return <SkeletonRows rows={6} label="Your application is loading" />;
  if (eligible && data?.state !== 'revoked') return <Verified kycCase={data} />;
  if (
    !data ||
    (again && (data.state === 'rejected' || data.state === 'revoked' || data.state === 'approved'))
  )
    return <KycForm />;
  return <CaseState kycCase={data} onAgain={() => setAgain(true)} />;
}

function Verified({ kycCase }: { kycCase: KycCase | undefined }) {
  return (
    <State tag="Verified" tone="up" title="You are verified">
      <p>
        The registry on the chain says so
        {kycCase?.expiresAt && <>, until {formatDay(Date.parse(kycCase.expiresAt))}</>}. You can buy, sell and
        have bars delivered.
      </p>
      <div className="mt-5 flex flex-wrap gap-2">
        <ButtonLink href="/trade" kind="gold">
          Buy gold
        </ButtonLink>
        <ButtonLink href="/portfolio">Open the portfolio</ButtonLink>
      </div>
    </State>
  );
}

function CaseState({ kycCase, onAgain }: { kycCase: KycCase; onAgain: () => void }) {
  const now = useNow();
  const { state, submittedAt, decidedAt, reason, transaction } = kycCase;
  switch (state) {
    case 'submitted':
      return (
        <State tag="Waiting" tone="warn" title="We are reading it">
          <p>
            You sent it <TimeAgo at={submittedAt} fromLeft />. A person checks it, usually within a day. This
            page shows the decision as soon as there is one; you need not stay.
          </p>
        </State>
      );
    case 'approving':
    case 'approved':
      if (kycCase.expiresAt && Date.parse(kycCase.expiresAt) < now)
        return (
          <State tag="Expired" tone="warn" title="Your verification ran out">
            <p>
              It was good until {formatDay(Date.parse(kycCase.expiresAt))}. Send your details again to renew
              it.
            </p>
            <Again onAgain={onAgain}>Apply again</Again>
          </State>
        );
      return (
        <State tag="Approved" tone="up" title="Approved, on its way to the chain">
          <p>
            The registry is being told
            {decidedAt && (
              <>
                , since <TimeAgo at={decidedAt} fromLeft />
              </>
            )}
            . It takes a few seconds; then you can buy.
          </p>
          {transaction?.hash && (
            <p className="mt-2 text-[13.5px]">
              Transaction <Hash value={transaction.hash} label="transaction hash" />, {transaction.state}
            </p>
          )}
          {transaction?.error && <p className="mt-2 text-[13.5px] text-down">{transaction.error}</p>}
        </State>
      );
    case 'rejected':
      return (
        <State tag="Not approved" tone="down" title="We could not approve it">
          <p>{reason}</p>
          <Again onAgain={onAgain}>Apply again</Again>
        </State>
      );
    case 'revoked':
      return (
        <State tag="Revoked" tone="down" title="Your verification was taken back">
          <p>{reason}</p>
          <p className="mt-2">Your gold stays yours: you can hold it, send it and take it out of staking.</p>
          <Again onAgain={onAgain}>Apply again</Again>
        </State>
      );
  }
}

function Again({ onAgain, children }: { onAgain: () => void; children: ReactNode }) {
  return (
    <Button className="mt-5" onClick={onAgain}>
      {children}
    </Button>
  );
}

function State({
  tag,
  tone,
  title,
  children,
}: {
  tag: string;
  tone: Tone;
  title: string;
  children: ReactNode;
}) {
  return (
    <section role="status" aria-label="Your verification" className="border-y border-line py-8">
      <Tag tone={tone}>{tag}</Tag>
      <h2 className="display-serif mt-2 text-[32px]">{title}</h2>
      <div className="mt-2 max-w-[60ch] text-ink-2">{children}</div>
    </section>
  );
}
