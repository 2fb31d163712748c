import type { Chain } from '../platform/chain/chain.ts';
import { interfaces } from '../platform/chain/contracts.ts';
import type { Queryable } from '../platform/database/database.ts';
import type { Task } from '../platform/queue/task.ts';
import { insertTransaction } from '../transactions/store.ts';

/** Outbox: send an operator's step; the subject is the step. */
export const STEP_TASK = 'redemptions.step';

export type StepKind = 'accept' | 'ship' | 'prove' | 'complete';

export interface StepRow {
  id: string;
  redemption_id: bigint;
  kind: StepKind;
  bar_ids: bigint[];
  hash: string | null;
  requested_by: string;
}

const PURPOSE: Record<StepKind, string> = {
  accept: 'redemptions.accept',
  ship: 'redemptions.ship',
  prove: 'redemptions.prove',
  complete: 'redemptions.complete',
};

/** What the operator's steps are sent for; the subject is the redemption's id. */
export const REDEMPTION_PURPOSES: readonly string[] = Object.values(PURPOSE);

export async function insertStep(
  tx: Queryable,
  step: {
    redemptionId: bigint;
    kind: StepKind;
    barIds?: readonly string[];
    hash?: string;
    requestedBy: string;
  },
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO redemption_step (redemption_id, kind, bar_ids, hash, requested_by)
     VALUES ($1, $2, $3::numeric[], $4, $5) RETURNING id`,
    [step.redemptionId, step.kind, step.barIds ?? [], step.hash ?? null, step.requestedBy],
  );
  return rows[0]!.id;
}

/** True while a step waits for its transaction to be made: from the decision until the worker has taken it up. */
export async function hasUnsentStep(tx: Queryable, redemptionId: bigint): Promise<boolean> {
  const { rows } = await tx.query<{ waits: boolean }>(
    `SELECT EXISTS (SELECT FROM redemption_step s
                      JOIN outbox o ON o.kind = $2 AND o.subject = s.id::text AND o.done_at IS NULL
                     WHERE s.redemption_id = $1) AS waits`,
    [redemptionId, STEP_TASK],
  );
  return rows[0]!.waits;
}

export async function insertProof(
  tx: Queryable,
  proof: { redemptionId: bigint; proofHash: string; sealed: Buffer },
): Promise<void> {
  await tx.query(
    `INSERT INTO redemption_proof (redemption_id, proof_hash, sealed) VALUES ($1, $2, $3)
     ON CONFLICT (redemption_id, proof_hash) DO UPDATE SET sealed = excluded.sealed`,
    [proof.redemptionId, proof.proofHash, proof.sealed],
  );
}

function callOf(step: StepRow): string {
  const desk = interfaces.RedemptionDesk;
  switch (step.kind) {
    case 'accept':
      return desk.encodeFunctionData('accept', [step.redemption_id, step.bar_ids.map(BigInt)]);
    case 'ship':
      return desk.encodeFunctionData('ship', [step.redemption_id, step.hash]);
    case 'prove':
      return desk.encodeFunctionData('proveDelivery', [step.redemption_id, step.hash]);
    case 'complete':
      return desk.encodeFunctionData('complete', [step.redemption_id]);
  }
}

/** Turns a step into one transaction of the fulfilment signer, however often it runs. */
export function createStepTask(chain: Chain, fulfilmentSigner: string): Task {
  return {
    kind: STEP_TASK,
    async handle(tx, stepId) {
      const { rows } = await tx.query<StepRow>('SELECT * FROM redemption_step WHERE id = $1', [stepId]);
      const [step] = rows;
      if (!step) return;
      await insertTransaction(tx, {
        chainId: chain.chainId,
        signer: fulfilmentSigner,
        purpose: PURPOSE[step.kind],
        subject: String(step.redemption_id),
        dedupeKey: `redemption step ${stepId}`,
        to: chain.addresses.RedemptionDesk,
        data: callOf(step),
      });
    },
  };
}
