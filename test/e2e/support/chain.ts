import { readFileSync } from 'node:fs';
import {
  aurumAccessManagerAbi,
  erc20Abi,
  goldDeskAbi,
  goldReserveAbi,
  goldTokenAbi,
  investorRegistryAbi,
  priceOracleAbi,
  redemptionDeskAbi,
  stakedGoldAbi,
} from '@e-aurum/sdk/abi';
import { Contract, type InterfaceAbi, JsonRpcProvider, type LogDescription } from 'ethers';
import { DEV_ACCOUNTS, type DevAccountName, devAccount } from '../../../scripts/devnet/accounts.ts';
import { openHome } from '../../../scripts/supervisor/home.ts';
import { RPC_URL, worldHome } from './world.ts';

const ABIS = {
  InvestorRegistry: investorRegistryAbi,
  GoldReserve: goldReserveAbi,
  GoldToken: goldTokenAbi,
  PriceOracle: priceOracleAbi,
  StakedGold: stakedGoldAbi,
  GoldDesk: goldDeskAbi,
  RedemptionDesk: redemptionDeskAbi,
};
export type ContractName = keyof typeof ABIS;

interface Deployment {
  block: number;
  contracts: Record<ContractName, { proxy: string; implementation: string }>;
  accessManager: string;
  safe: string;
  delaySeconds: number;
  coins: { symbol: string; address: string }[];
}

export const provider = new JsonRpcProvider(RPC_URL, 31_337, { staticNetwork: true, cacheTimeout: -1 });

let read: Deployment | undefined;
/** The deployment of the world under test. */
export function deployment(): Deployment {
  read ??= JSON.parse(readFileSync(openHome({ AURUM_HOME: worldHome() }).deployment, 'utf8')) as Deployment;
  return read;
}

/** A contract of ours, asked past every page and service. */
export function contract(name: ContractName): Contract {
  return new Contract(deployment().contracts[name].proxy, ABIS[name] as InterfaceAbi, provider);
}

export function coin(symbol: 'USDT' | 'USDC'): Contract {
  const { address } = deployment().coins.find((known) => known.symbol === symbol)!;
  return new Contract(address, erc20Abi as InterfaceAbi, provider);
}

export function accessManager(): Contract {
  return new Contract(deployment().accessManager, aurumAccessManagerAbi as InterfaceAbi, provider);
}

/** Calls a view. `blockNumber`: as it was then. */
export async function view<T = bigint>(
  name: ContractName,
  method: string,
  args: unknown[] = [],
  blockNumber?: number,
): Promise<T> {
  const at = blockNumber === undefined ? [] : [{ blockTag: blockNumber }];
  return (await contract(name).getFunction(method)(...args, ...at)) as T;
}

export const addressOf = (who: DevAccountName): string => devAccount(who).address;
export const isDevAccountName = (name: string): name is DevAccountName => name in DEV_ACCOUNTS;

export interface ChainEvent extends LogDescription {
  blockNumber: number;
  transactionHash: string;
}

/** All events of one name since a block, oldest first. `topics`: its indexed arguments, null for any. */
export async function events(
  name: ContractName,
  event: string,
  { fromBlock = deployment().block, topics = [] as unknown[] } = {},
): Promise<ChainEvent[]> {
  const source = contract(name);
  const filter = source.filters[event]!(...topics);
  const logs = await provider.getLogs({
    address: await source.getAddress(),
    topics: (await filter.getTopicFilter()) as string[],
    fromBlock,
  });
  return logs.map((log) =>
    Object.assign(source.interface.parseLog(log)!, {
      blockNumber: log.blockNumber,
      transactionHash: log.transactionHash,
    }),
  );
}

/** The chain's time now, unix seconds: of a block that could be made now. */
export async function chainNow(): Promise<number> {
  return (await provider.getBlock('latest'))!.timestamp;
}
