import type { Staking } from '@e-aurum/sdk/rest';
import type { Metadata } from 'next';
import { Position } from '@/features/stake/Position';
import { StakeForm } from '@/features/stake/StakeForm';
import { StakingFacts } from '@/features/stake/StakingFacts';
import { readApi } from '@/server/api';
import { PageTitle } from '@/shared/ui/Section';

export const metadata: Metadata = { title: 'Stake' };

export default async function StakePage() {
  const staking = await readApi<Staking>('/v1/staking');
  return (
    <>
      <PageTitle title="Stake gold">
        Staked gold receives the fees that traders pay, in gold. Nothing is lent out and nothing is minted for
        it; take it out whenever you like.
      </PageTitle>
      <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_400px] lg:gap-[52px]">
        <div className="lg:order-last">
          <StakeForm />
        </div>
        <div className="min-w-0">
          <Position />
          <StakingFacts initial={staking} />
        </div>
      </div>
    </>
  );
}
