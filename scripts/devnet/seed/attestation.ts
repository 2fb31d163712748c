/** The auditor's attestation of the reserve. */
import { AbiCoder, concat, getBytes, keccak256 } from 'ethers';
import type { DevTransaction } from '../transactions.ts';
import type { Contracts } from './contracts.ts';

const ACTIVE = 2n;
const COMMITTED = 4n;
const PAGE = 200;

/**
 * Root of the list of bars: a Merkle tree over sorted leaves with sorted pairs, as OpenZeppelin's StandardMerkleTree builds and
 * MerkleProof checks it; a leaf is keccak256(keccak256(abi.encode(barId, fineWeightMg))).
 */
export function barListRoot(bars: { barId: bigint; fineWeightMg: bigint }[]): string {
  if (bars.length === 0) return keccak256('0x');
  const leaves = bars
    .map(({ barId, fineWeightMg }) =>
      keccak256(keccak256(AbiCoder.defaultAbiCoder().encode(['uint256', 'uint256'], [barId, fineWeightMg]))),
    )
    .sort();
  // A complete binary tree in an array: the leaves from the end, each parent over its two children.
  const tree: string[] = new Array(2 * leaves.length - 1);
  leaves.forEach((leaf, i) => {
    tree[tree.length - 1 - i] = leaf;
  });
  for (let i = tree.length - 1 - leaves.length; i >= 0; i--) {
    const pair = [tree[2 * i + 1]!, tree[2 * i + 2]!].sort();
    tree[i] = keccak256(getBytes(concat(pair)));
  }
  return tree[0]!;
}

/** An attestation of what the reserve holds now, as of the newest block's second. */
export async function attestTransaction({ reserve }: Contracts, asOf: number): Promise<DevTransaction> {
  const [barIds, bars] = await reserve.read('barsPage', [0, PAGE]);
  const [version] = await reserve.read('listVersion');
  const counted = (bars as { state: bigint; fineWeightMg: bigint }[])
    .map(({ state, fineWeightMg }, i) => ({ barId: barIds[i] as bigint, state, fineWeightMg }))
    .filter(({ state }) => state === ACTIVE || state === COMMITTED);
  const attestation = {
    root: barListRoot(counted),
    fineWeightMg: counted.reduce((sum, { fineWeightMg }) => sum + fineWeightMg, 0n),
    bars: counted.length,
    asOf,
    uri: 'devnet:synthetic-bar-list',
  };
  return reserve.send('auditor', 'attest', [attestation, version]);
}
