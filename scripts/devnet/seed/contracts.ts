/** The deployed contracts as the seed calls them. */
import {
  aurumAccessManagerAbi,
  erc20Abi,
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
import { Interface, type InterfaceAbi, type Result } from 'ethers';
import type { Deployment } from '../../deploy/index.ts';
import { type DevAccountName, devAccount } from '../accounts.ts';
import { rpc } from '../rpc.ts';
import type { DevTransaction } from '../transactions.ts';

export interface BoundContract {
  address: string;
  /** A transaction of a development account; its label is the account and the function. */
  send(from: DevAccountName, method: string, args?: unknown[], gas?: number): DevTransaction;
  /** A view at the newest block. */
  read(method: string, args?: unknown[]): Promise<Result>;
  encode(method: string, args?: unknown[]): string;
}

export function bind(url: string, address: string, abi: InterfaceAbi): BoundContract {
  const contract = new Interface(abi);
  const encode = (method: string, args: unknown[] = []) => contract.encodeFunctionData(method, args);
  return {
    address,
    encode,
    send: (from, method, args, gas) => ({
      from: devAccount(from).address,
      to: address,
      data: encode(method, args),
      label: `${from}: ${method}`,
      ...(gas ? { gas } : {}),
    }),
    async read(method, args) {
      const call = { to: address, data: encode(method, args) };
      return contract.decodeFunctionResult(method, await rpc<string>(url, 'eth_call', [call, 'latest']));
    },
  };
}

export interface Contracts {
  accessManager: BoundContract;
  safe: BoundContract;
  registry: BoundContract;
  reserve: BoundContract;
  token: BoundContract;
  signedFeed: BoundContract;
  oracle: BoundContract;
  staking: BoundContract;
  desk: BoundContract;
  redemption: BoundContract;
  coins: Record<'USDT' | 'USDC', BoundContract>;
}

export function bindContracts(url: string, deployment: Deployment): Contracts {
  const proxy = (name: keyof Deployment['contracts'], abi: InterfaceAbi) =>
    bind(url, deployment.contracts[name].proxy, abi);
  const coin = (symbol: string) =>
    bind(url, deployment.coins.find((c) => c.symbol === symbol)!.address, erc20Abi);
  return {
    accessManager: bind(url, deployment.accessManager, aurumAccessManagerAbi),
    safe: bind(url, deployment.safe, safeAbi),
    registry: proxy('InvestorRegistry', investorRegistryAbi),
    reserve: proxy('GoldReserve', goldReserveAbi),
    token: proxy('GoldToken', goldTokenAbi),
    signedFeed: proxy('SignedPriceFeed', signedPriceFeedAbi),
    oracle: proxy('PriceOracle', priceOracleAbi),
    staking: proxy('StakedGold', stakedGoldAbi),
    desk: proxy('GoldDesk', goldDeskAbi),
    redemption: proxy('RedemptionDesk', redemptionDeskAbi),
    coins: { USDT: coin('USDT'), USDC: coin('USDC') },
  };
}
