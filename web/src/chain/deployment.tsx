'use client';

import type { Deployment } from '@e-aurum/sdk/rest';
import { createContext, type ReactNode, useContext } from 'react';
import type { Address } from 'viem';

const DeploymentContext = createContext<Deployment | null>(null);

export function DeploymentProvider({
  deployment,
  children,
}: {
  deployment: Deployment;
  children: ReactNode;
}) {
  return <DeploymentContext value={deployment}>{children}</DeploymentContext>;
}

/** What stands where, as the service said when the page was made: no address is part of the build. */
export function useDeployment(): Deployment {
  const deployment = useContext(DeploymentContext);
  if (!deployment) throw new Error('useDeployment needs the wallet pages around it');
  return deployment;
}

export type ContractName =
  | 'InvestorRegistry'
  | 'GoldReserve'
  | 'GoldToken'
  | 'SignedPriceFeed'
  | 'PriceOracle'
  | 'StakedGold'
  | 'GoldDesk'
  | 'RedemptionDesk';

/** The address of a contract's proxy. */
export function useContract(name: ContractName): Address {
  const contract = useDeployment().contracts[name];
  if (!contract) throw new Error(`The deployment does not name ${name}`);
  return contract.proxy as Address;
}

export interface Coin {
  symbol: string;
  address: Address;
  decimals: number;
}

/** The stablecoins that the desk deals in. */
export const useCoins = (): Coin[] => useDeployment().coins as Coin[];
