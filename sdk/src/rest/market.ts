import { z } from 'zod';
import { Address, Hash, Hex, Instant, Int, PriceMode, PriceSource, Uint } from './common.ts';

/** What one feed says now. */
export const FeedStatus = z.object({
  source: PriceSource,
  name: z.string(),
  address: Address,
  live: z.boolean(),
  usdPerGram: Uint,
  updatedAt: Instant.nullable(),
  heartbeatSeconds: z.number().int(),
});

/** GET /v1/prices/latest: PriceOracle.quote() at the newest block. Prices: dollars per gram, 18 decimals. */
export const LatestPrice = z.object({
  usdPerGram: Uint,
  lowUsdPerGram: Uint,
  highUsdPerGram: Uint,
  mode: PriceMode,
  source: PriceSource,
  marketOpen: z.boolean(),
  marketChangesAt: Instant.nullable(),
  feeds: z.array(FeedStatus),
  blockNumber: z.number().int(),
  at: Instant,
  /** the newest observation on the chain */
  observation: z
    .object({ sequence: Uint, usdPerGram: Uint, mode: PriceMode, source: PriceSource, at: Instant })
    .nullable(),
  /** against the observation of 24 hours ago; null when there is none */
  change24h: z.object({ usdPerGram: Int, bps: z.number().int() }).nullable(),
});
export type LatestPrice = z.infer<typeof LatestPrice>;

/** An on-chain observation, read from the Observed event. */
export const Observation = z.object({
  sequence: Uint,
  at: Instant,
  usdPerGram: Uint,
  lowUsdPerGram: Uint,
  highUsdPerGram: Uint,
  mode: PriceMode,
  source: PriceSource,
  blockNumber: z.number().int(),
  transactionHash: Hash,
});
export type Observation = z.infer<typeof Observation>;

/** GET /v1/prices/observations?from&to&mode&cursor&limit (newest first); `.csv` gives the same as text/csv. */
export const ObservationsQuery = z.object({
  from: Instant.optional(),
  to: Instant.optional(),
  mode: PriceMode.optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** GET /v1/prices/history?days=90&points=400: for charts, oldest first; the last observation of each interval. */
export const HistoryQuery = z.object({
  days: z.coerce.number().int().min(1).max(3650).default(90),
  points: z.coerce.number().int().min(10).max(2000).default(400),
});
export const PriceHistory = z.object({
  points: z.array(
    z.object({ at: Instant, usdPerGram: Uint, mode: PriceMode, source: PriceSource, sequence: Uint }),
  ),
  lowUsdPerGram: Uint,
  highUsdPerGram: Uint,
  observations: z.number().int(),
});
export type PriceHistory = z.infer<typeof PriceHistory>;

/** GET /v1/quotes?side&coin&amount[&account]: GoldDesk.quoteBuy / quoteSell by eth_call, with the call that will do it. */
export const QuoteQuery = z.object({
  side: z.enum(['buy', 'sell']),
  coin: Address,
  amount: Uint.meta({ description: 'buy: coin units paid; sell: wei of EAU given' }),
});
export const Quote = z.object({
  side: z.enum(['buy', 'sell']),
  coin: Address,
  coinAmount: Uint,
  grams: Uint,
  feeGrams: Uint,
  usdPerGram: Uint,
  usdPerCoin: Uint,
  spreadBps: z.number().int(),
  feeBps: z.number().int(),
  price: z.object({
    usdPerGram: Uint,
    lowUsdPerGram: Uint,
    highUsdPerGram: Uint,
    mode: PriceMode,
    source: PriceSource,
  }),
  blockNumber: z.number().int(),
  at: Instant,
});
export type Quote = z.infer<typeof Quote>;

/** A trade, read from Bought / Sold / OrderSettled. */
export const Trade = z.object({
  id: z.string(),
  side: z.enum(['buy', 'sell', 'settle']),
  account: Address,
  coin: Address.nullable(),
  coinSymbol: z.string().nullable(),
  coinAmount: Uint,
  grams: Uint,
  feeGrams: Uint,
  usd: Uint,
  usdPerGram: Uint,
  observation: Uint,
  mode: PriceMode,
  at: Instant,
  blockNumber: z.number().int(),
  transactionHash: Hash,
});
export type Trade = z.infer<typeof Trade>;

/** GET /v1/trades (the caller's own; newest first) */
export const TradesQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** GET /v1/deployment: what stands where, as the deployment wrote it. */
export const Deployment = z.looseObject({
  chainId: z.number().int(),
  contracts: z.record(z.string(), z.looseObject({ proxy: Address, implementation: Address })),
  accessManager: Address,
  safe: Address,
  coins: z.array(z.looseObject({ symbol: z.string(), address: Address, decimals: z.number().int() })),
  feeds: z.array(z.looseObject({ name: z.string(), address: Address })),
  roles: z.array(
    z.looseObject({
      role: z.string(),
      holder: Address,
      delaySeconds: z.number().int(),
      functions: z.array(z.string()),
    }),
  ),
  block: z.number().int(),
});
export type Deployment = z.infer<typeof Deployment>;

/** GET /v1/staking: sEAU as the chain has it, and the fees of the last 30 days. */
export const Staking = z.object({
  totalAssets: Uint,
  totalShares: Uint,
  assetsPerShare: Uint.meta({ description: 'wei of EAU for 1e18 wei of shares x 10^offset, 18 decimals' }),
  pendingFees: Uint,
  unstreamed: Uint,
  streamEndsAt: Instant.nullable(),
  nextStreamAt: Instant.nullable(),
  feesLast30Days: Uint,
  annualRateBps: z.number().int().nullable(),
});
export type Staking = z.infer<typeof Staking>;

export const Bytes = Hex;
