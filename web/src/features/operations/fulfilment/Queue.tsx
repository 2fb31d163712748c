'use client';

import type { Redemption } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import { useChainNow } from '@/chain/use-chain-now';
import { bars, type RedemptionState, STATE_TONES, STATE_WORDS } from '@/features/redeem/words';
import { useApi } from '@/shared/api/use-api';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Grams } from '@/shared/ui/Amount';
import { Button } from '@/shared/ui/Button';
import { Segments } from '@/shared/ui/Segments';
import { Empty, Failed, SkeletonRows, Stale } from '@/shared/ui/State';
import { Table } from '@/shared/ui/Table';
import { Tag } from '@/shared/ui/Tag';
import { useView } from '../use-view';
import { REDEMPTIONS_PATH } from './paths';

const REFRESH_MS = 3_000;
const SHOWN = 100;
const FILTERS = [
  { key: 'Requested', title: 'Requested' },
  { key: 'Accepted', title: 'To ship' },
  { key: 'Shipped', title: 'On their way' },
  { key: 'Disputed', title: 'Disputed' },
  { key: 'all', title: 'All' },
] as const satisfies readonly { key: RedemptionState | 'all'; title: string }[];
type Filter = (typeof FILTERS)[number]['key'];

/** What waits for the vault, by state. */
export function Queue() {
  const [filter, setFilter] = useState<Filter>('Requested');
  const { go } = useView();
  const query = filter === 'all' ? '' : `&state=${filter}`;
  const { data, problem, stale, refetch } = useApi<{ items: Redemption[]; next: string | null }>(
    `${REDEMPTIONS_PATH}?limit=${SHOWN}${query}`,
    { refreshMs: REFRESH_MS, keepPrevious: true },
  );
  return (
    <>
      <Segments label="Which redemptions" options={FILTERS} selected={filter} onSelect={setFilter} />
      <div className="mt-4">
        {problem && <Failed what="the redemptions" problem={problem} retry={refetch} />}
        {!problem && !data && <SkeletonRows rows={5} label="The redemptions are loading" />}
        {stale && <Stale>The service does not answer; this is the last list we had.</Stale>}
        {data && data.items.length === 0 && (
          <Empty title="None here">No redemption is in this state now.</Empty>
        )}
        {data && data.items.length > 0 && (
          <Rows redemptions={data.items} onOpen={(id) => go('redemptions', id)} />
        )}
        {data?.next && (
          <p className="mt-3 text-[13px] text-ink-2">
            These are the newest {SHOWN}; narrow them down by state.
          </p>
        )}
      </div>
    </>
  );
}

/** Until when somebody has to act, and who. */
function Due({ redemption, nowMs }: { redemption: Redemption; nowMs: number }) {
  const { state, shipBy, deliverBy, provenAt, attestedAt } = redemption;
  if (state === 'Disputed') return 'the treasury decides';
  if (state === 'Shipped' && attestedAt) return 'to complete';
  if (state === 'Shipped' && provenAt) return 'the auditor attests';
  const due = state === 'Shipped' ? deliverBy : state === 'Requested' || state === 'Accepted' ? shipBy : null;
  if (!due) return '–';
  return (
    <span className={Date.parse(due) < nowMs ? 'text-down' : undefined}>
      <TimeAgo at={due} />
    </span>
  );
}

function Rows({ redemptions, onOpen }: { redemptions: readonly Redemption[]; onOpen: (id: string) => void }) {
  const { nowMs } = useChainNow();
  return (
    <Table
      caption="Redemptions, newest first"
      rows={redemptions}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'what',
          head: 'Redemption',
          phone: 'a',
          cell: ({ id, productName, count }) => (
            <>
              {id}: {productName}
              {count > 1 && `, ${bars(count)}`}
            </>
          ),
        },
        {
          key: 'escrow',
          head: 'In escrow',
          right: true,
          phone: 'none',
          cell: ({ escrow }) => <Grams wei={escrow} />,
        },
        {
          key: 'due',
          head: 'Due',
          right: true,
          phone: 'c',
          cell: (redemption) => <Due redemption={redemption} nowMs={nowMs} />,
        },
        {
          key: 'state',
          head: 'State',
          right: true,
          phone: 'b',
          cell: ({ state }) => <Tag tone={STATE_TONES[state]}>{STATE_WORDS[state]}</Tag>,
        },
        {
          key: 'open',
          head: <span className="sr-only">Open</span>,
          right: true,
          phone: 'd',
          cell: ({ id }) => (
            <Button small onClick={() => onOpen(id)}>
              Open<span className="sr-only"> redemption {id}</span>
            </Button>
          ),
        },
      ]}
    />
  );
}
