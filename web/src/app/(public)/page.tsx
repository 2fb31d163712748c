import type { LatestPrice, PriceHistory, Reserve } from '@e-aurum/sdk/rest';
import { HomeReserve } from '@/features/home/HomeReserve';
import { HowItWorks } from '@/features/home/HowItWorks';
import { readApi } from '@/server/api';
import { PricePanel } from '@/shared/price/PricePanel';
import { ButtonLink } from '@/shared/ui/Button';

const HISTORY = '/v1/prices/history?days=90&points=360';

export default async function HomePage() {
  const [price, history, reserve] = await Promise.all([
    readApi<LatestPrice>('/v1/prices/latest'),
    readApi<PriceHistory>(HISTORY),
    readApi<Reserve>('/v1/reserve'),
  ]);
  return (
    <>
      <div className="grid gap-8 py-8 sm:py-14 lg:grid-cols-[380px_minmax(0,1fr)] lg:gap-[52px]">
        <div>
          <h1 className="display-serif max-w-[11ch] text-[46px] leading-[1.02] sm:text-[58px]">
            Gold you can check, gram by gram.
          </h1>
          <p className="mt-3.5 mb-6 max-w-[36ch] text-[17px] text-ink-2">
            One EAU is one gram of fine gold in a numbered bar. Buy it at the market price, or have the bar
            sent to you.
          </p>
          <div className="flex flex-wrap gap-2">
            <ButtonLink href="/trade" kind="gold">
              Buy gold
            </ButtonLink>
            <ButtonLink href="/reserve">Check the reserve</ButtonLink>
          </div>
        </div>
        <PricePanel price={price} history={history} historyPath={HISTORY} days={90} />
      </div>
      <HomeReserve initial={reserve} />
      <HowItWorks />
    </>
  );
}
