import {
  aurumAccessManagerAbi,
  goldDeskAbi,
  goldReserveAbi,
  goldTokenAbi,
  investorRegistryAbi,
  priceOracleAbi,
  redemptionDeskAbi,
  safeAbi,
  signedPriceFeedAbi,
  stakedGoldAbi,
} from '@e-aurum/sdk/abi';
import type { Deployment } from '@e-aurum/sdk/rest';
import { Contract, type ContractRunner, getAddress, Interface, type InterfaceAbi } from 'ethers';
import { DeploymentError } from './deployment.ts';

/** Every contract of the house that the services read or call, and its ABI. */
const ABIS = {
  AccessManager: aurumAccessManagerAbi,
  GoldDesk: goldDeskAbi,
  GoldReserve: goldReserveAbi,
  GoldToken: goldTokenAbi,
  InvestorRegistry: investorRegistryAbi,
  PriceOracle: priceOracleAbi,
  RedemptionDesk: redemptionDeskAbi,
  Safe: safeAbi,
  SignedPriceFeed: signedPriceFeedAbi,
  StakedGold: stakedGoldAbi,
} as const;

export type ContractName = keyof typeof ABIS;
export const CONTRACT_NAMES = Object.keys(ABIS) as ContractName[];

export const interfaces = Object.fromEntries(
  Object.entries(ABIS).map(([name, abi]) => [name, new Interface(abi as unknown as InterfaceAbi)]),
) as Record<ContractName, Interface>;

function addressIn(deployment: Deployment, name: ContractName): string {
  if (name === 'AccessManager') return getAddress(deployment.accessManager);
  if (name === 'Safe') return getAddress(deployment.safe);
  const entry = deployment.contracts[name];
  if (!entry) throw new DeploymentError(`the deployment has no ${name}: deploy again`);
  return getAddress(entry.proxy);
}

export function addressesOf(deployment: Deployment): Record<ContractName, string> {
  return Object.fromEntries(CONTRACT_NAMES.map((name) => [name, addressIn(deployment, name)])) as Record<
    ContractName,
    string
  >;
}

export function contractsAt(
  addresses: Record<ContractName, string>,
  runner: ContractRunner,
): Record<ContractName, Contract> {
  return Object.fromEntries(
    CONTRACT_NAMES.map((name) => [name, new Contract(addresses[name], interfaces[name], runner)]),
  ) as Record<ContractName, Contract>;
}
