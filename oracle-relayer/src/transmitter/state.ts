import { type Session, sessionFromCode } from '@e-aurum/sdk';
import { callContract, priceOracle, signedPriceFeed } from '../chain/contracts.ts';
import type { RpcPool } from '../chain/rpc-pool.ts';
import type { Deployment } from '../config/deployment.ts';

/** The last round on the chain. `price`: US dollars per troy ounce, 8 decimals; times: unix seconds. */
export interface RoundState {
  roundId: bigint;
  price: bigint;
  updatedAt: number;
  submittedAt: number;
  session: Session;
}

export interface FeedState {
  configId: string;
  feedId: string;
  threshold: number;
  maxSpanBps: number;
  /** Address in lower case -> observedAt of its last accepted report. */
  reporters: Map<string, number>;
  /** Undefined before the first round. */
  round?: RoundState;
}

/** What the oracle says now, and what it last wrote down. Prices: US dollars per gram, 18 decimals. */
export interface OracleState {
  usdPerGram: bigint;
  mode: number;
  source: number;
  /** Sequence 0: nothing written yet. */
  latest: { sequence: bigint; time: number; usdPerGram: bigint; mode: number; source: number };
  /** When the anchor, the last Normal price, was written or confirmed; unix seconds. */
  anchorTime: number;
}

export interface AccountState {
  /** Transactions of ours that are mined, and so the nonce of the next; with those that wait, `pendingNonce`. */
  nonce: number;
  pendingNonce: number;
  balanceWei: bigint;
}

export interface ChainState {
  feed: FeedState;
  oracle: OracleState;
  account: AccountState;
}

async function readFeed(rpc: RpcPool, to: string): Promise<FeedState> {
  const read = async (method: string, args: readonly unknown[] = []) =>
    (await callContract(rpc, { to, contract: signedPriceFeed, method, args }))[0];
  const [configId, feedId, threshold, maxSpanBps, reporters, latestRound] = await Promise.all([
    read('configId'),
    read('feedId'),
    read('threshold'),
    read('maxSpanBps'),
    read('reporters') as Promise<string[]>,
    read('latestRound') as Promise<bigint>,
  ]);
  const [lastObserved, round] = await Promise.all([
    Promise.all(reporters.map((reporter) => read('lastObservedAt', [reporter]))),
    latestRound > 0n ? read('round', [latestRound]) : undefined,
  ]);
  return {
    configId,
    feedId,
    threshold: Number(threshold),
    maxSpanBps: Number(maxSpanBps),
    reporters: new Map(
      reporters.map((reporter, index) => [reporter.toLowerCase(), Number(lastObserved[index])]),
    ),
    round: round && {
      roundId: latestRound,
      price: round.price,
      updatedAt: Number(round.updatedAt),
      submittedAt: Number(round.submittedAt),
      session: sessionFromCode(round.session),
    },
  };
}

const NOTHING_WRITTEN = { sequence: 0n, time: 0, usdPerGram: 0n, mode: 0, source: 0 };

async function readOracle(rpc: RpcPool, to: string): Promise<OracleState> {
  const call = (method: string) => callContract(rpc, { to, contract: priceOracle, method });
  const [[quote], [, , newest], [, anchorTime]] = await Promise.all([
    call('quote'),
    call('ring'),
    call('anchor'),
  ]);
  // `latest` reverts before the first observation.
  const latest = newest === 0n ? NOTHING_WRITTEN : (await call('latest'))[0];
  return {
    usdPerGram: quote.usdPerGram,
    mode: Number(quote.mode),
    source: Number(quote.source),
    latest: {
      sequence: latest.sequence,
      time: Number(latest.time),
      usdPerGram: latest.usdPerGram,
      mode: Number(latest.mode),
      source: Number(latest.source),
    },
    anchorTime: Number(anchorTime),
  };
}

async function readAccount(rpc: RpcPool, account: string): Promise<AccountState> {
  const [nonce, pendingNonce, balance] = await Promise.all([
    rpc.request('eth_getTransactionCount', [account, 'latest']),
    rpc.request('eth_getTransactionCount', [account, 'pending']),
    rpc.request('eth_getBalance', [account, 'latest']),
  ]);
  return { nonce: Number(nonce), pendingNonce: Number(pendingNonce), balanceWei: BigInt(balance as string) };
}

/** Everything a turn decides on. @throws when no endpoint answers */
export async function readState(rpc: RpcPool, deployment: Deployment, account: string): Promise<ChainState> {
  const [feed, oracle, own] = await Promise.all([
    readFeed(rpc, deployment.signedPriceFeed),
    readOracle(rpc, deployment.priceOracle),
    readAccount(rpc, account),
  ]);
  return { feed, oracle, account: own };
}
