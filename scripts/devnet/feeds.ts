/** Chainlink's feeds on the devnet: proxies at their BSC addresses whose aggregator the market's keeper writes. */
import { AbiCoder, Interface } from 'ethers';
import { devnet } from '../../deployments/parameters/devnet.ts';
import { devAccount } from './accounts.ts';
import { type Artifact, devArtifact } from './artifacts.ts';
import { rpc, word } from './rpc.ts';
import { deployBySingletonFactory, hasCode, singletonAddress } from './safe.ts';
import { type DevTransaction, send, sendAs } from './transactions.ts';

export const FEED_NAMES = ['XAU/USD', 'PAXG/USD', 'USDT/USD', 'USDC/USD'] as const;
export type FeedName = (typeof FEED_NAMES)[number];

export const FEED_DECIMALS = 8;

const proxyInterface = new Interface([
  'function owner() view returns (address)',
  'function aggregator() view returns (address)',
  'function proposeAggregator(address)',
  'function confirmAggregator(address)',
]);

/** The addresses of the Chainlink proxies, as the devnet's parameters have them. */
export function feedProxies(): Record<FeedName, string> {
  const { oracle, desk } = devnet();
  const coinFeed = (symbol: string): string => desk.coins.find((coin) => coin.symbol === symbol)!.feed;
  return {
    'XAU/USD': oracle.main.feed,
    'PAXG/USD': oracle.fallback!.feed,
    'USDT/USD': coinFeed('USDT'),
    'USDC/USD': coinFeed('USDC'),
  };
}

function creationCode(artifact: Artifact, name: FeedName): string {
  const description = name.replace('/', ' / ');
  const args = AbiCoder.defaultAbiCoder().encode(
    ['address', 'uint8', 'string'],
    [devAccount('marketKeeper').address, FEED_DECIMALS, description],
  );
  return artifact.bytecode + args.slice(2);
}

/** Where each feed's aggregator stands (the same on every devnet and fork), and how to write to it. */
export function feedAggregators(): { interface: Interface; addresses: Record<FeedName, string> } {
  const artifact = devArtifact('DevAggregator');
  const addresses = Object.fromEntries(
    FEED_NAMES.map((name) => [name, singletonAddress(creationCode(artifact, name))]),
  ) as Record<FeedName, string>;
  return { interface: artifact.interface, addresses };
}

async function readAddress(url: string, to: string, method: 'owner' | 'aggregator'): Promise<string> {
  const data = proxyInterface.encodeFunctionData(method);
  const result = await rpc<string>(url, 'eth_call', [{ to, data }, 'latest']);
  return proxyInterface.decodeFunctionResult(method, result)[0] as string;
}

/**
 * Puts proxies where there are none, and our aggregators behind all of them. On a fork the proxies are Chainlink's own and
 * their owner is impersonated, who proposes and confirms the aggregator as on any upgrade of a feed.
 */
export async function placeFeeds(url: string): Promise<void> {
  const aggregator = devArtifact('DevAggregator');
  const proxyCode = devArtifact('DevFeedProxy').deployedBytecode;
  const { addresses } = feedAggregators();
  const deployments: DevTransaction[] = [];
  for (const [name, proxy] of Object.entries(feedProxies()) as [FeedName, string][]) {
    if (!(await hasCode(url, proxy))) {
      await rpc(url, 'anvil_setCode', [proxy, proxyCode]);
      await rpc(url, 'anvil_setStorageAt', [proxy, word(0), word(devAccount('marketKeeper').address)]);
    }
    if (await hasCode(url, addresses[name])) continue;
    deployments.push(
      deployBySingletonFactory(creationCode(aggregator, name), `deploy the ${name} aggregator`),
    );
  }
  await send(url, deployments);
  for (const [name, proxy] of Object.entries(feedProxies()) as [FeedName, string][]) {
    const ours = addresses[name];
    if ((await readAddress(url, proxy, 'aggregator')) === ours) continue;
    await sendAs(url, await readAddress(url, proxy, 'owner'), [
      {
        to: proxy,
        data: proxyInterface.encodeFunctionData('proposeAggregator', [ours]),
        label: `propose the ${name} aggregator`,
      },
      {
        to: proxy,
        data: proxyInterface.encodeFunctionData('confirmAggregator', [ours]),
        label: `confirm the ${name} aggregator`,
      },
    ]);
  }
}
