/** What a deployment is made with. Amounts of EAU in wei (1e18 = 1 g), coins in their own units, times in seconds. */
import { z } from 'zod';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'must be an address: 0x and 40 hex digits');
const bytes32 = z.string().regex(/^0x[0-9a-fA-F]{64}$/, 'must be 32 bytes in hex');
const bps = z.number().int().min(0).max(10_000);
const seconds = z.number().int().positive();
const amount = z.bigint().nonnegative();

const distinct = (list: string[]): boolean => new Set(list.map((item) => item.toLowerCase())).size === list.length;
const accounts = (least: number) =>
  z.array(address).min(least).refine(distinct, 'names an account twice');

/** Who holds what. Keys of people and of services: they differ from chain to chain and are not in the repository, but for the devnet's. */
export const People = z
  .strictObject({
    safeOwners: accounts(2),
    /** Signatures that the treasury Safe asks for. */
    safeThreshold: z.number().int().min(2),
    /** At least two: a guardian cannot veto their own removal, so another one must be able to. */
    guardians: accounts(2),
    custodians: accounts(1),
    auditors: accounts(1),
    complianceSigners: accounts(1),
    issuers: accounts(1),
    reporters: accounts(3),
    reporterThreshold: z.number().int().min(2),
  })
  .refine((p) => p.safeThreshold <= p.safeOwners.length, 'safeThreshold is more than there are owners')
  .refine((p) => p.reporterThreshold <= p.reporters.length, 'reporterThreshold is more than there are reporters')
  .refine((p) => distinct([...p.custodians, ...p.auditors]), 'an account is both custodian and auditor')
  .refine((p) => distinct([...p.safeOwners, ...p.guardians]), 'a guardian who signs for the Safe would veto nobody');
export type People = z.infer<typeof People>;

const ChainlinkFeed = z.strictObject({
  feed: address,
  /** Of the feed; the deployment stops when the chain says otherwise. */
  decimals: z.number().int().min(0).max(36),
  /** Seconds after which an answer is dead. */
  heartbeat: seconds,
});

/** Bounds of what is believed, whole dollars per troy ounce. */
const Bounds = z.strictObject({ minUsdPerOunce: z.number().int().positive(), maxUsdPerOunce: z.number().int().positive() });

const Terms = z.strictObject({
  spreadBps: bps,
  /** Most of one trade. */
  maxGrams: amount,
  /** Most of all trades in this mode, refilling over an hour. */
  hourlyGrams: amount,
});

const Product = z.strictObject({
  name: z.string(),
  minFineWeightMg: z.number().int().positive(),
  maxFineWeightMg: z.number().int().positive(),
  /** Wei of EAU for each bar. */
  feePerBar: amount,
  /** Seconds from the request. */
  shipWithin: seconds,
  deliverWithin: seconds,
  /** What the holder agrees to; its keccak256 goes on the chain. */
  terms: z.string().min(1),
});

export const Parameters = z.strictObject({
  network: z.string(),
  chainId: z.number().int().positive(),
  /** Another salt gives another set of addresses on the same chain. */
  salt: bytes32,
  people: People,
  /** Between scheduling and executing what UPGRADER, TREASURER, ARBITER and ADMIN do. */
  delay: seconds,
  safe: z.strictObject({
    factory: address,
    singleton: address,
    fallbackHandler: address,
    multiSendCallOnly: address,
    saltNonce: z.bigint().nonnegative(),
  }),
  oracle: z.strictObject({
    main: ChainlinkFeed.extend(Bounds.shape),
    /** Our signed feed; its address follows from the deployment. */
    pivot: Bounds.extend({ heartbeat: seconds }),
    /** Null where the chain has no second gold feed. */
    fallback: ChainlinkFeed.extend(Bounds.shape).nullable(),
    pivotBps: bps,
    fallbackBps: bps,
    /** Observations that the ring holds at first; it can grow. */
    ringCapacity: z.number().int().positive(),
    /** Dates (New York) on which the gold market is closed, '2026-12-25', within 256 days of the first. */
    holidays: z.array(z.string()),
  }),
  signedFeed: z.strictObject({ feedId: bytes32, maxSpanBps: bps }),
  token: z.strictObject({
    maxAttestationAge: seconds,
    /** What the desk may mint in a burst, refilling over the window. */
    deskMintLimit: z.strictObject({ capacity: amount, window: seconds }),
  }),
  staking: z.strictObject({ streamDuration: seconds }),
  desk: z.strictObject({
    feeBps: bps,
    normal: Terms,
    degraded: Terms,
    afterHours: Terms,
    coins: z.array(
      ChainlinkFeed.extend({
        symbol: z.string(),
        address,
        coinDecimals: z.number().int().min(0).max(36),
        /** Balance that withdrawals leave for sellers, in the coin's units. */
        floor: amount,
      }),
    ),
  }),
  redemption: z.strictObject({ disputeWindow: seconds, products: z.array(Product).min(1) }),
});
export type Parameters = z.infer<typeof Parameters>;
