import { dayFromDate } from '@e-aurum/sdk';
import { z } from 'zod';
import { ADAPTER_NAMES } from '../sources/index.ts';

/** Values may come from the environment (`${NAME:-default}`), where everything is text: hence `coerce`. */
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const ms = (min: number, max: number) => whole(min, max);
const bps = whole(0, 10_000);

const listen = z.strictObject({ host: z.string().default('127.0.0.1'), port: whole(1, 65_535) });

const date = z.string().refine(
  (text) => {
    try {
      return dayFromDate(text) >= 0;
    } catch {
      return false;
    }
  },
  { error: 'must be a date such as 2026-12-25, in quotes' },
);

/** Where a private key comes from. The config itself never holds one. */
const key = z.union(
  [
    /** The name of an environment variable that holds the key, 0x and 64 hex digits. */
    z.strictObject({ env: z.string().regex(/^[A-Z][A-Z0-9_]*$/) }),
    /** An encrypted JSON keystore (Web3 Secret Storage) and a file with its password. */
    z.strictObject({ keystore: z.string().min(1), passwordFile: z.string().min(1) }),
    /** An account of the public development mnemonic, by index; refused in production. */
    z.strictObject({ developmentAccount: whole(0, 99) }),
  ],
  { error: 'must be { env: NAME }, { keystore: file, passwordFile: file } or { developmentAccount: index }' },
);
export type KeyConfig = z.infer<typeof key>;

const chain = z.strictObject({
  id: whole(1, Number.MAX_SAFE_INTEGER),
  /** In order of preference; one that fails is set aside for a while. */
  rpc: z.array(url).min(1),
  timeoutMs: ms(100, 60_000).default(5_000),
  /**
   * The block that a transaction is simulated on. `latest` where blocks come by themselves; `pending` on a development
   * chain that mines only when there is work, whose latest block may be older than the reports.
   */
  simulateOn: z.enum(['latest', 'pending']).default('latest'),
});
export type ChainConfig = z.infer<typeof chain>;

const source = z.strictObject({
  adapter: z.enum(ADAPTER_NAMES),
  url,
  /** Sent with the request: where a source wants an API key. */
  headers: z.record(z.string(), z.string()).optional(),
  /** For both tries together. */
  timeoutMs: ms(50, 30_000).default(1_500),
  /** A quote older than this is stale, seconds. */
  maxAgeS: whole(1, 86_400).default(60),
});
export type SourceConfig = z.infer<typeof source>;

const observation = z
  .strictObject({
    everyMs: ms(200, 600_000).default(2_000),
    /** Sources that must agree before anything is signed. */
    minSources: whole(1, 9).default(1),
    /** Quotes outside are absurd, dollars per ounce. */
    minUsdPerOunce: whole(1, 1_000_000).default(500),
    maxUsdPerOunce: whole(1, 1_000_000).default(20_000),
    /** A quote whose bid and ask stand further apart is no price. */
    maxSpreadBps: bps.default(100),
    /** A source further from the median of all is off. */
    maxSourceDeviationBps: bps.default(100),
  })
  .refine(({ minUsdPerOunce, maxUsdPerOunce }) => minUsdPerOunce < maxUsdPerOunce, {
    error: 'minUsdPerOunce must be below maxUsdPerOunce',
    path: ['minUsdPerOunce'],
  });
export type ObservationConfig = z.infer<typeof observation>;

const afterHours = z.strictObject({
  /** How much of tokenised gold's move since the close is believed. */
  weightBps: bps.default(7_000),
  /** The furthest that the price may leave the close. */
  maxBelowCloseBps: bps.default(500),
  maxAboveCloseBps: bps.default(250),
  /** Time constants of the averages of a token's premium over spot in open hours, and of its move since the close. */
  premiumAverageS: whole(1, 604_800).default(3_600),
  moveAverageS: whole(1, 86_400).default(600),
  /** Without any fresh tokenised price for this long, nothing is signed any more. */
  tokenStaleAfterS: whole(1, 86_400).default(900),
  /** A close older than this is no base: longer than the longest run of holidays around a weekend. */
  closeStaleAfterS: whole(3_600, 2_592_000).default(432_000),
});
export type AfterHoursConfig = z.infer<typeof afterHours>;

const reporter = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'must be lower case letters, digits and dashes' }),
  /** Where the transmitter finds it. */
  url,
  /** What follows is needed only where this reporter itself runs. */
  listen: listen.optional(),
  sources: z.array(z.string()).min(1).optional(),
  key: key.optional(),
});
export type ReporterConfig = z.infer<typeof reporter>;

const fees = z.strictObject({
  /** Never less than this, gwei: validators refuse it. */
  floorGwei: z.coerce.number().min(0).max(10_000).default(0.05),
  /** Never more than this, gwei: then the transaction waits, and an alert says so. */
  capGwei: z.coerce.number().positive().max(10_000).default(5),
  /** A raise on the same nonce; nodes want at least 10%. */
  raisePercent: whole(10, 200).default(25),
  /** Not mined for this long: the same nonce is sent again with a higher fee. */
  raiseAfterMs: ms(200, 600_000).default(5_000),
});

const transmitter = z.strictObject({
  listen,
  key,
  pollMs: ms(100, 60_000).default(1_000),
  reporterTimeoutMs: ms(50, 10_000).default(800),
  /** Reports older than this are not sent, seconds. */
  maxReportAgeS: whole(1, 3_600).default(20),
  round: z
    .strictObject({
      /** A round is sent when the price moved by this much since the last, */
      deviationBps: bps.default(20),
      /** or when the last is this old, seconds. Well below the oracle's heartbeat of this feed. */
      heartbeatS: whole(1, 86_400).default(60),
    })
    .prefault({}),
  record: z
    .strictObject({
      deviationBps: bps.default(10),
      heartbeatS: whole(1, 86_400).default(300),
      /** An observation after every round, whatever the price. */
      afterRounds: z.boolean().default(true),
    })
    .prefault({}),
  fees: fees.prefault({}).refine(({ floorGwei, capGwei }) => floorGwei <= capGwei, {
    error: 'floorGwei must not be above capGwei',
    path: ['floorGwei'],
  }),
  /** Below this balance /health/ready says so, in BNB. */
  lowBalanceBnb: z.coerce.number().min(0).default(0.02),
});
export type TransmitterConfig = z.infer<typeof transmitter>;

/** Names that are used and not declared, or declared twice. */
function checkNames(
  { sources, reporters }: { sources: object; reporters: ReporterConfig[] },
  issues: z.core.$ZodRawIssue[],
) {
  reporters.forEach((item, index) => {
    if (reporters.findIndex(({ name }) => name === item.name) !== index)
      issues.push({
        code: 'custom',
        input: item.name,
        path: ['reporters', index, 'name'],
        message: 'is used twice',
      });
    (item.sources ?? []).forEach((name, at) => {
      if (!Object.hasOwn(sources, name))
        issues.push({
          code: 'custom',
          input: name,
          path: ['reporters', index, 'sources', at],
          message: `"${name}" is not declared under "sources" (there is ${Object.keys(sources).join(', ')})`,
        });
    });
  });
}

export const configSchema = z
  .strictObject({
    /** The deployment's JSON: `{chainId, contracts: {SignedPriceFeed: {proxy}, PriceOracle: {proxy}}}`. */
    deployment: z.string().min(1),
    chain,
    market: z.strictObject({ holidays: z.array(date).default([]) }).prefault({}),
    observation: observation.prefault({}),
    afterHours: afterHours.prefault({}),
    sources: z.record(z.string(), source),
    reporters: z.array(reporter).min(1),
    transmitter: transmitter.optional(),
  })
  .check((context) => checkNames(context.value, context.issues));

export type RelayerConfig = z.infer<typeof configSchema>;
