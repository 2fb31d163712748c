import { z } from 'zod';

/** Integers travel as decimal strings, so that no JSON parser turns money into a float. */
export const Uint = z
  .string()
  .regex(/^\d{1,78}$/, 'must be a whole number as a string of digits')
  .meta({ description: 'unsigned integer as a decimal string' });
export const Int = z
  .string()
  .regex(/^-?\d{1,78}$/)
  .meta({ description: 'signed integer as a decimal string' });
export const Address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'must be an address: 0x and 40 hex digits');
export const Hash = z.string().regex(/^0x[0-9a-f]{64}$/i, 'must be 0x and 64 hex digits');
export const Hex = z.string().regex(/^0x([0-9a-f]{2})*$/i, 'must be hex bytes that begin with 0x');
/** ISO 8601, UTC. */
export const Instant = z.iso.datetime();
export const PriceMode = z.enum(['Halted', 'Normal', 'Degraded', 'AfterHours']);
export const PriceSource = z.enum(['None', 'Main', 'Pivot', 'Fallback']);

/** RFC 9457 problem details; `code` is stable, `detail` says what to do. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  instance: z.string().optional(),
  requestId: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** A page of a list. `next` goes into `?cursor=`; null at the end. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** A transaction that the service sends, as its caller follows it. */
export const SentTransaction = z.object({
  id: z.string(),
  purpose: z.string(),
  state: z.enum(['received', 'signed', 'broadcast', 'mined', 'finalized', 'failed', 'replaced']),
  hash: Hash.nullable(),
  nonce: z.number().int().nullable(),
  signer: Address,
  error: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type SentTransaction = z.infer<typeof SentTransaction>;
