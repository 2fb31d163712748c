import type { Reserve } from '@e-aurum/sdk/rest';
import type { Metadata } from 'next';
import { Bars } from '@/features/reserve/Bars';
import { BARS_PATH, type BarPage } from '@/features/reserve/bar-list';
import { CheckYourself } from '@/features/reserve/CheckYourself';
import { ReserveOverview } from '@/features/reserve/ReserveOverview';
import { readApi } from '@/server/api';
import { PageTitle } from '@/shared/ui/Section';

export const metadata: Metadata = { title: 'Reserve' };

export default async function ReservePage() {
  const [reserve, bars] = await Promise.all([readApi<Reserve>('/v1/reserve'), readApi<BarPage>(BARS_PATH)]);
  return (
    <>
      <PageTitle title="The reserve">
        Every gram of EAU is a gram of fine gold in one of these bars. The token can’t mint more than they
        weigh.
      </PageTitle>
      <ReserveOverview initial={reserve} />
      <Bars initial={bars} />
      <CheckYourself />
    </>
  );
}
