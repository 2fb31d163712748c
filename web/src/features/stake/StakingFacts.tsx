'use client';

import type { Staking } from '@e-aurum/sdk/rest';
import type { Result } from '@/shared/api/problem';
import { useApi } from '@/shared/api/use-api';
import { formatBps, formatGrams } from '@/shared/format/money';
import { Grams } from '@/shared/ui/Amount';
import { FactBand } from '@/shared/ui/Section';
import { Failed, Skeleton, Stale } from '@/shared/ui/State';
import { StreamPanel } from './StreamPanel';

const REFRESH_MS = 8_000;
const SHARE_UNIT = 10n ** 18n;

/** The rate in plain words: what 100 g would have received in a year, at the pace of the last 30 days. */
function rateWords({ annualRateBps }: Staking): string {
  if (annualRateBps === null) return 'There were no stakers or no fees yet, so there is no rate to tell.';
  const gramsPerYear = (100n * SHARE_UNIT * BigInt(annualRateBps)) / 10_000n;
  return `At the pace of the last 30 days, 100 g staked for a year would receive ${formatGrams(gramsPerYear, 2)}. It is not promised: it is what traders pay.`;
}

export function StakingFacts({ initial }: { initial: Result<Staking> }) {
  const { data, problem, stale, refetch } = useApi<Staking>('/v1/staking', {
    initial,
    refreshMs: REFRESH_MS,
  });
  if (problem) return <Failed what="staking" problem={problem} retry={refetch} />;
  if (!data) return <Skeleton className="h-48" />;
  return (
    <>
      <FactBand
        facts={[
          { label: 'staked by all', value: <Grams wei={data.totalAssets} fromLeft /> },
          {
            label: 'fees of the last 30 days',
            value: <Grams wei={data.feesLast30Days} places={4} fromLeft />,
          },
          {
            label: 'a year, at that pace',
            value: data.annualRateBps === null ? 'none yet' : formatBps(data.annualRateBps),
          },
          { label: 'waiting to be streamed', value: <Grams wei={data.pendingFees} places={4} fromLeft /> },
        ]}
      />
      <p className="mt-3 max-w-[66ch] text-[14px] text-ink-2">{rateWords(data)}</p>
      {stale && <Stale>The service does not answer; these are the last figures we had.</Stale>}
      <StreamPanel staking={data} />
    </>
  );
}
