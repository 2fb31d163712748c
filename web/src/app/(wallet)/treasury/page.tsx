import type { Treasury } from '@e-aurum/sdk/rest';
import type { Metadata } from 'next';
import { TreasuryView } from '@/features/treasury/TreasuryView';
import { TREASURY_PATH } from '@/features/treasury/words';
import { readApi } from '@/server/api';
import { PageTitle } from '@/shared/ui/Section';

export const metadata: Metadata = { title: 'Treasury' };

export default async function TreasuryPage() {
  const treasury = await readApi<Treasury>(TREASURY_PATH);
  return (
    <>
      <PageTitle title="Treasury">
        What can change these contracts, who has to agree to it, and how long everybody has to object. Anybody
        may read it.
      </PageTitle>
      <TreasuryView initial={treasury} />
    </>
  );
}
