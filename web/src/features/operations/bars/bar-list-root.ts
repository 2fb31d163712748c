import { concat, encodeAbiParameters, type Hex, keccak256 } from 'viem';

export interface CountedBar {
  barId: bigint;
  fineWeightMg: bigint;
}

/** keccak256(keccak256(abi.encode(barId, fineWeightMg))), as IGoldReserve.Attestation says. */
export const leafOf = ({ barId, fineWeightMg }: CountedBar): Hex =>
  keccak256(
    keccak256(encodeAbiParameters([{ type: 'uint256' }, { type: 'uint256' }], [barId, fineWeightMg])),
  );

const pairOf = (a: Hex, b: Hex): Hex => keccak256(concat(a < b ? [a, b] : [b, a]));

/**
 * Root of the list of bars: a Merkle tree over sorted leaves with sorted pairs, as OpenZeppelin's StandardMerkleTree builds
 * and MerkleProof checks it, so that anybody can prove one bar of it.
 */
export function barListRoot(bars: readonly CountedBar[]): Hex {
  const leaves = bars.map(leafOf).sort();
  if (leaves.length === 0) return keccak256('0x');
  // a complete binary tree in an array: the leaves from its end, each parent over its two children
  const tree = new Array<Hex>(2 * leaves.length - 1);
  for (const [at, leaf] of leaves.entries()) tree[tree.length - 1 - at] = leaf;
  for (let at = tree.length - 1 - leaves.length; at >= 0; at--)
    tree[at] = pairOf(tree[2 * at + 1] as Hex, tree[2 * at + 2] as Hex);
  return tree[0] as Hex;
}
