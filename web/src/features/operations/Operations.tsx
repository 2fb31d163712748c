'use client';

import dynamic from 'next/dynamic';
import { SessionGate } from '@/chain/account/Gates';
import { SkeletonRows } from '@/shared/ui/State';

// for the few who run it; nobody else loads it
const OperationsView = dynamic(() => import('./OperationsView'), {
  ssr: false,
  loading: () => <SkeletonRows rows={5} label="Operations are loading" />,
});

export function Operations() {
  return (
    <SessionGate
      what="the operations"
      capacity={['operator', 'custodian', 'auditor', 'compliance', 'guardian']}
    >
      <OperationsView />
    </SessionGate>
  );
}
