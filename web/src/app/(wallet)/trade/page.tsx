import type { LatestPrice, PriceHistory } from '@e-aurum/sdk/rest';
import type { Metadata } from 'next';
import { RecentTrades } from '@/features/trade/RecentTrades';
import { TradeForm } from '@/features/trade/TradeForm';
import { readApi } from '@/server/api';
import { PricePanel } from '@/shared/price/PricePanel';
import { PageTitle, Section } from '@/shared/ui/Section';

export const metadata: Metadata = { title: 'Trade' };

const HISTORY = '/v1/prices/history?days=7&points=170';

export default async function TradePage() {
  const [price, history] = await Promise.all([
    readApi<LatestPrice>('/v1/prices/latest'),
    readApi<PriceHistory>(HISTORY),
  ]);
  return (
    <>
      <PageTitle title="Buy and sell gold" />
      <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_400px] lg:gap-[52px]">
        <div className="lg:order-last">
          <TradeForm />
        </div>
        <div className="min-w-0">
          <PricePanel price={price} history={history} historyPath={HISTORY} days={7} withoutNotice />
          <Section title="Your trades" className="pt-10">
            <RecentTrades />
          </Section>
        </div>
      </div>
    </>
  );
}
