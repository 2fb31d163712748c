import { z } from 'zod';
import { Address, Hash, Hex, Instant, Uint } from './common.ts';

export const ProposalState = z.enum([
  'collecting',
  'schedulable',
  'scheduled',
  'executable',
  'executed',
  'vetoed',
  'expired',
  'failed',
]);

/** POST /v1/treasury/proposals (signers). */
export const NewProposal = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('upgrade'),
    contract: z.string(),
    implementation: Address,
    callData: Hex.default('0x'),
    title: z.string().trim().min(5).max(120),
    reason: z.string().trim().min(5).max(2000),
  }),
  z.object({
    kind: z.literal('call'),
    target: Address,
    callData: Hex,
    title: z.string().trim().min(5).max(120),
    reason: z.string().trim().min(5).max(2000),
  }),
]);
export type NewProposal = z.infer<typeof NewProposal>;

/** A Safe transaction, as its owners sign it (Safe 1.4.1, EIP-712 SafeTx). */
export const SafeTransaction = z.object({
  to: Address,
  value: Uint,
  data: Hex,
  operation: z.union([z.literal(0), z.literal(1)]),
  safeTxGas: Uint,
  baseGas: Uint,
  gasPrice: Uint,
  gasToken: Address,
  refundReceiver: Address,
  nonce: Uint,
});
export type SafeTransaction = z.infer<typeof SafeTransaction>;

export const DecodedArgument = z.object({ name: z.string(), type: z.string(), value: z.string() });
export const DecodedCall = z.object({
  contract: z.string(),
  address: Address,
  function: z.string(),
  selector: Hex,
  arguments: z.array(DecodedArgument),
});

/** One of the two ceremonies of a proposal. `calls` are the inner calls in plain words and decoded. */
export const Ceremony = z.object({
  safeTransaction: SafeTransaction,
  safeTransactionHash: Hash,
  domainHash: Hash,
  messageHash: Hash,
  calls: z.array(DecodedCall.extend({ words: z.string() })),
  signatures: z.array(z.object({ signer: Address, signature: Hex, at: Instant })),
  threshold: z.number().int(),
  /** Safe.execTransaction's calldata once there are enough signatures; anyone may send it to the Safe */
  executionData: Hex.nullable(),
  transactionHash: Hash.nullable(),
});
export type Ceremony = z.infer<typeof Ceremony>;

export const Proposal = z.object({
  id: z.string(),
  kind: z.enum(['upgrade', 'call']),
  title: z.string(),
  reason: z.string(),
  proposer: Address,
  state: ProposalState,
  createdAt: Instant,
  target: z.object({ contract: z.string(), address: Address }),
  operationId: Hash,
  delaySeconds: z.number().int(),
  executableAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  schedule: Ceremony,
  execute: Ceremony,
  /** a simulation of the execution by eth_call at the newest block, as if the delay were over */
  simulation: z.object({ ok: z.boolean(), detail: z.string() }).nullable(),
  upgrade: z
    .object({
      oldImplementation: Address,
      newImplementation: Address,
      oldVersion: z.string().nullable(),
      newVersion: z.string().nullable(),
      /** the build of this repository that the code on the chain equals, if any */
      build: z.object({ name: z.string(), codeHash: Hash }).nullable(),
      codeHash: Hash,
      storage: z.object({ compatible: z.boolean().nullable(), changes: z.array(z.string()) }),
    })
    .nullable(),
  /** the guardian's veto: AccessManager.cancel's calldata; null when nothing is scheduled */
  veto: z.object({ to: Address, data: Hex }).nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

/** POST /v1/treasury/proposals/:id/signatures */
export const NewSignature = z.object({ ceremony: z.enum(['schedule', 'execute']), signature: Hex });

/** GET /v1/treasury */
export const Treasury = z.object({
  safe: Address,
  owners: z.array(Address),
  threshold: z.number().int(),
  nonce: Uint,
  guardians: z.array(Address),
  guard: Address.nullable(),
  proposals: z.array(Proposal),
  coins: z.array(
    z.object({
      symbol: z.string(),
      address: Address,
      deskBalance: Uint,
      floor: Uint,
      decimals: z.number().int(),
    }),
  ),
});
export type Treasury = z.infer<typeof Treasury>;
