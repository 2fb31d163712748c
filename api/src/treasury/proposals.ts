import type { Proposal } from '@e-aurum/sdk/rest';
import { roleOf } from '@e-aurum/sdk/roles';
import { dataSlice } from 'ethers';
import type { z } from 'zod';
import type { Chain } from '../platform/chain/chain.ts';
import { interfaces } from '../platform/chain/contracts.ts';
import type { Queryable } from '../platform/database/database.ts';
import type { Ceremonies } from './ceremonies.ts';
import type { Describer } from './describe.ts';
import { simulate } from './simulation.ts';
import {
  type CeremonyName,
  type OperationEventRow,
  operationEvents,
  type ProposalRow,
  type SignatureRow,
  signaturesOf,
} from './store.ts';
import { describeUpgrade } from './upgrades.ts';

/** AccessManager.expiration(): a scheduled operation can run for a week after its delay. */
const EXPIRATION_MS = 7 * 86_400_000;

/** Not at its end: the same call need not, and must not, be proposed a second time. */
export const OPEN_STATES: readonly string[] = ['collecting', 'schedulable', 'scheduled', 'executable'];

/** The Safe as the chain has it now. */
export interface SafeState {
  owners: string[];
  threshold: number;
  nonce: bigint;
}

export async function readSafe(chain: Chain): Promise<SafeState> {
  const { Safe } = chain.contracts;
  const [owners, threshold, nonce] = await Promise.all([
    Safe.getFunction('getOwners')() as Promise<string[]>,
    Safe.getFunction('getThreshold')() as Promise<bigint>,
    Safe.getFunction('nonce')() as Promise<bigint>,
  ]);
  return { owners: [...owners], threshold: Number(threshold), nonce };
}

interface Progress {
  scheduled: OperationEventRow | undefined;
  ended: OperationEventRow | undefined;
}

/**
 * What the chain says of a proposal's operation: its first round since the proposal was made. The same call may be
 * proposed again later; what becomes of that belongs to the later proposal.
 * @param events in the chain's order, of any operations
 */
export function progressOf(
  proposal: Pick<ProposalRow, 'operation_id' | 'created_block'>,
  events: readonly OperationEventRow[],
): Progress {
  const own = events.filter(
    (event) => event.operation_id === proposal.operation_id && event.block_number > proposal.created_block,
  );
  const begin = own.findIndex(({ event }) => event === 'OperationScheduled');
  if (begin < 0) return { scheduled: undefined, ended: undefined };
  const next = own[begin + 1];
  return { scheduled: own[begin], ended: next?.event === 'OperationScheduled' ? undefined : next };
}

/** @param nowMs the chain's clock */
export function stateOf(
  { scheduled, ended }: Progress,
  signed: boolean,
  nowMs: number,
): z.input<typeof Proposal>['state'] {
  if (ended) return ended.event === 'OperationExecuted' ? 'executed' : 'vetoed';
  if (!scheduled?.ready_at) return signed ? 'schedulable' : 'collecting';
  const readyMs = scheduled.ready_at.getTime();
  if (nowMs < readyMs) return 'scheduled';
  return nowMs < readyMs + EXPIRATION_MS ? 'executable' : 'expired';
}

export interface ProposalsOptions {
  chain: Chain;
  ceremonies: Ceremonies;
  describer: Describer;
}

/** Presents proposals with everything that a signer needs to understand them. */
export function createProposalPresenter({ chain, ceremonies, describer }: ProposalsOptions) {
  /** Seconds between scheduling and executing, as the manager has it for the Safe. */
  async function delayOf(proposal: ProposalRow): Promise<number> {
    const { AccessManager } = chain.contracts;
    const { Safe, AccessManager: manager } = chain.addresses;
    if (proposal.target === manager) {
      const [, delay] = await AccessManager.getFunction('hasRole')(roleOf('ADMIN').id, Safe);
      return Number(delay);
    }
    const selector = dataSlice(proposal.call_data, 0, 4);
    const [, delay] = await AccessManager.getFunction('canCall')(Safe, proposal.target, selector);
    return Number(delay);
  }

  function nonceOf(
    safe: SafeState,
    ceremony: CeremonyName,
    done: boolean,
    signatures: readonly SignatureRow[],
  ): bigint {
    const newest = signatures.findLast((signature) => signature.ceremony === ceremony);
    return done && newest ? BigInt(newest.safe_nonce) : safe.nonce;
  }

  async function present(
    proposal: ProposalRow,
    safe: SafeState,
    signatures: readonly SignatureRow[],
    events: readonly OperationEventRow[],
    nowMs: number,
  ): Promise<z.input<typeof Proposal>> {
    const progress = progressOf(proposal, events);
    const { scheduled, ended } = progress;
    const executed = ended?.event === 'OperationExecuted';
    const ceremony = (name: CeremonyName, transactionHash: string | null) =>
      ceremonies.present(proposal, name, {
        nonce: nonceOf(safe, name, transactionHash !== null, signatures),
        signatures: signatures.filter((signature) => signature.ceremony === name),
        owners: safe.owners,
        threshold: safe.threshold,
        transactionHash,
      });
    const schedule = ceremony('schedule', scheduled?.transaction_hash ?? null);
    const state = stateOf(progress, schedule.signatures.length >= safe.threshold, nowMs);
    const isOpen = OPEN_STATES.includes(state);
    const [delaySeconds, upgrade, simulation] = await Promise.all([
      delayOf(proposal),
      describeUpgrade(chain.provider, proposal, isOpen),
      isOpen ? simulate(chain, proposal, ceremonies.transactionOf(proposal, 'execute', safe.nonce)) : null,
    ]);
    const readyAt = scheduled?.ready_at ?? null;
    return {
      id: proposal.id,
      kind: proposal.kind,
      title: proposal.title,
      reason: proposal.reason,
      proposer: proposal.proposer,
      state,
      createdAt: proposal.created_at.toISOString(),
      target: { contract: describer.nameOf(proposal.target), address: proposal.target },
      operationId: proposal.operation_id,
      delaySeconds,
      executableAt: readyAt?.toISOString() ?? null,
      expiresAt: readyAt ? new Date(readyAt.getTime() + EXPIRATION_MS).toISOString() : null,
      schedule,
      execute: ceremony('execute', executed ? ended.transaction_hash : null),
      simulation,
      upgrade,
      veto: scheduled && !ended ? ceremonies.veto(proposal) : null,
    };
  }

  return async (
    db: Queryable,
    rows: readonly ProposalRow[],
    safe: SafeState,
  ): Promise<z.input<typeof Proposal>[]> => {
    const block = await chain.newestBlock();
    // one after the other: `db` may be the one connection of a transaction
    const signatures = await signaturesOf(
      db,
      rows.map((row) => row.id),
    );
    const events = await operationEvents(
      db,
      rows.map((row) => row.operation_id),
    );
    return Promise.all(
      rows.map((row) =>
        present(
          row,
          safe,
          signatures.filter((signature) => signature.proposal_id === row.id),
          events,
          block.timestamp * 1000,
        ),
      ),
    );
  };
}

/** What an upgrade calls on the proxy. */
export const upgradeCall = (implementation: string, initialiser: string): string =>
  interfaces.GoldToken.encodeFunctionData('upgradeToAndCall', [implementation, initialiser]);
