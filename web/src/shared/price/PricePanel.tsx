'use client';

import type { LatestPrice, PriceHistory } from '@e-aurum/sdk/rest';
import type { Result } from '../api/problem';
import { useApi } from '../api/use-api';
import { PriceChart } from '../chart/PriceChart';
import { formatUsd } from '../format/money';
import { Note } from '../ui/Note';
import { Failed, Skeleton, Stale } from '../ui/State';
import { PriceFigure } from './PriceFigure';
import { useLatestPrice } from './use-latest-price';
import { marketNotice } from './words';

const HISTORY_REFRESH_MS = 60_000;

interface PricePanelProps {
  price: Result<LatestPrice>;
  history: Result<PriceHistory>;
  historyPath: string;
  days: number;
  /** Leaves the notice about the market to somebody else on the page. */
  withoutNotice?: boolean;
}

/** The price now and its line over some days. */
export function PricePanel({ price, history, historyPath, days, withoutNotice }: PricePanelProps) {
  const latest = useLatestPrice(price);
  const past = useApi<PriceHistory>(historyPath, { initial: history, refreshMs: HISTORY_REFRESH_MS });
  const notice = !withoutNotice && latest.data && marketNotice(latest.data);
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
            label={`Price of one gram over ${days} days`}
            footnote={
              past.data.points.length > 1
                ? `on-chain observations, ${days} days · low ${formatUsd(BigInt(past.data.lowUsdPerGram))} · high ${formatUsd(BigInt(past.data.highUsdPerGram))}`
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
