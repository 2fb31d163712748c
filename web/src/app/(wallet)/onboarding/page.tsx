import type { Metadata } from 'next';
import { SessionGate } from '@/chain/account/Gates';
import { Steps } from '@/features/onboarding/Steps';
import { Verification } from '@/features/onboarding/Verification';
import { PageTitle } from '@/shared/ui/Section';

export const metadata: Metadata = { title: 'Verification' };

export default function OnboardingPage() {
  return (
    <>
      <PageTitle title="Get verified">
        Gold is dealt with people we know. You tell us once who you are; the chain learns only that your
        account may deal, and until when.
      </PageTitle>
      <div className="grid items-start gap-10 lg:grid-cols-[280px_minmax(0,1fr)] lg:gap-[52px]">
        <Steps />
        <SessionGate what="your application">
          <Verification />
        </SessionGate>
      </div>
    </>
  );
}
