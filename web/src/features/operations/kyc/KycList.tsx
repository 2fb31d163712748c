'use client';

import type { KycReview } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import { useApi } from '@/shared/api/use-api';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Button } from '@/shared/ui/Button';
import { Hash, shortenHex } from '@/shared/ui/Hash';
import { Segments } from '@/shared/ui/Segments';
import { Empty, Failed, SkeletonRows, Stale } from '@/shared/ui/State';
import { Table } from '@/shared/ui/Table';
import { Tag } from '@/shared/ui/Tag';
import { useView } from '../use-view';
import { KYC_PATH, KYC_TONES, KYC_WORDS, type KycState } from './words';

const REFRESH_MS = 4_000;
const SHOWN = 100;
const FILTERS = [
  { key: 'submitted', title: 'To review' },
  { key: 'approving', title: 'On their way' },
  { key: 'approved', title: 'Approved' },
  { key: 'rejected', title: 'Rejected' },
  { key: 'revoked', title: 'Revoked' },
  { key: 'all', title: 'All' },
] as const satisfies readonly { key: KycState | 'all'; title: string }[];

export function KycList() {
  const [filter, setFilter] = useState<KycState | 'all'>('submitted');
  const { go } = useView();
  const query = filter === 'all' ? '' : `&state=${filter}`;
  const { data, problem, stale, refetch } = useApi<{ items: KycReview[]; next: string | null }>(
    `${KYC_PATH}?limit=${SHOWN}${query}`,
    { refreshMs: REFRESH_MS, keepPrevious: true },
  );
  return (
    <>
      <Segments label="Which applications" options={FILTERS} selected={filter} onSelect={setFilter} />
      <div className="mt-4">
        {problem && <Failed what="the applications" problem={problem} retry={refetch} />}
        {!problem && !data && <SkeletonRows rows={5} label="The applications are loading" />}
        {stale && <Stale>The service does not answer; this is the last list we had.</Stale>}
        {data && data.items.length === 0 && (
          <Empty title={filter === 'submitted' ? 'Nothing to review' : 'None'}>
            {filter === 'submitted'
              ? 'Whoever applies next shows here within seconds.'
              : 'No application is in this state.'}
          </Empty>
        )}
        {data && data.items.length > 0 && <Cases cases={data.items} onOpen={(id) => go('kyc', id)} />}
        {data?.next && (
          <p className="mt-3 text-[13px] text-ink-2">
            These are the newest {SHOWN}; narrow them down by state.
          </p>
        )}
      </div>
    </>
  );
}

function Cases({ cases, onOpen }: { cases: readonly KycReview[]; onOpen: (id: string) => void }) {
  return (
    <Table
      caption="Applications, newest first"
      rows={cases}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'account',
          head: 'Account',
          phone: 'a',
          cell: ({ account }) => <Hash value={account} label="account" />,
        },
        {
          key: 'submitted',
          head: 'Sent',
          right: true,
          phone: 'c',
          cell: ({ submittedAt }) => <TimeAgo at={submittedAt} />,
        },
        {
          key: 'state',
          head: 'State',
          right: true,
          phone: 'b',
          cell: ({ state }) => <Tag tone={KYC_TONES[state]}>{KYC_WORDS[state]}</Tag>,
        },
        {
          key: 'open',
          head: <span className="sr-only">Open</span>,
          right: true,
          phone: 'd',
          cell: ({ id, account, state }) => (
            <Button small onClick={() => onOpen(id)}>
              {state === 'submitted' ? 'Review' : 'Open'}
              <span className="sr-only"> {shortenHex(account)}</span>
            </Button>
          ),
        },
      ]}
    />
  );
}
