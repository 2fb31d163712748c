/** A deployment for the unit tests of this folder: addresses alone, no chain behind them. */
import type { Deployment } from '@e-aurum/sdk/rest';
import { toBeHex, zeroPadValue } from 'ethers';
import type { Chain } from '../platform/chain/chain.ts';
import { CONTRACT_NAMES, type ContractName } from '../platform/chain/contracts.ts';
import type { ProposalRow } from './store.ts';

export const addressOf = (n: number): string => zeroPadValue(toBeHex(n), 20);

const addresses = Object.fromEntries(
  CONTRACT_NAMES.map((name, index) => [name, addressOf(100 + index)]),
) as Record<ContractName, string>;

export const MULTI_SEND = addressOf(50);
export const VERIFIER = addressOf(51);

/** What describing, hashing and signing need of a chain: none of it asks one. */
export const chain = {
  chainId: 56,
  addresses,
  deployment: {
    multiSendCallOnly: MULTI_SEND,
    upgradeVerifier: VERIFIER,
    roles: [{ role: 'GUARDIAN', holder: addressOf(60) }],
  } as unknown as Deployment,
} as Chain;

export function proposalRow(changes: Partial<ProposalRow> = {}): ProposalRow {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    kind: 'call',
    title: 'A proposal',
    reason: 'For the tests.',
    proposer: addressOf(1),
    target: addresses.GoldToken,
    call_data: '0x12345678',
    operation_id: `0x${'ab'.repeat(32)}`,
    old_implementation: null,
    new_implementation: null,
    checked_accounts: [],
    created_block: 100,
    created_at: new Date(0),
    ...changes,
  };
}
