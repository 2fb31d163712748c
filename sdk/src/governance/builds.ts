/** Which build of this repository a deployed implementation is. */
import type { StorageLayout } from './layout.ts';

/** Positions of a constructor's immutables in runtime code: [first byte, number of bytes]. */
export type ImmutableRange = [start: number, length: number];

export interface Build {
  /** The contract, 'GoldTokenV2'. */
  name: string;
  /** keccak256 of the runtime code with every immutable set to zero. */
  codeHash: `0x${string}`;
  /** Length of the runtime code in bytes. */
  codeBytes: number;
  immutables: ImmutableRange[];
  layout: StorageLayout;
}

/**
 * Runtime code with its immutables set to zero, as the compiler gives it out.
 * @param code runtime code, 0x...
 */
export function maskImmutables(code: string, immutables: ImmutableRange[]): `0x${string}` {
  let digits = code.slice(2);
  for (const [start, length] of immutables) {
    digits = digits.slice(0, start * 2) + '0'.repeat(length * 2) + digits.slice((start + length) * 2);
  }
  return `0x${digits}`;
}

/**
 * @param code runtime code of a deployed implementation, 0x...
 * @param keccak256 of hex, as ethers and viem have it
 * @returns the build it is, or undefined if this repository did not make it
 */
export function findBuild(
  code: string,
  builds: readonly Build[],
  keccak256: (hex: `0x${string}`) => string,
): Build | undefined {
  const codeBytes = (code.length - 2) / 2;
  return builds.find(
    (build) =>
      build.codeBytes === codeBytes && keccak256(maskImmutables(code, build.immutables)) === build.codeHash,
  );
}
