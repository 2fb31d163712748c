'use client';

import dynamic from 'next/dynamic';
import { SessionGate } from '@/chain/account/Gates';
import { SkeletonRows } from '@/shared/ui/State';

// every function of every contract: only for those who propose
const ProposeForm = dynamic(() => import('./ProposeForm'), {
  ssr: false,
  loading: () => <SkeletonRows rows={5} label="The form is loading" />,
});

export function Propose() {
  return (
    <SessionGate what="this form" capacity="signer">
      <ProposeForm />
    </SessionGate>
  );
}
