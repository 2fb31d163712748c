import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Wallet } from 'ethers';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunnableReporter } from '../config/load.ts';
import { configSchema } from '../config/schema.ts';
import type { Clock } from '../platform/clock.ts';
import { reportDocument, reportSigner } from '../report.ts';
import type { ChainReader, ChainView } from './chain-view.ts';
import { createReporterMetrics } from './metrics.ts';
import { createReporter, type Reporter } from './reporter.ts';

const WEDNESDAY = Date.parse('2026-11-18T15:00:00Z');
const SATURDAY = Date.parse('2026-11-21T15:00:00Z');
const feed = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const wallet = Wallet.createRandom();
const signer = {
  address: wallet.address,
  signDigest: async (digest: string) => wallet.signingKey.sign(digest),
};
const log = pino({ level: 'silent' });

let server: Server;
let url: string;
let nowMs: number;
/** Dollars per ounce, as the sources show it; undefined: they fail. */
let spot: number | undefined;
let token: number;
let view: ChainView | Error;
let lastClose: Awaited<ReturnType<ChainReader['lastClose']>>;
let reporter: Reporter;

const clock: Clock = { nowMs: () => nowMs, nowS: () => Math.floor(nowMs / 1_000) };
const chain: ChainReader = {
  view: async () => {
    if (view instanceof Error) throw view;
    return view;
  },
  lastClose: async () => lastClose,
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const bodies: Record<string, unknown> = {
      '/gold': spot && {
        currency: 'USD',
        symbol: 'XAU',
        price: spot,
        updatedAt: new Date(nowMs).toISOString(),
      },
      '/paxg': { error: [], result: { PAXGUSD: { a: [`${token}`, '1', '1'], b: [`${token}`, '1', '1'] } } },
    };
    const body = bodies[request.url ?? ''];
    response.writeHead(body ? 200 : 500).end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close().closeAllConnections());

beforeEach(() => {
  nowMs = WEDNESDAY;
  spot = 4_000;
  token = 4_020;
  view = {
    configId: `0x${'11'.repeat(32)}`,
    feedId: `0x${'22'.repeat(32)}`,
    isReporter: true,
    isMarketOpen: true,
  };
  lastClose = {};
  const parsed = configSchema.parse({
    deployment: 'd.json',
    chain: { id: 31_337, rpc: ['http://127.0.0.1:9'] },
    sources: {
      gold: { adapter: 'gold-api', url: `${url}/gold` },
      paxg: { adapter: 'kraken-paxg', url: `${url}/paxg` },
    },
    reporters: [
      { name: 'one', url, listen: { port: 1 }, sources: ['gold', 'paxg'], key: { developmentAccount: 10 } },
    ],
  });
  reporter = createReporter({
    config: { ...parsed, file: '/config.yaml' },
    reporter: parsed.reporters[0] as RunnableReporter,
    deployment: { chainId: 31_337, signedPriceFeed: feed, priceOracle: feed },
    signer,
    chain,
    clock,
    metrics: createReporterMetrics('one'),
    log,
  });
});

async function get(path: string) {
  const { status, body } = await reporter.routes[path]!();
  return { status, body: body.startsWith('{') ? JSON.parse(body) : body };
}

describe('a reporter', () => {
  it('serves what it observed, signed by its key', async () => {
    await reporter.observe();
    const { status, body } = await get('/v1/report');
    expect(status).toBe(200);
    const document = reportDocument.parse(body);
    const { configId, feedId } = view as ChainView;
    expect(document.report).toEqual({
      configId,
      feedId,
      price: 400_000_000_000n,
      observedAt: WEDNESDAY / 1_000,
      session: 'Open',
    });
    expect(reportSigner(document)).toBe(wallet.address);
    expect(body.sources).toMatchObject([
      { name: 'gold', used: true, price: '400000000000' },
      { name: 'paxg', used: false, price: '402000000000' },
    ]);
    expect((await get('/health/ready')).status).toBe(200);
  });

  it('has nothing to serve before it observed, and says why', async () => {
    expect(await get('/v1/report')).toMatchObject({ status: 503, body: { title: 'No observation' } });
    view = new Error('connect ECONNREFUSED');
    await reporter.observe();
    expect(await get('/v1/report')).toMatchObject({ status: 503, body: { reason: 'no-chain' } });
    expect((await get('/health/ready')).status).toBe(503);
    expect(await get('/health')).toMatchObject({ status: 200, body: { live: true, ready: false } });
  });

  it('keeps its last report, with its age, while its sources fail', async () => {
    await reporter.observe();
    spot = undefined;
    nowMs += 60_000;
    await reporter.observe();
    const { body } = await get('/v1/report');
    expect(body.report.observedAt).toBe(WEDNESDAY / 1_000);
    expect(body.trouble).toMatchObject({ reason: 'no-source' });
    expect(body.sources[0]).toMatchObject({ name: 'gold', used: false, reason: 'status' });
    expect((await get('/health/ready')).status).toBe(503);
    expect((await get('/metrics')).body).toMatch(
      /aurum_reporter_observations_total\{outcome="no-source",reporter="one"\} 1/,
    );
  });

  it('signs at most once a second', async () => {
    await reporter.observe();
    spot = 4_100;
    await reporter.observe();
    expect((await get('/v1/report')).body.report.price).toBe('400000000000');
    nowMs += 1_000;
    await reporter.observe();
    expect((await get('/v1/report')).body.report.price).toBe('410000000000');
  });

  it('goes over to a new configuration, and on with the old one while the chain is silent', async () => {
    await reporter.observe();
    const next = `0x${'33'.repeat(32)}`;
    view = { ...(view as ChainView), configId: next };
    await reporter.readChain();
    nowMs += 1_000;
    await reporter.observe();
    expect((await get('/v1/report')).body.report.configId).toBe(next);
    view = new Error('connect ECONNREFUSED');
    await reporter.readChain();
    nowMs += 1_000;
    await reporter.observe();
    expect((await get('/v1/report')).body.report.configId).toBe(next);
  });

  it('is not ready when the chain does not know it', async () => {
    view = { ...(view as ChainView), isReporter: false };
    await reporter.observe();
    expect((await get('/health/ready')).body).toMatchObject({ ready: false, isReporter: false });
  });

  it('reports the close, moved by tokenised gold, while the market is closed', async () => {
    await reporter.observe();
    nowMs += 60_000;
    view = { ...(view as ChainView), isMarketOpen: false };
    await reporter.readChain();
    spot = 9_999;
    await reporter.observe();
    const { body } = await get('/v1/report');
    expect(body.report).toMatchObject({ session: 'Closed', price: '400000000000' });
    expect(body.sources).toMatchObject([
      { name: 'gold', used: false, reason: 'left out while the market is Closed' },
      { name: 'paxg', used: true },
    ]);
  });

  it('takes the close from the chain when it starts on a weekend', async () => {
    nowMs = SATURDAY;
    await reporter.observe();
    expect(await get('/v1/report')).toMatchObject({ status: 503, body: { reason: 'no-close' } });
    lastClose = { close: { price: 398_000_000_000n, at: SATURDAY / 1_000 - 60_000 } };
    nowMs += 1_000;
    await reporter.observe();
    expect((await get('/v1/report')).body.report).toMatchObject({ session: 'Closed', price: '398000000000' });
  });
});
