import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PriceReport, Session } from '@e-aurum/sdk';
import { Wallet } from 'ethers';
import { afterEach, describe, expect, it } from 'vitest';
import type { DigestSigner } from '../platform/signer.ts';
import { type ReportDocument, reportDocument, signReport } from '../report.ts';
import { askReporter, checkAnswers } from './gather.ts';
import type { FeedState } from './state.ts';

const nowS = 1_787_059_800;
const chainId = 31_337;
const signedPriceFeed = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const configId = `0x${'11'.repeat(32)}`;
const feedId = `0x${'22'.repeat(32)}`;
const wallets = Array.from({ length: 4 }, () => Wallet.createRandom());

const signerOf = ({ address, signingKey }: (typeof wallets)[number]): DigestSigner => ({
  address,
  signDigest: async (digest) => signingKey.sign(digest),
});

const feed: FeedState = {
  configId,
  feedId,
  threshold: 3,
  maxSpanBps: 100,
  reporters: new Map(wallets.slice(0, 3).map(({ address }) => [address.toLowerCase(), nowS - 30])),
};
const rules = {
  feed,
  deployment: { chainId, signedPriceFeed, priceOracle: signedPriceFeed },
  nowS,
  maxReportAgeS: 20,
};

interface Change {
  report?: Partial<PriceReport>;
  wallet?: number;
  document?: Partial<ReportDocument>;
  chainId?: number;
}

async function documentOf({
  report = {},
  wallet = 0,
  document = {},
  chainId: signedFor = chainId,
}: Change = {}) {
  const signer = signerOf(wallets[wallet]!);
  const session: Session = 'Open';
  const whole = { configId, feedId, price: 439_200_000_000n, observedAt: nowS - 1, session, ...report };
  const signature = await signReport(signer, whole, signedFor, signedPriceFeed);
  const base = { reporter: 'r', address: signer.address, chainId, verifyingContract: signedPriceFeed };
  return { ...base, report: whole, signature, ...document } as ReportDocument;
}

const faultOf = async (change: Change): Promise<string | undefined> => {
  const [checked] = checkAnswers([{ name: 'r', document: await documentOf(change) }], rules);
  return 'fault' in checked! ? checked.fault : undefined;
};

describe('checking a report', () => {
  it('takes one that is signed by a reporter for this feed and configuration', async () => {
    const [checked] = checkAnswers([{ name: 'r', document: await documentOf() }], rules);
    expect(checked).toMatchObject({
      name: 'r',
      report: { signer: wallets[0]!.address.toLowerCase(), price: 439_200_000_000n, observedAt: nowS - 1 },
    });
  });

  it.each([
    ['other-feed', { document: { chainId: 56 } }],
    ['other-feed', { document: { verifyingContract: `0x${'33'.repeat(20)}` } }],
    ['other-feed', { report: { feedId: `0x${'33'.repeat(32)}` } }],
    ['other-config', { report: { configId: `0x${'33'.repeat(32)}` } }],
    ['future', { report: { observedAt: nowS + 4 } }],
    ['stale', { report: { observedAt: nowS - 21 } }],
    ['bad-signature', { chainId: 56 }],
    ['bad-signature', { document: { address: wallets[1]!.address } }],
    ['bad-signature', { document: { signature: { r: `0x${'00'.repeat(32)}`, vs: `0x${'ff'.repeat(32)}` } } }],
    ['unknown-reporter', { wallet: 3 }],
  ] as [string, Change][])('refuses one: %s', async (fault, change) => {
    expect(await faultOf(change)).toBe(fault);
  });

  it('refuses a price that was not the one signed', async () => {
    const document = await documentOf();
    document.report.price += 1n;
    expect(checkAnswers([{ name: 'r', document }], rules)[0]).toMatchObject({ fault: 'bad-signature' });
  });

  it('refuses one that the chain has taken already, and a second one of the same key', async () => {
    const taken = {
      ...rules,
      feed: { ...feed, reporters: new Map([[wallets[0]!.address.toLowerCase(), nowS - 1]]) },
    };
    const document = await documentOf();
    expect(checkAnswers([{ name: 'r', document }], taken)[0]).toMatchObject({ fault: 'used' });
    const twice = checkAnswers(
      [
        { name: 'a', document },
        { name: 'b', document },
      ],
      rules,
    );
    expect(twice[1]).toEqual({ name: 'b', fault: 'repeated' });
  });

  it('takes the limits of age themselves', async () => {
    expect(await faultOf({ report: { observedAt: nowS + 3 } })).toBeUndefined();
    expect(await faultOf({ report: { observedAt: nowS - 20 } })).toBeUndefined();
  });
});

describe('asking a reporter', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  async function serving(body: string, status = 200): Promise<string> {
    const server = createServer((_, response) => response.writeHead(status).end(body));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const ask = async (body: string, status?: number) =>
    askReporter({ name: 'r', url: await serving(body, status) }, 500);
  const asJson = (value: unknown): string =>
    JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? item.toString() : item));

  it('reads what a reporter serves', async () => {
    const document = await documentOf();
    expect(await ask(asJson({ ...document, sources: [] }))).toEqual({ name: 'r', document });
  });

  it('says what is wrong with what it got', async () => {
    expect(await ask('{"title":"No observation"}', 503)).toEqual({ name: 'r', fault: 'status' });
    expect(await ask('<html>')).toEqual({ name: 'r', fault: 'malformed' });
    expect(await ask('{}')).toEqual({ name: 'r', fault: 'malformed' });
    expect(await askReporter({ name: 'r', url: 'http://127.0.0.1:9' }, 500)).toEqual({
      name: 'r',
      fault: 'unreachable',
    });
  });

  it('refuses numbers that no report has', async () => {
    const document = JSON.parse(asJson(await documentOf()));
    for (const report of [
      { price: 439_200_000_000 },
      { price: '0' },
      { price: '-1' },
      { price: (2n ** 128n).toString() },
      { observedAt: 2 ** 48 },
      { observedAt: 1.5 },
      { session: 'Half' },
    ])
      expect(
        reportDocument.safeParse({ ...document, report: { ...document.report, ...report } }).success,
      ).toBe(false);
  });
});
