import { dayFromDate, type PriceReport, REPORT_DECIMALS, type Session } from '@e-aurum/sdk';
import type { Logger } from 'pino';
import type { Deployment } from '../config/deployment.ts';
import type { LoadedConfig, RunnableReporter } from '../config/load.ts';
import type { Clock } from '../platform/clock.ts';
import { unitsToDecimal } from '../platform/exact-json.ts';
import { json, problem, type Routes } from '../platform/http-server.ts';
import { repeat } from '../platform/lifecycle.ts';
import type { DigestSigner } from '../platform/signer.ts';
import { signReport } from '../report.ts';
import { askSource, isPriced, type SourceReading } from '../sources/ask.ts';
import type { ChainReader, ChainView } from './chain-view.ts';
import type { ReporterMetrics } from './metrics.ts';
import {
  beginClosedSession,
  emptyMemory,
  NoObservation,
  observeClosed,
  observeOpen,
  sessionAt,
} from './observe.ts';

export interface ReporterOptions {
  config: LoadedConfig;
  reporter: RunnableReporter;
  deployment: Deployment;
  signer: DigestSigner;
  chain: ChainReader;
  clock: Clock;
  metrics: ReporterMetrics;
  log: Logger;
}

export interface Reporter {
  routes: Routes;
  /** Observes and signs once. */
  observe(): Promise<void>;
  /** Reads the configuration from the chain once; keeps what is known when the chain can't be reached. */
  readChain(): Promise<void>;
  /** Does both again and again; what it returns stops. */
  start(): () => Promise<void>;
}

interface Signed {
  report: PriceReport;
  signature: { r: string; vs: string };
  sources: object[];
}

const CHAIN_EVERY_MS = 2_000;
/** Without an observation for this many turns we are not ready. */
const READY_TURNS = 5;

/** How a source is shown in /v1/report: what it said, and whether or why it did not count. */
function sourceDetail(reading: SourceReading, used: readonly string[], session: Session): object {
  const { name, kind, latencyMs } = reading;
  if (!isPriced(reading))
    return { name, kind, used: false, reason: reading.dropped, detail: reading.detail, latencyMs };
  const { price, quotedAtMs } = reading;
  const counts = used.includes(name);
  const wrongSession = session === 'Open' ? kind === 'tokenised' : kind === 'spot';
  const why = counts ? {} : { reason: wrongSession ? `left out while the market is ${session}` : 'off' };
  return { name, kind, used: counts, ...why, price, quotedAt: new Date(quotedAtMs).toISOString(), latencyMs };
}

export function createReporter(options: ReporterOptions): Reporter {
  const { config, reporter, deployment, signer, chain, clock, metrics, log } = options;
  const holidays = new Set(config.market.holidays.map(dayFromDate));
  const memory = emptyMemory();
  let view: ChainView | undefined;
  let signed: Signed | undefined;
  /** Why the last observation brought nothing. */
  let trouble: { reason: string; detail: string; sources: object[] } | undefined;

  async function readChain(): Promise<void> {
    try {
      const found = await chain.view(signer.address, clock.nowS());
      if (view && view.configId !== found.configId)
        log.info({ from: view.configId, to: found.configId }, 'new configuration');
      if (view?.isReporter !== found.isReporter && !found.isReporter)
        log.warn(
          { address: signer.address },
          'the chain does not know this reporter: its reports will not count',
        );
      view = found;
      metrics.chainReads.inc({ outcome: 'read' });
    } catch (error) {
      metrics.chainReads.inc({ outcome: 'failed' });
      log.warn({ err: error }, 'the chain could not be read: going on with what is known');
    }
  }

  function askAll(): Promise<SourceReading[]> {
    return Promise.all(
      reporter.sources.map(async (name) => {
        const reading = await askSource(name, config.sources[name]!, { clock, rules: config.observation });
        metrics.sources.inc({ source: name, outcome: isPriced(reading) ? 'priced' : reading.dropped });
        metrics.latency.observe({ source: name }, reading.latencyMs / 1_000);
        return reading;
      }),
    );
  }

  async function priceOf(session: Session, readings: SourceReading[], nowS: number) {
    if (session === 'Open') return observeOpen(memory, readings, nowS, config);
    const closed =
      memory.closed ?? beginClosedSession(memory, await chain.lastClose(), nowS, config.afterHours);
    return observeClosed(closed, readings, nowS, config.afterHours);
  }

  async function observe(): Promise<void> {
    if (!view) await readChain();
    if (!view) {
      trouble = {
        reason: 'no-chain',
        detail: 'the configuration could not be read from the chain yet',
        sources: [],
      };
      return;
    }
    const readings = await askAll();
    const observedAt = clock.nowS();
    // The contract takes each reporter's reports in the order of their seconds, one a second.
    if (signed && observedAt <= signed.report.observedAt) return;
    const session = sessionAt(observedAt, holidays, view.isMarketOpen);
    const { configId, feedId } = view;
    try {
      const { price, used } = await priceOf(session, readings, observedAt);
      const report: PriceReport = { configId, feedId, price, observedAt, session };
      const signature = await signReport(signer, report, deployment.chainId, deployment.signedPriceFeed);
      signed = {
        report,
        signature,
        sources: readings.map((reading) => sourceDetail(reading, used, session)),
      };
      trouble = undefined;
      metrics.observations.inc({ outcome: 'signed' });
      metrics.price.set(Number(unitsToDecimal(price, REPORT_DECIMALS)));
      metrics.observedAt.set(observedAt);
    } catch (error) {
      const reason = error instanceof NoObservation ? error.reason : 'failed';
      const detail = error instanceof Error ? error.message : String(error);
      if (trouble?.reason !== reason) log.warn({ reason, detail }, 'nothing could be signed');
      trouble = { reason, detail, sources: readings.map((reading) => sourceDetail(reading, [], session)) };
      metrics.observations.inc({ outcome: reason });
    }
  }

  /** Seconds since the observation last signed. */
  const age = (): number | undefined => (signed ? clock.nowS() - signed.report.observedAt : undefined);
  const isReady = (): boolean => {
    const seconds = age();
    const limitS = Math.max(10, (config.observation.everyMs * READY_TURNS) / 1_000);
    return seconds !== undefined && seconds <= limitS && view?.isReporter === true;
  };

  function health() {
    return {
      ready: isReady(),
      reporter: reporter.name,
      address: signer.address,
      configId: view?.configId,
      isReporter: view?.isReporter,
      observationAgeS: age(),
      trouble: trouble && { reason: trouble.reason, detail: trouble.detail },
    };
  }

  const routes: Routes = {
    '/v1/report': () => {
      if (!signed)
        return problem(
          503,
          'No observation',
          trouble?.detail ?? 'Nothing has been observed yet: ask again.',
          { ...trouble },
        );
      const { report, signature, sources } = signed;
      return json(200, {
        reporter: reporter.name,
        address: signer.address,
        chainId: deployment.chainId,
        verifyingContract: deployment.signedPriceFeed,
        unit: 'US dollars per troy ounce, 8 decimals',
        report,
        signature,
        sources: trouble?.sources ?? sources,
        trouble: trouble && { reason: trouble.reason, detail: trouble.detail },
      });
    },
    '/health': () => json(200, { live: true, ...health() }),
    '/health/live': () => json(200, { live: true }),
    '/health/ready': () => json(isReady() ? 200 : 503, health()),
    '/metrics': async () => ({
      status: 200,
      body: await metrics.registry.metrics(),
      contentType: metrics.registry.contentType,
    }),
  };

  return {
    routes,
    observe,
    readChain,
    start() {
      const stops = [
        repeat(CHAIN_EVERY_MS, readChain, log),
        repeat(config.observation.everyMs, observe, log),
      ];
      return async () => {
        await Promise.all(stops.map((stop) => stop()));
      };
    },
  };
}
