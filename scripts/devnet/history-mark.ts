/**
 * A mark on the devnet's chain that its past is written and that it now runs by the clock. It stands in the chain's own
 * state, so that it is kept, lost and restored together with what it speaks of.
 */
import { rpc, word } from './rpc.ts';

/** Ninety days of prices, and before them time for the market to open: at Christmas it may be closed for four days. */
export const HISTORY_DAYS = 95;

/** An address with no code and no key: the last bytes of "e-Aurum history". */
const MARK_ADDRESS = '0x00000000000000652d417572756d20686973746f';
const MARK_SLOT = word(0);

/** True once the seed's history ends at the clock (or there is none to write). */
export async function isHistoryComplete(url: string): Promise<boolean> {
  return BigInt(await rpc<string>(url, 'eth_getStorageAt', [MARK_ADDRESS, MARK_SLOT, 'latest'])) !== 0n;
}

/** From now on the chain's supervisor mines, by the clock. Takes effect with the next block or save. */
export async function markHistoryComplete(url: string): Promise<void> {
  await rpc(url, 'anvil_setStorageAt', [MARK_ADDRESS, MARK_SLOT, word(1)]);
}
