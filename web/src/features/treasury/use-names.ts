'use client';

import { useDeployment } from '@/chain/deployment';

/** What stands at an address, by name: a contract of ours, the Safe, a coin. Null for any other account. */
export function useNames(): (address: string) => string | null {
  const { contracts, accessManager, safe, coins } = useDeployment();
  const names = new Map<string, string>([
    ...Object.entries(contracts).map(([name, { proxy }]) => [proxy.toLowerCase(), name] as const),
    ...coins.map(({ symbol, address }) => [address.toLowerCase(), symbol] as const),
    [accessManager.toLowerCase(), 'AccessManager'],
    [safe.toLowerCase(), 'Treasury Safe'],
  ]);
  return (address) => names.get(address.toLowerCase()) ?? null;
}
