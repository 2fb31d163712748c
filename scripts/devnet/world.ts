/** What stands on BSC before e-Aurum comes: Safe, Multicall3, two stablecoins, four Chainlink feeds. */
import { devArtifact } from './artifacts.ts';
import { placeCoins } from './coins.ts';
import { placeFeeds } from './feeds.ts';
import { rpc } from './rpc.ts';
import { hasCode, placeSafe } from './safe.ts';

/** The same address on every chain (mds1/multicall). */
export const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11';

/**
 * Puts what is missing at its BSC address. Can be run again: what stands is left alone, so on a fork of BSC only the feeds'
 * aggregators are ours. Throws if the chain can't be reached or a transaction fails.
 */
export async function placeWorld(url: string): Promise<void> {
  await placeSafe(url);
  if (!(await hasCode(url, MULTICALL3))) {
    await rpc(url, 'anvil_setCode', [MULTICALL3, devArtifact('Multicall3').deployedBytecode]);
  }
  await placeCoins(url);
  await placeFeeds(url);
}
