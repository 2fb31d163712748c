'use client';

import type { OperationsOverview } from '@e-aurum/sdk/rest';
import { useApi } from '@/shared/api/use-api';
import { formatCount } from '@/shared/format/money';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Button } from '@/shared/ui/Button';
import { FactBand, Facts, Section } from '@/shared/ui/Section';
import { Failed, SkeletonRows, Stale } from '@/shared/ui/State';
import { useView } from './use-view';

const REFRESH_MS = 5_000;
const LATE_BLOCKS = 20;

/** What waits for somebody, and how the services are. */
export function Overview() {
  const { data, problem, stale, refetch } = useApi<OperationsOverview>('/v1/operations/overview', {
    refreshMs: REFRESH_MS,
  });
  const { go } = useView();
  if (problem) return <Failed what="the overview" problem={problem} retry={refetch} />;
  if (!data) return <SkeletonRows rows={4} label="The overview is loading" />;
  const { indexer } = data;
  return (
    <>
      <FactBand
        facts={[
          { label: 'applications to review', value: formatCount(data.kycWaiting) },
          { label: 'redemptions under way', value: formatCount(data.redemptionsOpen) },
          {
            label: 'of them late',
            value: (
              <span className={data.redemptionsLate > 0 ? 'text-down' : undefined}>
                {formatCount(data.redemptionsLate)}
              </span>
            ),
          },
          { label: 'transactions on their way', value: formatCount(data.transactionsPending) },
        ]}
      />
      {stale && <Stale>The service does not answer; these are the last figures we had.</Stale>}
      <div className="mt-5 flex flex-wrap gap-2">
        <Button onClick={() => go('kyc')}>Review applications</Button>
        <Button onClick={() => go('redemptions')}>Serve redemptions</Button>
        <Button onClick={() => go('bars')}>Book and endorse bars</Button>
      </div>
      <Section title="The services" className="pt-10">
        <div className="max-w-[520px]">
          <Facts
            facts={[
              { label: 'Read to block', value: formatCount(indexer.checkpointBlock) },
              { label: 'Final block of the chain', value: formatCount(indexer.finalizedBlock) },
              {
                label: 'Behind',
                value: (
                  <span className={indexer.lagBlocks > LATE_BLOCKS ? 'text-down' : undefined}>
                    {formatCount(indexer.lagBlocks)} blocks
                  </span>
                ),
              },
              {
                label: 'Last written',
                value: indexer.updatedAt ? <TimeAgo at={indexer.updatedAt} /> : 'never yet',
              },
              { label: 'Waiting in the outbox', value: formatCount(data.outboxWaiting) },
              { label: 'Queues run on', value: data.queueBackend === 'redis' ? 'Redis' : 'PostgreSQL' },
            ]}
          />
        </div>
      </Section>
    </>
  );
}
