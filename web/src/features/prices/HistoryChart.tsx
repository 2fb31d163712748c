'use client';

import type { PriceHistory } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import type { Result } from '@/shared/api/problem';
import { useApi } from '@/shared/api/use-api';
import { PriceChart } from '@/shared/chart/PriceChart';
import { formatCount, formatUsd } from '@/shared/format/money';
import { MODE_MEANING, MODE_WORDS } from '@/shared/price/words';
import { Segments } from '@/shared/ui/Segments';
import { Failed, Skeleton, Stale } from '@/shared/ui/State';
import { DEFAULT_RANGE, historyPath, RANGES, type RangeKey } from './paths';

const REFRESH_MS = 30_000;
const SWATCHES = [
  { mode: 'Degraded', className: 'bg-warn/30' },
  { mode: 'AfterHours', className: 'bg-closed/30' },
  { mode: 'Halted', className: 'bg-down/40' },
] as const;

export function HistoryChart({ initial }: { initial: Result<PriceHistory> }) {
  const [range, setRange] = useState<RangeKey>(DEFAULT_RANGE);
  const { data, problem, stale, refetch, isPlaceholderData } = useApi<PriceHistory>(historyPath(range), {
    ...(range === DEFAULT_RANGE ? { initial } : {}),
    refreshMs: REFRESH_MS,
    keepPrevious: true,
  });
  const { days, title } = RANGES.find(({ key }) => key === range)!;
  return (
    <section aria-label="Price history">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <Segments label="Range" options={RANGES} selected={range} onSelect={setRange} />
        <ul className="flex flex-wrap gap-x-4 text-[12.5px] text-ink-2">
          {SWATCHES.map(({ mode, className }) => (
            <li key={mode} title={MODE_MEANING[mode]} className="flex items-center gap-1.5">
              <i aria-hidden="true" className={`size-2.5 rounded-sm ${className}`} />
              {MODE_WORDS[mode]}
            </li>
          ))}
        </ul>
      </div>
      {data ? (
        <div className={isPlaceholderData ? 'opacity-60' : undefined}>
          <PriceChart
            history={data.points}
            label={`Price of one gram, ${title}`}
            showModes
            className="h-72 sm:h-80"
            footnote={
              data.points.length > 1
                ? `${formatCount(data.observations)} on-chain observations in ${days === 1 ? '24 hours' : `${days} days`} · low ${formatUsd(BigInt(data.lowUsdPerGram))} · high ${formatUsd(BigInt(data.highUsdPerGram))}`
                : undefined
            }
          />
        </div>
      ) : problem ? (
        <Failed what="the price history" problem={problem} retry={refetch} />
      ) : (
        <Skeleton className="h-80" />
      )}
      {stale && <Stale>The service does not answer; this is the last line we had.</Stale>}
      <p className="mt-1 text-[12.5px] text-ink-2">
        Move over the line, or focus it and use the arrow keys, to read every point.
      </p>
    </section>
  );
}
