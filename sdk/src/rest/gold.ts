import { z } from 'zod';
import { Address, Hash, Instant, Int, SentTransaction, Uint } from './common.ts';
import { Trade } from './market.ts';

export const BarState = z.enum([
  'Pending',
  'Active',
  'Suspended',
  'Committed',
  'Delivered',
  'Cancelled',
  'Lost',
]);

export const Bar = z.object({
  barId: Uint,
  refiner: z.string(),
  serial: z.string(),
  year: z.number().int(),
  grossWeightMg: Uint,
  fineness: z.number().int().meta({ description: 'parts in ten thousand: 9958 is 995.8' }),
  fineWeightMg: Uint,
  vault: z.string(),
  state: BarState,
  documentsHash: Hash,
  holder: Address.nullable().meta({
    description: 'who holds the certificate; null while it is locked in the reserve',
  }),
  redemptionId: Uint.nullable(),
  bookedAt: Instant,
  endorsedAt: Instant.nullable(),
});
export type Bar = z.infer<typeof Bar>;

/** GET /v1/reserve/bars/:barId */
export const BarDetail = Bar.extend({
  history: z.array(
    z.object({
      event: z.string(),
      at: Instant,
      by: Address.nullable(),
      blockNumber: z.number().int(),
      transactionHash: Hash,
      note: z.string().nullable(),
    }),
  ),
});
export type BarDetail = z.infer<typeof BarDetail>;

/** GET /v1/reserve. EAU amounts in wei, weights in mg; all read from the contracts at `blockNumber`. */
export const Reserve = z.object({
  supply: Uint,
  circulating: Uint,
  staked: Uint,
  escrowed: Uint,
  backingMg: Uint,
  committedMg: Uint,
  mintable: Uint,
  coverageBps: z
    .number()
    .int()
    .meta({ description: 'backing + committed against supply; 10000 is exactly covered' }),
  bars: z.record(BarState, z.number().int()),
  attestation: z
    .object({
      at: Instant,
      root: Hash,
      fineWeightMg: Uint,
      bars: z.number().int(),
      uri: z.string(),
      maxAgeSeconds: z.number().int(),
      fresh: z.boolean(),
    })
    .nullable(),
  blockNumber: z.number().int(),
  at: Instant,
});
export type Reserve = z.infer<typeof Reserve>;

/** GET /v1/portfolio (the caller's own): EAU in wei, dollars with 18 decimals. */
export const Portfolio = z.object({
  account: Address,
  balance: Uint,
  stakedShares: Uint,
  staked: Uint,
  escrowed: Uint,
  total: Uint,
  usdPerGram: Uint.nullable(),
  valueUsd: Uint.nullable(),
  costUsd: Uint,
  gainUsd: Int.nullable(),
  /** the bars that stand behind the grams: each holder's share of every Active bar, pro rata */
  bars: z.array(
    z.object({
      barId: Uint,
      refiner: z.string(),
      serial: z.string(),
      year: z.number().int(),
      vault: z.string(),
      fineWeightMg: Uint,
      shareMg: Uint,
    }),
  ),
  certificates: z.array(Bar),
  trades: z.array(Trade),
  blockNumber: z.number().int(),
  at: Instant,
});
export type Portfolio = z.infer<typeof Portfolio>;

/** GET /v1/redemptions/products */
export const Product = z.object({
  productId: z.number().int(),
  name: z.string(),
  minFineWeightMg: Uint,
  maxFineWeightMg: Uint,
  feePerBar: Uint,
  shipWithinSeconds: z.number().int(),
  deliverWithinSeconds: z.number().int(),
  active: z.boolean(),
  termsHash: Hash,
  terms: z.string(),
  barsAvailable: z.number().int(),
});
export type Product = z.infer<typeof Product>;

/** POST /v1/redemptions/delivery-details: encrypted; the reference goes on the chain, the details never. */
export const DeliveryDetails = z.object({
  recipient: z.string().trim().min(2, 'write who receives the bar').max(120),
  street: z.string().trim().min(3, 'write street and number').max(200),
  city: z.string().trim().min(1).max(100),
  postalCode: z.string().trim().min(1).max(20),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capitals (ISO 3166-1)'),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9 ()/-]{6,25}$/, 'write a phone number the carrier can call'),
  instructions: z.string().trim().max(300).optional(),
});
export type DeliveryDetails = z.infer<typeof DeliveryDetails>;
export const DeliveryReference = z.object({ deliveryRef: Hash });

export const RedemptionState = z.enum([
  'Requested',
  'Accepted',
  'Shipped',
  'Disputed',
  'Completed',
  'Cancelled',
  'Reclaimed',
]);

export const Redemption = z.object({
  id: Uint,
  holder: Address,
  state: RedemptionState,
  productId: z.number().int(),
  productName: z.string(),
  count: z.number().int(),
  escrow: Uint,
  fee: Uint,
  deliveryRef: Hash,
  requestedAt: Instant,
  shipBy: Instant,
  deliverBy: Instant,
  provenAt: Instant.nullable(),
  attestedAt: Instant.nullable(),
  bars: z.array(Bar),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  timeline: z.array(
    z.object({
      event: z.string(),
      at: Instant,
      blockNumber: z.number().int(),
      transactionHash: Hash,
      note: z.string().nullable(),
    }),
  ),
  /** operator's work in progress on it, if any */
  job: SentTransaction.nullable(),
  deliveryDetailsKnown: z.boolean(),
});
export type Redemption = z.infer<typeof Redemption>;

/** GET /v1/operations/redemptions/:id */
export const RedemptionForOperator = Redemption.extend({
  deliveryDetails: DeliveryDetails.nullable(),
  eligibleBars: z.array(Bar),
});
export type RedemptionForOperator = z.infer<typeof RedemptionForOperator>;

/** POST /v1/operations/redemptions/:id/accept | /ship | /prove-delivery: each answers 202 with the redemption. */
export const AcceptRequest = z.object({ barIds: z.array(Uint).min(1).max(10) });
export const ShipRequest = z.object({
  carrier: z.string().trim().min(2).max(60),
  trackingNumber: z.string().trim().min(4).max(60),
});
export const ProveDeliveryRequest = z.object({
  signedBy: z.string().trim().min(2).max(120),
  deliveredAt: Instant,
  documentHash: Hash,
});
