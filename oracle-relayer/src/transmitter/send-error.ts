import { isError } from 'ethers';
import { faultText } from '../chain/rpc-error.ts';

/** What a node meant when it refused a transaction. */
export type SendFault =
  /** It has these very bytes already: as good as accepted. */
  | 'known'
  /** The nonce is mined: by one of our earlier tries, or by another process with the same key. */
  | 'nonce-used'
  /** Another transaction stands at this nonce, or the fee is below what the node takes: raise it. */
  | 'underpriced'
  /** The node has not seen the nonces before this one. */
  | 'nonce-gap'
  | 'no-funds'
  | 'other';

/** The words of geth and bsc, erigon, nethermind, besu, reth and anvil, in lower case. */
const WORDS: [SendFault, RegExp][] = [
  [
    'known',
    /already known|known transaction|alreadyknown|already imported|already exists|already in (the )?(mem|tx)?pool/,
  ],
  [
    'nonce-used',
    /nonce too low|nonce is too low|oldnonce|nonce.{0,20}(already|been used)|invalid nonce|nonce below/,
  ],
  [
    'underpriced',
    /underpriced|fee ?too ?low|price (is )?too low|price below|tip.{0,30}(below|too low|minimum)|less than (the )?block base fee|replacement.{0,40}(fee|price|rejected)|already.{0,30}same nonce/,
  ],
  ['nonce-gap', /nonce too high|nonce gap|nonce.{0,20}too far/],
  ['no-funds', /insufficient (funds|balance)|upfront cost exceeds|not enough (funds|balance)/],
];

export function sendFault(error: unknown): SendFault {
  const text = faultText(error);
  const found = WORDS.find(([, words]) => words.test(text));
  if (found) return found[0];
  if (isError(error, 'NONCE_EXPIRED')) return 'nonce-used';
  if (isError(error, 'REPLACEMENT_UNDERPRICED')) return 'underpriced';
  if (isError(error, 'INSUFFICIENT_FUNDS')) return 'no-funds';
  return 'other';
}
