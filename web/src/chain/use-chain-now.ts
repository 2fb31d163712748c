'use client';

import { useBlock } from 'wagmi';
import { useNow } from '@/shared/time/clock';
import { useDeployment } from './deployment';

const REFRESH_MS = 2_000;

export interface ChainNow {
  /** The time in ms, once a second, for countdowns: ours, unless the newest block is ahead of it. */
  nowMs: number;
  /**
   * The newest block's time in unix seconds: what the chain would judge a deadline by at this moment, and so what decides
   * which buttons there are. On a quiet chain it stands still between blocks. 0 until it is known.
   */
  blockSeconds: number;
}

export function useChainNow(): ChainNow {
  const { chainId } = useDeployment();
  const now = useNow();
  const { data, dataUpdatedAt } = useBlock({ chainId, query: { refetchInterval: REFRESH_MS } });
  const blockSeconds = data ? Number(data.timestamp) : 0;
  const aheadMs = data ? Math.max(0, blockSeconds * 1_000 - dataUpdatedAt) : 0;
  return { nowMs: now + aheadMs, blockSeconds };
}
