import { z } from 'zod';
import { Address, Hash, Hex, Instant, SentTransaction } from './common.ts';

/** Capacities of an account, read from the chain (and the operators' list), never stored as rights of their own. */
export const Capacity = z.enum([
  'investor',
  'operator',
  'custodian',
  'auditor',
  'compliance',
  'guardian',
  'signer',
]);
export type Capacity = z.infer<typeof Capacity>;

/** GET /v1/auth/nonce */
export const NonceResponse = z.object({ nonce: z.string(), expiresAt: Instant });
/** POST /v1/auth/verify: a Sign-In with Ethereum message (ERC-4361); sets the session cookie. ERC-1271 wallets too. */
export const VerifyRequest = z.object({ message: z.string().max(4000), signature: Hex });
/** GET /v1/me, and the answer of verify */
export const Me = z.object({
  account: Address,
  capacities: z.array(Capacity),
  kyc: z.enum(['none', 'submitted', 'approving', 'approved', 'rejected', 'expired', 'revoked']),
  sessionExpiresAt: Instant,
});
export type Me = z.infer<typeof Me>;

export const KycState = z.enum(['submitted', 'approving', 'approved', 'rejected', 'revoked']);

/** POST /v1/kyc/case. Encrypted with the person's own key; never in logs, jobs or on the chain. */
export const KycApplication = z.object({
  fullName: z.string().trim().min(2, 'write your full name').max(120),
  dateOfBirth: z.iso.date(),
  nationality: z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capitals (ISO 3166-1)'),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capitals (ISO 3166-1)'),
  address: z.string().trim().min(5, 'write street and number').max(200),
  city: z.string().trim().min(1).max(100),
  postalCode: z.string().trim().min(1).max(20),
  email: z.email(),
  documentType: z.enum(['passport', 'identityCard', 'drivingLicence']),
  documentNumber: z.string().trim().min(4).max(40),
  sourceOfFunds: z.enum(['salary', 'savings', 'business', 'investments', 'inheritance', 'other']),
  declaration: z.literal(true, 'you must declare that this is true and that you act for yourself'),
});
export type KycApplication = z.infer<typeof KycApplication>;

/** GET /v1/kyc/case: what the applicant sees (404 when there is none). */
export const KycCase = z.object({
  id: z.string(),
  account: Address,
  state: KycState,
  tier: z.number().int().nullable(),
  expiresAt: Instant.nullable(),
  reason: z.string().nullable(),
  submittedAt: Instant,
  decidedAt: Instant.nullable(),
  transaction: SentTransaction.nullable(),
});
export type KycCase = z.infer<typeof KycCase>;

/** GET /v1/operations/kyc[/:id]: the reviewer's view; `application` is null in the list, and when the key was destroyed. */
export const KycReview = KycCase.extend({
  application: KycApplication.nullable(),
  decidedBy: Address.nullable(),
});
export type KycReview = z.infer<typeof KycReview>;

/** POST /v1/operations/kyc/:id/decision */
export const KycDecision = z.discriminatedUnion('decision', [
  z.object({
    decision: z.literal('approve'),
    tier: z.number().int().min(1).max(3).default(1),
    validDays: z.number().int().min(1).max(1095).default(365),
  }),
  z.object({
    decision: z.literal('reject'),
    reason: z.string().trim().min(5, 'say why, and what the applicant can do').max(500),
  }),
  z.object({ decision: z.literal('revoke'), reason: z.string().trim().min(5).max(500) }),
]);
export type KycDecision = z.infer<typeof KycDecision>;

/** GET /v1/operations/overview */
export const OperationsOverview = z.object({
  kycWaiting: z.number().int(),
  redemptionsOpen: z.number().int(),
  redemptionsLate: z.number().int(),
  transactionsPending: z.number().int(),
  indexer: z.object({
    checkpointBlock: z.number().int(),
    finalizedBlock: z.number().int(),
    lagBlocks: z.number().int(),
    updatedAt: Instant.nullable(),
  }),
  outboxWaiting: z.number().int(),
  queueBackend: z.enum(['postgresql', 'redis']),
});
export type OperationsOverview = z.infer<typeof OperationsOverview>;

export const TransactionHash = z.object({ hash: Hash });
