import { BUILDS } from '@e-aurum/sdk/builds';
import { type Build, compareLayouts, findBuild, withoutMetadata } from '@e-aurum/sdk/governance';
import type { Proposal } from '@e-aurum/sdk/rest';
import { dataSlice, getAddress, id, keccak256, type Provider, toBeHex } from 'ethers';
import type { z } from 'zod';
import type { ProposalRow } from './store.ts';

/** ERC-1967: keccak256("eip1967.proxy.implementation") - 1. */
const IMPLEMENTATION_SLOT = toBeHex(BigInt(id('eip1967.proxy.implementation')) - 1n, 32);

export async function implementationOf(provider: Provider, proxy: string): Promise<string> {
  return getAddress(dataSlice(await provider.getStorage(proxy, IMPLEMENTATION_SLOT), 12));
}

interface Code {
  /** '0x' where there is no contract. */
  code: string;
  build: Build | undefined;
}

/** Code never changes at its address, and comparing it with every build takes a while: it is done once. */
const known = new Map<string, Code>();

async function codeAt(provider: Provider, address: string): Promise<Code> {
  const found = known.get(address);
  if (found) return found;
  const code = await provider.getCode(address);
  if (code === '0x') return { code, build: undefined };
  const read = { code, build: findBuild(code, BUILDS, keccak256) };
  known.set(address, read);
  return read;
}

/**
 * What an upgrade changes: the code, which of our builds it equals, and whether the storage that is there can be kept.
 * @param isOpen then it is compared with what runs now: another upgrade may have come since it was proposed
 */
export async function describeUpgrade(
  provider: Provider,
  proposal: ProposalRow,
  isOpen: boolean,
): Promise<z.input<typeof Proposal>['upgrade']> {
  if (!proposal.old_implementation || !proposal.new_implementation) return null;
  const oldImplementation = isOpen
    ? await implementationOf(provider, proposal.target)
    : proposal.old_implementation;
  const [old, next] = await Promise.all([
    codeAt(provider, oldImplementation),
    codeAt(provider, proposal.new_implementation),
  ]);
  const comparison = old.build && next.build ? compareLayouts(old.build.layout, next.build.layout) : null;
  const unknown =
    next.code === '0x'
      ? 'There is no contract at the new address.'
      : "The code is no build of this repository: its storage can't be compared.";
  return {
    oldImplementation,
    newImplementation: proposal.new_implementation,
    oldVersion: old.build?.name ?? null,
    newVersion: next.build?.name ?? null,
    build: next.build ? { name: next.build.name, codeHash: next.build.codeHash } : null,
    codeHash: next.build?.codeHash ?? keccak256(next.code === '0x' ? '0x' : withoutMetadata(next.code)),
    storage: comparison
      ? { compatible: comparison.compatible, changes: comparison.changes }
      : { compatible: null, changes: [unknown] },
  };
}
