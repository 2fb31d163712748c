'use client';

import { useBlock } from 'wagmi';
import { useNow } from '@/shared/time/clock';
import { useDeployment } from './deployment';

const REFRESH_MS = 5_000;

/** The chain's clock in ms, once a second: deadlines are judged by it. Ours, unless the newest block is ahead of it. */
export function useChainNow(): number {
  const { chainId } = useDeployment();
  const now = useNow();
  const { data, dataUpdatedAt } = useBlock({ chainId, query: { refetchInterval: REFRESH_MS } });
  const aheadMs = data ? Math.max(0, Number(data.timestamp) * 1_000 - dataUpdatedAt) : 0;
  return now + aheadMs;
}
