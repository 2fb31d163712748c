'use client';

import type { LatestPrice } from '@e-aurum/sdk/rest';
import type { Result } from '@/shared/api/problem';
import { formatNewYork } from '@/shared/format/time';
import { PriceFigure } from '@/shared/price/PriceFigure';
import { useLatestPrice } from '@/shared/price/use-latest-price';
import { MODE_MEANING, MODE_TONES, MODE_WORDS, marketNotice, SOURCE_WORDS } from '@/shared/price/words';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Usd } from '@/shared/ui/Amount';
import { Note } from '@/shared/ui/Note';
import { Facts } from '@/shared/ui/Section';
import { Failed, Skeleton, Stale } from '@/shared/ui/State';
import { Tag } from '@/shared/ui/Tag';
import { FeedTable } from './FeedTable';

export function PriceNow({ initial }: { initial: Result<LatestPrice> }) {
  const { data, problem, stale, refetch } = useLatestPrice(initial);
  if (problem) return <Failed what="the price" problem={problem} retry={refetch} />;
  if (!data) return <Skeleton className="h-40" />;
  const notice = marketNotice(data);
  return (
    <>
      <div className="grid gap-8 md:grid-cols-2 md:gap-14">
        <div>
          <PriceFigure price={data} />
          {stale && <Stale>The service does not answer; this is the last price we had.</Stale>}
        </div>
        <div>
          <Facts
            facts={[
              { label: 'Mode', value: <Tag tone={MODE_TONES[data.mode]}>{MODE_WORDS[data.mode]}</Tag> },
              { label: 'Comes from', value: SOURCE_WORDS[data.source] },
              ...(data.mode === 'Halted'
                ? []
                : [
                    { label: 'Low of the live feeds', value: <Usd value={data.lowUsdPerGram} places={4} /> },
                    {
                      label: 'High of the live feeds',
                      value: <Usd value={data.highUsdPerGram} places={4} />,
                    },
                  ]),
              {
                label: 'Gold market',
                value: (
                  <>
                    {data.marketOpen ? 'open' : 'closed'}
                    {data.marketChangesAt &&
                      `, ${data.marketOpen ? 'closes' : 'opens'} ${formatNewYork(Date.parse(data.marketChangesAt))}`}
                  </>
                ),
              },
              {
                label: 'Last observation',
                value: data.observation ? <TimeAgo at={data.observation.at} /> : 'none yet',
              },
            ]}
          />
          <p className="mt-3 text-[13px] text-ink-2">{MODE_MEANING[data.mode]}</p>
        </div>
      </div>
      {notice && (
        <div className="mt-5">
          <Note tone={notice.tone} title={notice.title}>
            {notice.text}
          </Note>
        </div>
      )}
      <FeedTable feeds={data.feeds} />
    </>
  );
}
