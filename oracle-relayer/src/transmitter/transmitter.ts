import { sessionCode } from '@e-aurum/sdk';
import { formatEther, parseEther } from 'ethers';
import type { Logger } from 'pino';
import {
  type ContractCall,
  callContract,
  describeRevert,
  priceOracle,
  signedPriceFeed,
} from '../chain/contracts.ts';
import type { RpcPool } from '../chain/rpc-pool.ts';
import type { Deployment } from '../config/deployment.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { TransmitterConfig } from '../config/schema.ts';
import type { Clock } from '../platform/clock.ts';
import { json, type Routes } from '../platform/http-server.ts';
import { repeat } from '../platform/lifecycle.ts';
import { recordDue, roundDue } from './decide.ts';
import { askReporter, type Checked, checkAnswers, type VerifiedReport } from './gather.ts';
import type { TransmitterMetrics } from './metrics.ts';
import { chooseRound } from './select.ts';
import type { Call, Purpose, Sender } from './sender.ts';
import { type ChainState, readState } from './state.ts';

export interface TransmitterOptions {
  config: LoadedConfig;
  transmitter: TransmitterConfig;
  deployment: Deployment;
  account: string;
  rpc: RpcPool;
  sender: Sender;
  clock: Clock;
  metrics: TransmitterMetrics;
  log: Logger;
}

export interface Transmitter {
  routes: Routes;
  /** One turn: read, decide, and send at most one transaction. */
  turn(): Promise<TurnOutcome>;
  start(): () => Promise<void>;
}

export type TurnOutcome = 'idle' | 'waiting' | 'sent' | 'replaced';

/** A call that is due, in the form that can be simulated and sent. */
interface Due extends ContractCall {
  purpose: Purpose;
  reason: string;
}

const CHECK_HEADS_EVERY_MS = 10_000;
/** After failed turns the next waits longer, up to this. */
const LONGEST_BACKOFF_MS = 5_000;
/** Without a turn that worked for this long we are not ready. */
const READY_WITHIN_MS = 15_000;

/** A report as the contract's struct. */
const asStruct = ({ price, observedAt, session, r, vs }: VerifiedReport) => ({
  price,
  observedAt,
  session: sessionCode(session),
  r,
  vs,
});

export function createTransmitter(options: TransmitterOptions): Transmitter {
  const { config, transmitter, deployment, account, rpc, sender, clock, metrics, log } = options;
  let state: ChainState | undefined;
  let fresh = 0;
  let lastGoodTurnAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let notBeforeMs = 0;

  /** The calls that are due, the most urgent first. */
  function callsDue({ feed, oracle }: ChainState, checked: readonly Checked[]): Due[] {
    const reports = checked.flatMap((item) => ('report' in item ? [item.report] : []));
    fresh = reports.length;
    metrics.freshReports.set(fresh);
    const nowS = clock.nowS();
    const due: Due[] = [];
    const candidate = chooseRound(reports, { ...feed, notBefore: feed.round?.updatedAt ?? 0 });
    const roundReason =
      typeof candidate === 'string' ? undefined : roundDue(feed, candidate, nowS, transmitter.round);
    if (typeof candidate !== 'string' && roundReason) {
      const args = [candidate.reports.map(asStruct)];
      const to = deployment.signedPriceFeed;
      due.push({
        purpose: 'round',
        reason: roundReason,
        to,
        contract: signedPriceFeed,
        method: 'submit',
        args,
      });
    }
    const recordReason = recordDue(oracle, feed, nowS, transmitter.record);
    if (recordReason) {
      const to = deployment.priceOracle;
      due.push({ purpose: 'record', reason: recordReason, to, contract: priceOracle, method: 'record' });
    }
    return due;
  }

  /** The first that would succeed now. One that would revert costs nothing: another transmitter was faster, say. */
  async function firstThatSucceeds(due: readonly Due[]): Promise<Call | undefined> {
    for (const call of due) {
      const { purpose, reason, to, contract, method, args } = call;
      try {
        await callContract(rpc, call, { from: account, tag: config.chain.simulateOn });
        return { purpose, reason, to, data: contract.encodeFunctionData(method, args) };
      } catch (error) {
        if ((error as { code?: string }).code !== 'CALL_EXCEPTION') throw error;
        metrics.simulations.inc({ purpose });
        log.warn({ purpose, reason, revert: describeRevert(contract, error) }, 'not sent: it would revert');
      }
    }
    return undefined;
  }

  function observeState({ feed, oracle, account: own }: ChainState): void {
    if (feed.round) metrics.lastRoundAt.set(feed.round.updatedAt);
    metrics.lastObservationAt.set(oracle.latest.time);
    metrics.balance.set(Number(formatEther(own.balanceWei)));
    for (const { name, quarantined } of rpc.states())
      metrics.quarantined.set({ endpoint: name }, quarantined ? 1 : 0);
  }

  async function turn(): Promise<TurnOutcome> {
    const [answers, found] = await Promise.all([
      Promise.all(config.reporters.map((reporter) => askReporter(reporter, transmitter.reporterTimeoutMs))),
      readState(rpc, deployment, account),
    ]);
    state = found;
    observeState(found);
    const status = await sender.check(found.account);
    const { maxReportAgeS } = transmitter;
    const checked = checkAnswers(answers, {
      feed: found.feed,
      deployment,
      nowS: clock.nowS(),
      maxReportAgeS,
    });
    for (const item of checked)
      metrics.reports.inc({ reporter: item.name, outcome: 'fault' in item ? item.fault : 'fresh' });
    const due = callsDue(found, checked);
    if (status === 'waiting') return 'waiting';
    const call = await firstThatSucceeds(due);
    if (status === 'stuck') {
      await sender.replace(call);
      return 'replaced';
    }
    if (!call) return 'idle';
    await sender.send(call, found.account);
    return 'sent';
  }

  async function guardedTurn(): Promise<void> {
    if (performance.now() < notBeforeMs) return;
    try {
      const outcome = await turn();
      metrics.turns.inc({ outcome });
      lastGoodTurnAt = performance.now();
      failures = 0;
    } catch (error) {
      metrics.turns.inc({ outcome: 'failed' });
      const backoffMs = Math.min(transmitter.pollMs * 2 ** failures++, LONGEST_BACKOFF_MS);
      notBeforeMs = performance.now() + backoffMs;
      log.warn({ err: error, backoffMs }, 'a turn failed: trying again');
    } finally {
      metrics.waiting.set((sender.waitingMs() ?? 0) / 1_000);
    }
  }

  function health() {
    const balanceWei = state?.account.balanceWei;
    const lowBalance =
      balanceWei !== undefined && balanceWei < parseEther(transmitter.lowBalanceBnb.toFixed(18));
    const endpoints = rpc.states();
    const turning = performance.now() - lastGoodTurnAt < READY_WITHIN_MS;
    return {
      ready: turning && !lowBalance,
      account,
      balanceBnb: balanceWei === undefined ? undefined : formatEther(balanceWei),
      lowBalance,
      freshReports: fresh,
      threshold: state?.feed.threshold,
      configId: state?.feed.configId,
      round: state?.feed.round,
      latestObservation: state?.oracle.latest,
      waitingMs: sender.waitingMs(),
      endpoints,
    };
  }

  const routes: Routes = {
    '/health': () => json(200, { live: true, ...health() }),
    '/health/live': () => json(200, { live: true }),
    '/health/ready': () => {
      const found = health();
      return json(found.ready ? 200 : 503, found);
    },
    '/metrics': async () => ({
      status: 200,
      body: await metrics.registry.metrics(),
      contentType: metrics.registry.contentType,
    }),
  };

  return {
    routes,
    turn,
    start() {
      const stops = [
        repeat(transmitter.pollMs, guardedTurn, log),
        repeat(CHECK_HEADS_EVERY_MS, () => rpc.checkHeads(), log),
      ];
      return async () => {
        await Promise.all(stops.map((stop) => stop()));
      };
    },
  };
}
