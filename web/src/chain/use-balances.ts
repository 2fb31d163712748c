'use client';

import { erc20Abi } from '@e-aurum/sdk/abi';
import type { Address } from 'viem';
import { useReadContracts } from 'wagmi';
import { type Coin, useCoins, useContract, useDeployment } from './deployment';

const REFRESH_MS = 6_000;

export interface Balances {
  /** Wei of EAU; undefined while it loads, as below. */
  eau: bigint | undefined;
  /** Shares of sEAU. */
  shares: bigint | undefined;
  coins: { coin: Coin; balance: bigint | undefined }[];
}

/** What an account holds, read together. */
export function useBalances(account: Address | undefined): Balances {
  const { chainId } = useDeployment();
  const coins = useCoins();
  const tokens = [
    useContract('GoldToken'),
    useContract('StakedGold'),
    ...coins.map(({ address }) => address),
  ];
  const { data } = useReadContracts({
    contracts: tokens.map((address) => ({
      chainId,
      address,
      abi: erc20Abi,
      functionName: 'balanceOf' as const,
      args: [account as Address] as const,
    })),
    query: { enabled: account !== undefined, refetchInterval: REFRESH_MS },
  });
  const at = (index: number): bigint | undefined => data?.[index]?.result as bigint | undefined;
  return {
    eau: at(0),
    shares: at(1),
    coins: coins.map((coin, index) => ({ coin, balance: at(index + 2) })),
  };
}
