import { type Chain, defineChain } from 'viem';
import { type Config, createConfig, createStorage, http } from 'wagmi';
import { developmentConnectors } from '@/chain/development';

const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11';
const POLLING_MS = 1_000;

const NAMES: Record<number, string> = {
  56: 'BNB Smart Chain',
  97: 'BNB Smart Chain Testnet',
  31337: 'e-Aurum devnet',
};
const EXPLORERS: Record<number, { name: string; url: string }> = {
  56: { name: 'BscScan', url: 'https://bscscan.com' },
  97: { name: 'BscScan', url: 'https://testnet.bscscan.com' },
};

/** Our own way to the chain; a wallet that adds the network needs the whole address. */
const rpcAddress = (): string =>
  typeof window === 'undefined' ? 'http://localhost/rpc' : `${window.location.origin}/rpc`;

export function chainOf(chainId: number): Chain {
  return defineChain({
    id: chainId,
    name: NAMES[chainId] ?? `Chain ${chainId}`,
    nativeCurrency: { name: 'BNB', symbol: 'BNB', decimals: 18 },
    rpcUrls: { default: { http: [rpcAddress()] } },
    contracts: { multicall3: { address: MULTICALL3 } },
    ...(EXPLORERS[chainId] ? { blockExplorers: { default: EXPLORERS[chainId] } } : {}),
  });
}

/** The way to the chain, and the wallets that announce themselves (EIP-6963). RainbowKit brings the others later. */
export function createChainConfig(chainId: number): Config {
  const chain = chainOf(chainId);
  return createConfig({
    chains: [chain],
    connectors: developmentConnectors(chain),
    transports: { [chain.id]: http(rpcAddress(), { batch: { wait: 8 }, retryCount: 2 }) },
    pollingInterval: POLLING_MS,
    multiInjectedProviderDiscovery: true,
    ssr: true,
    storage: createStorage({
      key: 'aurum.wallet',
      ...(typeof window === 'undefined' ? {} : { storage: window.localStorage }),
    }),
  });
}
