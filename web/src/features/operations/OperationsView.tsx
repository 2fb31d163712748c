'use client';

import { Tabs } from '@/shared/ui/Tabs';
import { BarsTab } from './bars/BarsTab';
import { RedemptionsTab } from './fulfilment/RedemptionsTab';
import { KycTab } from './kyc/KycTab';
import { Overview } from './Overview';
import { TABS, useView } from './use-view';

export default function OperationsView() {
  const { tab, go } = useView();
  return (
    <Tabs label="Operations" tabs={TABS} selected={tab} onSelect={(key) => go(key)}>
      <div className="pt-7">
        {tab === 'overview' && <Overview />}
        {tab === 'kyc' && <KycTab />}
        {tab === 'redemptions' && <RedemptionsTab />}
        {tab === 'bars' && <BarsTab />}
      </div>
    </Tabs>
  );
}
