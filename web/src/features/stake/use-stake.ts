'use client';

import { stakedGoldAbi } from '@e-aurum/sdk/abi';
import type { Address } from 'viem';
import { useReadContract, useReadContracts } from 'wagmi';
import { useContract, useDeployment } from '@/chain/deployment';
import { explainError } from '@/chain/transaction/explain';
import type { Refusal } from '@/chain/transaction/refusals';

const REFRESH_MS = 4_000;

/** sEAU has three decimals more than EAU: its virtual shares. */
export const SHARE_DECIMALS = 21;

export type StakeSide = 'stake' | 'unstake';

export interface StakePosition {
  shares: bigint | undefined;
  /** What the shares are worth now, wei of EAU; 0 for a frozen owner, whose shares stay. */
  withdrawable: bigint | undefined;
  worth: bigint | undefined;
}

/** What an account has staked. */
export function useStakePosition(account: Address | undefined): StakePosition {
  const { chainId } = useDeployment();
  const staking = { chainId, address: useContract('StakedGold'), abi: stakedGoldAbi } as const;
  const owner = account as Address;
  const query = { enabled: account !== undefined, refetchInterval: REFRESH_MS };
  const { data } = useReadContracts({
    contracts: [
      { ...staking, functionName: 'balanceOf', args: [owner] },
      { ...staking, functionName: 'maxWithdraw', args: [owner] },
    ],
    query,
  });
  const shares = data?.[0].result;
  const { data: worth } = useReadContract({
    ...staking,
    functionName: 'convertToAssets',
    args: [shares ?? 0n],
    query: { enabled: shares !== undefined, refetchInterval: REFRESH_MS },
  });
  return { shares, withdrawable: data?.[1].result, worth };
}

export interface SharesPreview {
  shares: bigint | undefined;
  refusal: Refusal | null;
}

/** Shares that come for, or go with, an amount of EAU, as the vault would do it now. */
export function useSharesPreview(side: StakeSide, amount: bigint | null): SharesPreview {
  const { chainId } = useDeployment();
  const { data, error } = useReadContract({
    chainId,
    address: useContract('StakedGold'),
    abi: stakedGoldAbi,
    functionName: side === 'stake' ? 'previewDeposit' : 'previewWithdraw',
    args: amount === null ? undefined : [amount],
    query: { enabled: amount !== null, refetchInterval: REFRESH_MS },
  });
  return { shares: data, refusal: error ? explainError(error) : null };
}
