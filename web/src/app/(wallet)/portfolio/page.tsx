import type { Metadata } from 'next';
import { SessionGate } from '@/chain/account/Gates';
import { PortfolioView } from '@/features/portfolio/PortfolioView';
import { PageTitle } from '@/shared/ui/Section';

export const metadata: Metadata = { title: 'Portfolio' };

export default function PortfolioPage() {
  return (
    <>
      <PageTitle title="Your gold" />
      <SessionGate what="your portfolio">
        <PortfolioView />
      </SessionGate>
    </>
  );
}
