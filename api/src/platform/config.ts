import { z } from 'zod';
import { DEVELOPMENT_MASTER_KEY, developmentKey, isDevelopmentKey } from './development.ts';

const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const PrivateKey = z.string().regex(/^0x[0-9a-fA-F]{64}$/, 'must be 0x and 64 hex digits');
const positive = (fallback: number) => z.coerce.number().int().min(1).default(fallback);

/** Every variable the services read, each with why it is there. Nothing else in `api/` reads `process.env`. */
const Environment = z.object({
  /** Development has keys and origins of its own; production takes none of them. */
  AURUM_ENV: z.enum(['development', 'production']).default('development'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Connections of one process; queue connections come on top (one each for a queue and its LISTEN). */
  DATABASE_POOL_SIZE: positive(10),
  /** Queues run on PostgreSQL unless this is set. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  RPC_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8545'),
  /** What stands where: written by the deployment. */
  AURUM_DEPLOYMENT: z.string().default('.aurum/deployment.json'),
  /** Development's small world, read by `node api/src/seed.ts`. */
  AURUM_SEED: z.string().default('.aurum/seed.json'),
  /** A development world may live at another time than ours; sign-in messages are written at its time. Seconds. */
  AURUM_CLOCK_OFFSET_S: z.coerce.number().int().default(0),
  HOST: z.string().default('127.0.0.1'),
  API_PORT: port(4000),
  INDEXER_PORT: port(4301),
  WORKER_PORT: port(4302),
  /** Where the pages are served: sign-in messages and cookies are accepted from there only. */
  PUBLIC_ORIGINS: z.string().default('http://localhost:3000').transform(list),
  /** Which proxies may say who the client is (Express "trust proxy"). */
  TRUST_PROXY: z.string().default('loopback'),
  /** Wraps the key of every person: 32 bytes. */
  MASTER_KEY: PrivateKey.optional(),
  /** Sends InvestorRegistry.setStatus and revoke; holds COMPLIANCE. */
  COMPLIANCE_KEY: PrivateKey.optional(),
  /** Sends the operator's steps of a redemption; holds CUSTODIAN. */
  FULFILMENT_KEY: PrivateKey.optional(),
  /** Accounts that may review KYC cases and work on redemptions, separated by commas. */
  OPERATORS: z
    .string()
    .default('')
    .transform(list)
    .pipe(z.array(z.string().regex(/^0x[0-9a-fA-F]{40}$/))),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SESSION_HOURS: positive(12),
  /** Requests a minute: reads and sign-ins by client address, writes by account. */
  RATE_LIMIT_READS: positive(3000),
  RATE_LIMIT_WRITES: positive(300),
  RATE_LIMIT_SIGN_INS: positive(120),
  /** How often the worker looks for new outbox rows and moves its transactions on. */
  OUTBOX_POLL_MS: positive(250),
  SENDER_POLL_MS: positive(400),
  INDEXER_POLL_MS: positive(300),
  /** Tip for the validators (wei); BSC's floor is 0.05 gwei, some endpoints want 1. */
  PRIORITY_FEE_WEI: z.coerce.bigint().positive().default(1_000_000_000n),
  /** The most ever paid for a unit of gas (wei), escalations included. */
  MAX_FEE_WEI: z.coerce.bigint().positive().default(100_000_000_000n),
  /** After this long without being mined, a transaction's fees are raised on the same nonce. */
  STUCK_AFTER_MS: positive(15_000),
});

export interface Config {
  environment: 'development' | 'production';
  /** By how much the world's clock is ahead of ours; 0 in production. */
  clockOffsetMs: number;
  databaseUrl: string;
  databasePoolSize: number;
  redisUrl: string | undefined;
  rpcUrl: string;
  deploymentFile: string;
  seedFile: string;
  host: string;
  ports: { api: number; indexer: number; worker: number };
  publicOrigins: string[];
  trustProxy: string;
  masterKey: string;
  signerKeys: { compliance: string; fulfilment: string };
  operators: string[];
  logLevel: string;
  sessionMs: number;
  rateLimits: { reads: number; writes: number; signIns: number };
  outboxPollMs: number;
  senderPollMs: number;
  indexerPollMs: number;
  priorityFeeWei: bigint;
  maxFeeWei: bigint;
  stuckAfterMs: number;
}

/** The environment cannot be run with. The message names each variable and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Values = z.infer<typeof Environment>;

/** The keys of a process. Development has defaults; production must bring its own, and none that is public. */
function keysOf(values: Values): Pick<Config, 'masterKey' | 'signerKeys'> {
  if (values.AURUM_ENV === 'development') {
    return {
      masterKey: values.MASTER_KEY ?? DEVELOPMENT_MASTER_KEY,
      signerKeys: {
        compliance: values.COMPLIANCE_KEY ?? developmentKey('compliance'),
        fulfilment: values.FULFILMENT_KEY ?? developmentKey('fulfilment'),
      },
    };
  }
  const problems: string[] = [];
  for (const name of ['MASTER_KEY', 'COMPLIANCE_KEY', 'FULFILMENT_KEY'] as const) {
    const key = values[name];
    if (!key) problems.push(`${name}: production needs its own key; set it`);
    else if (isDevelopmentKey(key))
      problems.push(`${name}: this is a development key that everybody knows; make a new one`);
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    masterKey: values.MASTER_KEY!,
    signerKeys: { compliance: values.COMPLIANCE_KEY!, fulfilment: values.FULFILMENT_KEY! },
  };
}

/**
 * Reads the configuration, once, at the start of a process.
 * @throws ConfigError with one line for each variable that is wrong; values are never in the message
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const values = parsed.data;
  return {
    environment: values.AURUM_ENV,
    clockOffsetMs: values.AURUM_ENV === 'development' ? values.AURUM_CLOCK_OFFSET_S * 1_000 : 0,
    databaseUrl: values.DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    redisUrl: values.REDIS_URL,
    rpcUrl: values.RPC_URL,
    deploymentFile: values.AURUM_DEPLOYMENT,
    seedFile: values.AURUM_SEED,
    host: values.HOST,
    ports: { api: values.API_PORT, indexer: values.INDEXER_PORT, worker: values.WORKER_PORT },
    publicOrigins: values.PUBLIC_ORIGINS,
    trustProxy: values.TRUST_PROXY,
    ...keysOf(values),
    operators: values.OPERATORS,
    logLevel: values.LOG_LEVEL,
    sessionMs: values.SESSION_HOURS * 3_600_000,
    rateLimits: {
      reads: values.RATE_LIMIT_READS,
      writes: values.RATE_LIMIT_WRITES,
      signIns: values.RATE_LIMIT_SIGN_INS,
    },
    outboxPollMs: values.OUTBOX_POLL_MS,
    senderPollMs: values.SENDER_POLL_MS,
    indexerPollMs: values.INDEXER_POLL_MS,
    priorityFeeWei: values.PRIORITY_FEE_WEI,
    maxFeeWei: values.MAX_FEE_WEI,
    stuckAfterMs: values.STUCK_AFTER_MS,
  };
}
