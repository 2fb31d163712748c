'use client';

import { usePathname, useSearchParams } from 'next/navigation';

export const TABS = [
  { key: 'overview', title: 'Overview' },
  { key: 'kyc', title: 'Verification' },
  { key: 'redemptions', title: 'Redemptions' },
  { key: 'bars', title: 'Bars' },
] as const;
export type TabKey = (typeof TABS)[number]['key'];

export interface OperationsLocation {
  tab: TabKey;
  /** The case or redemption that is open; null for the list. */
  id: string | null;
  /** Another tab, or one of its entries; the browser's way back leads back. */
  go: (tab: TabKey, id?: string) => void;
}

/** Where one is on the operations page, kept in its address. */
export function useView(): OperationsLocation {
  const path = usePathname();
  const parameters = useSearchParams();
  const wanted = parameters.get('tab');
  return {
    tab: TABS.find(({ key }) => key === wanted)?.key ?? 'overview',
    id: parameters.get('id'),
    go: (tab, id) => {
      const query = new URLSearchParams({ tab, ...(id ? { id } : {}) });
      window.history.pushState(null, '', `${path}?${query}`);
    },
  };
}
