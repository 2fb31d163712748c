/** Which build of this repository a deployed implementation is. */
import type { StorageLayout } from './layout.ts';

/** Positions of a constructor's immutables in runtime code: [first byte, number of bytes]. */
export type ImmutableRange = [start: number, length: number];

export interface Build {
  /** The contract, 'GoldTokenV2'. */
  name: string;
  /** keccak256 of the {@link comparableCode}. */
  codeHash: `0x${string}`;
  /** Length of the comparable code in bytes. */
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
 * Runtime code without the metadata that the compiler appends: its hash says what else was compiled in the same run, and
 * nothing about what the code does. The last two bytes are the metadata's length.
 */
export function withoutMetadata(code: string): `0x${string}` {
  const metadataBytes = Number.parseInt(code.slice(-4), 16) + 2;
  const codeBytes = (code.length - 2) / 2;
  const start = 2 + 2 * (codeBytes - metadataBytes);
  // CBOR: a map of one or two entries
  const isMetadata = start > 2 && /^a[12]$/.test(code.slice(start, start + 2));
  return (isMetadata ? code.slice(0, start) : code) as `0x${string}`;
}

/** What is compared: runtime code without metadata, its immutables zero. */
export function comparableCode(code: string, immutables: ImmutableRange[]): `0x${string}` {
  return withoutMetadata(maskImmutables(code, immutables));
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
  const codeBytes = (withoutMetadata(code).length - 2) / 2;
  return builds.find(
    (build) =>
      build.codeBytes === codeBytes && keccak256(comparableCode(code, build.immutables)) === build.codeHash,
  );
}
