import type { LatestPrice, PriceHistory } from '@e-aurum/sdk/rest';
import type { Metadata } from 'next';
import { HistoryChart } from '@/features/prices/HistoryChart';
import { Observations } from '@/features/prices/Observations';
import { PriceNow } from '@/features/prices/PriceNow';
import { DEFAULT_RANGE, historyPath, type ObservationPage, observationsPath } from '@/features/prices/paths';
import { readApi } from '@/server/api';
import { PageTitle } from '@/shared/ui/Section';

export const metadata: Metadata = { title: 'Prices' };

export default async function PricesPage() {
  const [price, history, observations] = await Promise.all([
    readApi<LatestPrice>('/v1/prices/latest'),
    readApi<PriceHistory>(historyPath(DEFAULT_RANGE)),
    readApi<ObservationPage>(observationsPath(null, null)),
  ]);
  return (
    <>
      <PageTitle title="Prices">
        Where the price comes from, and every price that was ever given out. All of it is on the chain.
      </PageTitle>
      <HistoryChart initial={history} />
      <div className="pt-10">
        <PriceNow initial={price} />
      </div>
      <Observations initial={observations} />
    </>
  );
}
