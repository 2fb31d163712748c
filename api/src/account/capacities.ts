import type { Capacity } from '@e-aurum/sdk/rest';
import { type RoleName, roleOf } from '@e-aurum/sdk/roles';
import { getAddress } from 'ethers';
import { createTimedCache } from '../platform/chain/block-cache.ts';
import type { Chain } from '../platform/chain/chain.ts';

const LIFETIME_MS = 2_000;

const BY_ROLE: [Capacity, RoleName][] = [
  ['custodian', 'CUSTODIAN'],
  ['auditor', 'AUDITOR'],
  ['compliance', 'COMPLIANCE'],
  ['guardian', 'GUARDIAN'],
];

/**
 * What an account may do: roles as the AccessManager has them now, ownership of the treasury Safe, and the operators'
 * list. Nothing is stored; an answer is kept for two seconds.
 */
export function createCapacities(chain: Chain, operators: readonly string[]) {
  const operatorSet = new Set(operators.map((address) => getAddress(address)));
  const { AccessManager, Safe } = chain.contracts;
  return createTimedCache<Capacity[]>(LIFETIME_MS, async (account) => {
    const [signer, ...roles] = await Promise.all([
      Safe.getFunction('isOwner')(account) as Promise<boolean>,
      ...BY_ROLE.map(
        ([, role]) =>
          AccessManager.getFunction('hasRole')(roleOf(role).id, account) as Promise<[boolean, bigint]>,
      ),
    ]);
    const held: Capacity[] = ['investor'];
    if (operatorSet.has(account)) held.push('operator');
    BY_ROLE.forEach(([capacity], index) => {
      if (roles[index]![0]) held.push(capacity);
    });
    if (signer) held.push('signer');
    return held;
  });
}
