import { Address, Hash, Hex } from '@e-aurum/sdk/rest';
import { getAddress } from 'ethers';
import { z } from 'zod';
import type { Chain } from '../platform/chain/chain.ts';
import type { Transaction } from '../platform/database/database.ts';
import { operationIdOf } from './ceremonies.ts';
import { hasProposalFor, insertProposal, insertSignature } from './store.ts';
import { implementationOf } from './upgrades.ts';

/** Proposals of development's seed, with the signatures that they have. */
export const SeededProposals = z.array(
  z.object({
    kind: z.literal('upgrade'),
    title: z.string(),
    reason: z.string(),
    proposer: Address,
    implementation: Address,
    target: Address,
    targetData: Hex,
    schedule: z.object({
      safe: Address,
      nonce: z.string(),
      safeTransactionHash: Hash,
      signatures: z.array(z.object({ signer: Address, signature: Hex })),
    }),
  }),
);

export async function importProposals(
  tx: Transaction,
  chain: Chain,
  proposals: z.output<typeof SeededProposals>,
): Promise<void> {
  for (const proposal of proposals) {
    const target = getAddress(proposal.target);
    const operationId = operationIdOf(chain.addresses.Safe, target, proposal.targetData);
    if (await hasProposalFor(tx, operationId)) continue;
    const { GoldDesk, RedemptionDesk, StakedGold, Safe } = chain.addresses;
    const proposalId = await insertProposal(tx, {
      kind: 'upgrade',
      title: proposal.title,
      reason: proposal.reason,
      proposer: getAddress(proposal.proposer),
      target,
      call_data: proposal.targetData,
      operation_id: operationId,
      old_implementation: await implementationOf(chain.provider, target),
      new_implementation: getAddress(proposal.implementation),
      checked_accounts: [GoldDesk, RedemptionDesk, StakedGold, Safe],
      created_block: (await chain.newestBlock()).number,
    });
    for (const { signer, signature } of proposal.schedule.signatures) {
      await insertSignature(tx, {
        proposal_id: proposalId,
        ceremony: 'schedule',
        safe_nonce: Number(proposal.schedule.nonce),
        safe_tx_hash: proposal.schedule.safeTransactionHash,
        signer: getAddress(signer),
        signature,
      });
    }
  }
}
