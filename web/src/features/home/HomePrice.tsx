'use client';

import type { LatestPrice, PriceHistory } from '@e-aurum/sdk/rest';
import type { Result } from '@/shared/api/problem';
import { useApi } from '@/shared/api/use-api';
import { PriceChart } from '@/shared/chart/PriceChart';
import { formatUsd } from '@/shared/format/money';
import { PriceFigure } from '@/shared/price/PriceFigure';
import { useLatestPrice } from '@/shared/price/use-latest-price';
import { marketNotice } from '@/shared/price/words';
import { Note } from '@/shared/ui/Note';
import { Failed, Skeleton, Stale } from '@/shared/ui/State';

const HISTORY_REFRESH_MS = 60_000;

interface HomePriceProps {
  price: Result<LatestPrice>;
  history: Result<PriceHistory>;
  historyPath: string;
}

export function HomePrice({ price, history, historyPath }: HomePriceProps) {
  const latest = useLatestPrice(price);
  const past = useApi<PriceHistory>(historyPath, { initial: history, refreshMs: HISTORY_REFRESH_MS });
  const notice = latest.data && marketNotice(latest.data);
  return (
    <section aria-label="Price of one gram">
      {latest.data ? (
        <PriceFigure price={latest.data} />
      ) : latest.problem ? (
        <Failed what="the price" problem={latest.problem} retry={latest.refetch} />
      ) : (
        <Skeleton className="h-28 w-64" />
      )}
      {latest.stale && <Stale>The service does not answer; this is the last price we had.</Stale>}
      {notice && (
        <div className="mt-4">
          <Note tone={notice.tone} title={notice.title}>
            {notice.text}
          </Note>
        </div>
      )}
      <div className="mt-5">
        {past.data ? (
          <PriceChart
            history={past.data.points}
            label="Price of one gram over 90 days"
            footnote={
              past.data.points.length > 1
                ? `on-chain observations, 90 days · low ${formatUsd(BigInt(past.data.lowUsdPerGram))} · high ${formatUsd(BigInt(past.data.highUsdPerGram))}`
                : undefined
            }
          />
        ) : past.problem ? (
          !latest.problem && <Failed what="the price history" problem={past.problem} retry={past.refetch} />
        ) : (
          <Skeleton className="h-60" />
        )}
      </div>
    </section>
  );
}
