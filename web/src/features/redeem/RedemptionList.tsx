'use client';

import type { Redemption } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import { useApi } from '@/shared/api/use-api';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Grams } from '@/shared/ui/Amount';
import { Button } from '@/shared/ui/Button';
import { Link } from '@/shared/ui/Link';
import { Failed, SkeletonRows, Stale } from '@/shared/ui/State';
import { Table } from '@/shared/ui/Table';
import { Tag } from '@/shared/ui/Tag';
import { bars, STATE_TONES, STATE_WORDS } from './words';

const REFRESH_MS = 5_000;
const PAGE = 20;
const MOST = 100;

interface RedemptionPage {
  items: Redemption[];
  next: string | null;
}

const isOpen = ({ state }: Redemption): boolean =>
  state === 'Requested' || state === 'Accepted' || state === 'Shipped' || state === 'Disputed';

/** The signed-in account's redemptions; `openOnly`: those that are under way. */
export function RedemptionList({ openOnly = false }: { openOnly?: boolean }) {
  const [limit, setLimit] = useState(PAGE);
  const { data, problem, stale, refetch } = useApi<RedemptionPage>(`/v1/redemptions?limit=${limit}`, {
    refreshMs: REFRESH_MS,
    keepPrevious: true,
  });
  if (problem) return <Failed what="your redemptions" problem={problem} retry={refetch} />;
  if (!data) return <SkeletonRows rows={3} label="Your redemptions are loading" />;
  const rows = openOnly ? data.items.filter(isOpen) : data.items;
  if (rows.length === 0)
    return (
      <p className="text-ink-2">
        {openOnly ? 'No redemption is under way.' : 'You have not asked for a bar yet.'}
      </p>
    );
  return (
    <>
      <RedemptionTable redemptions={rows} />
      {stale && <Stale>The service does not answer; these are the last states we had.</Stale>}
      {!openOnly && data.next && limit < MOST && (
        <Button className="mt-4" small onClick={() => setLimit(MOST)}>
          Show older ones
        </Button>
      )}
    </>
  );
}

function RedemptionTable({ redemptions }: { redemptions: readonly Redemption[] }) {
  return (
    <Table
      caption="Your redemptions, newest first"
      rows={redemptions}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'what',
          head: 'Redemption',
          phone: 'a',
          cell: ({ id, productName, count }) => (
            <Link
              href={`/redeem/${id}`}
              className="underline decoration-edge underline-offset-4 hover:decoration-gold"
            >
              {id}: {productName}
              {count > 1 && `, ${bars(count)}`}
            </Link>
          ),
        },
        {
          key: 'escrow',
          head: 'In escrow',
          right: true,
          phone: 'd',
          cell: (redemption) => (isOpen(redemption) ? <Grams wei={redemption.escrow} /> : 'none'),
        },
        {
          key: 'asked',
          head: 'Requested',
          right: true,
          phone: 'c',
          cell: ({ requestedAt }) => <TimeAgo at={requestedAt} />,
        },
        {
          key: 'state',
          head: 'State',
          right: true,
          phone: 'b',
          cell: ({ state }) => <Tag tone={STATE_TONES[state]}>{STATE_WORDS[state]}</Tag>,
        },
      ]}
    />
  );
}
