'use client';

import { investorRegistryAbi } from '@e-aurum/sdk/abi';
import type { Address } from 'viem';
import { useReadContract } from 'wagmi';
import { useContract, useDeployment } from '../deployment';

const REFRESH_MS = 5_000;

export interface Eligibility {
  eligible: boolean;
  loading: boolean;
}

/** Whether the registry on the chain lets an account deal. */
export function useEligibility(account: Address | undefined): Eligibility {
  const { chainId } = useDeployment();
  const { data, isPending } = useReadContract({
    chainId,
    address: useContract('InvestorRegistry'),
    abi: investorRegistryAbi,
    functionName: 'isEligible',
    args: account ? [account] : undefined,
    query: { enabled: account !== undefined, refetchInterval: REFRESH_MS },
  });
  return { eligible: data === true, loading: account !== undefined && isPending };
}
