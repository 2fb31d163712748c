import type { Chain } from '../platform/chain/chain.ts';
import { interfaces } from '../platform/chain/contracts.ts';
import type { Task } from '../platform/queue/task.ts';
import { insertTransaction } from '../transactions/store.ts';
import { caseById } from './store.ts';

/** Outbox: tell the registry what was decided; the subject is the case. */
export const REGISTER_TASK = 'kyc.register';
const APPROVE = 'kyc.approve';
const REVOKE = 'kyc.revoke';
export const KYC_PURPOSES = [APPROVE, REVOKE] as const;

/** Turns a decision into a transaction of the compliance signer: one for each decision, however often it runs. */
export function createRegisterTask(chain: Chain, complianceSigner: string): Task {
  return {
    kind: REGISTER_TASK,
    async handle(tx, caseId) {
      const row = await caseById(tx, caseId);
      if (!row?.decided_at || row.decision === 'reject') return;
      const registry = interfaces.InvestorRegistry;
      const approve = row.decision === 'approve';
      await insertTransaction(tx, {
        chainId: chain.chainId,
        signer: complianceSigner,
        purpose: approve ? APPROVE : REVOKE,
        subject: caseId,
        dedupeKey: `kyc ${caseId} ${row.decision} ${row.decided_at.toISOString()}`,
        to: chain.addresses.InvestorRegistry,
        data: approve
          ? registry.encodeFunctionData('setStatus', [
              row.account,
              row.tier,
              BigInt(Math.floor(row.expires_at!.getTime() / 1000)),
            ])
          : registry.encodeFunctionData('revoke', [row.account]),
      });
    },
  };
}
