import {
  aurumAccessManagerAbi,
  goldDeskAbi,
  goldReserveAbi,
  goldTokenAbi,
  investorRegistryAbi,
  priceOracleAbi,
  redemptionDeskAbi,
  signedPriceFeedAbi,
  stakedGoldAbi,
} from '@e-aurum/sdk/abi';
import type { Deployment } from '@e-aurum/sdk/rest';
import { type ManagedContract, restrictedFunctions, roleOf } from '@e-aurum/sdk/roles';
import type { Abi, AbiFunction, Address } from 'viem';

const ABIS: Record<ManagedContract, Abi> = {
  AurumAccessManager: aurumAccessManagerAbi as unknown as Abi,
  InvestorRegistry: investorRegistryAbi as unknown as Abi,
  GoldReserve: goldReserveAbi as unknown as Abi,
  GoldToken: goldTokenAbi as unknown as Abi,
  SignedPriceFeed: signedPriceFeedAbi as unknown as Abi,
  PriceOracle: priceOracleAbi as unknown as Abi,
  StakedGold: stakedGoldAbi as unknown as Abi,
  GoldDesk: goldDeskAbi as unknown as Abi,
  RedemptionDesk: redemptionDeskAbi as unknown as Abi,
};

export const CONTRACTS = Object.keys(ABIS) as ManagedContract[];

export interface Callable {
  fn: AbiFunction;
  role: string;
}

/**
 * What the Safe can propose of a contract: the functions of its delayed roles. Upgrades have a form of their own. revokeRole
 * is in no row of the table, since the manager itself decides about it, but ADMIN may call it.
 */
export function callablesOf(contract: ManagedContract): Callable[] {
  const fromTable = restrictedFunctions().filter(
    ({ contract: of, role, function: name }) =>
      of === contract &&
      name !== 'upgradeToAndCall' &&
      (roleOf(role).holders.includes('safe') || role === 'GOVERNOR'),
  );
  const names = new Map<string, string>(
    fromTable.map(({ function: name, role }) => [name, role === 'GOVERNOR' ? 'ADMIN' : role]),
  );
  if (contract === 'AurumAccessManager') names.set('revokeRole', 'ADMIN');
  return ABIS[contract].flatMap((item) => {
    const role = item.type === 'function' ? names.get(item.name) : undefined;
    return item.type === 'function' && role ? [{ fn: item, role }] : [];
  });
}

export function addressOf(deployment: Deployment, contract: ManagedContract): Address {
  const address =
    contract === 'AurumAccessManager' ? deployment.accessManager : deployment.contracts[contract]?.proxy;
  if (!address) throw new Error(`The deployment does not name ${contract}`);
  return address as Address;
}
