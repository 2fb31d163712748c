import type { Deployment } from '@e-aurum/sdk/rest';
import { type Block, type Contract, getAddress, JsonRpcProvider, Network } from 'ethers';
import type { Config } from '../config.ts';
import { addressesOf, type ContractName, contractsAt } from './contracts.ts';
import { DeploymentError } from './deployment.ts';

export interface Coin {
  symbol: string;
  address: string;
  decimals: number;
}

export interface Chain {
  readonly chainId: number;
  readonly provider: JsonRpcProvider;
  readonly deployment: Deployment;
  readonly addresses: Record<ContractName, string>;
  /** Contracts to read from; nobody signs through them. */
  readonly contracts: Record<ContractName, Contract>;
  readonly coins: readonly Coin[];
  coinAt(address: string): Coin | undefined;
  /** Newest block. All reads of one answer are made at one block: `{ blockTag: block.number }`. */
  newestBlock(): Promise<Block>;
  finalizedBlock(): Promise<Block>;
  /** @throws DeploymentError when the endpoint serves another chain than the deployment's */
  checkChainId(): Promise<void>;
  close(): void;
}

const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/;
const PUBLIC_CHAINS = new Set([56, 97]);

async function blockAt(provider: JsonRpcProvider, tag: string): Promise<Block> {
  const block = await provider.getBlock(tag);
  if (!block) throw new Error(`the endpoint has no ${tag} block`);
  return block;
}

/** The chain as the services see it: one endpoint, and the contracts of one deployment. */
export function createChain(config: Pick<Config, 'rpcUrl' | 'environment'>, deployment: Deployment): Chain {
  const { chainId } = deployment;
  if (config.environment === 'development' && PUBLIC_CHAINS.has(chainId) && !LOOPBACK.test(config.rpcUrl)) {
    throw new DeploymentError(
      `chain ${chainId} is public and AURUM_ENV is development, whose keys everybody knows: set AURUM_ENV=production`,
    );
  }
  const network = Network.from(chainId);
  // no cache: what the newest block is changes several times a second
  const provider = new JsonRpcProvider(config.rpcUrl, network, {
    staticNetwork: network,
    cacheTimeout: -1,
    batchMaxCount: 50,
    batchStallTime: 2,
  });
  const addresses = addressesOf(deployment);
  const coins = deployment.coins.map((coin) => ({ ...coin, address: getAddress(coin.address) }));
  const byAddress = new Map(coins.map((coin) => [coin.address, coin]));
  return {
    chainId,
    provider,
    deployment,
    addresses,
    contracts: contractsAt(addresses, provider),
    coins,
    coinAt: (address) => byAddress.get(getAddress(address)),
    newestBlock: () => blockAt(provider, 'latest'),
    finalizedBlock: () => blockAt(provider, 'finalized'),
    async checkChainId() {
      const actual = Number(await provider.send('eth_chainId', []));
      if (actual !== chainId)
        throw new DeploymentError(
          `RPC_URL serves chain ${actual}, the deployment is on chain ${chainId}: set RPC_URL or AURUM_DEPLOYMENT`,
        );
    },
    close: () => provider.destroy(),
  };
}
