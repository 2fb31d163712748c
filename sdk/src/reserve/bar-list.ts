/**
 * The root of the bar list that an attestation binds (IGoldReserve.Attestation): a Merkle tree over sorted leaves with sorted
 * pairs, as OpenZeppelin's StandardMerkleTree builds and MerkleProof checks it, so that anybody can prove one bar of it.
 */

export interface CountedBar {
  barId: bigint;
  fineWeightMg: bigint;
}

type Hex = `0x${string}`;

/** Of hex, as ethers and viem have it. */
export type Keccak256 = (hex: Hex) => string;

const word = (value: bigint): string => value.toString(16).padStart(64, '0');

/** keccak256(keccak256(abi.encode(barId, fineWeightMg))). */
export const barLeaf = ({ barId, fineWeightMg }: CountedBar, keccak256: Keccak256): Hex =>
  keccak256(keccak256(`0x${word(barId)}${word(fineWeightMg)}`) as Hex) as Hex;

/** @returns keccak256 of nothing for an empty list */
export function barListRoot(bars: readonly CountedBar[], keccak256: Keccak256): Hex {
  const leaves = bars.map((bar) => barLeaf(bar, keccak256)).sort();
  if (leaves.length === 0) return keccak256('0x') as Hex;
  // a complete binary tree in an array: the leaves from its end, each parent over its two children
  const tree = new Array<Hex>(2 * leaves.length - 1);
  for (const [at, leaf] of leaves.entries()) tree[tree.length - 1 - at] = leaf;
  for (let at = tree.length - 1 - leaves.length; at >= 0; at--) {
    const [low, high] = [tree[2 * at + 1] as Hex, tree[2 * at + 2] as Hex].sort() as [Hex, Hex];
    tree[at] = keccak256(`0x${low.slice(2)}${high.slice(2)}`) as Hex;
  }
  return tree[0] as Hex;
}
