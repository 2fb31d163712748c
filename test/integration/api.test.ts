/** The REST interface as the dApp uses it: real processes, a real PostgreSQL, the real contracts with ninety days behind them. */
import { randomUUID } from 'node:crypto';
import { ApiProblem, allPages, createApiClient } from '@e-aurum/sdk/client';
import { Problem } from '@e-aurum/sdk/rest';
import { concat, getAddress, Wallet } from 'ethers';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DevAccountName, devAccount, devSigner } from '../../scripts/devnet/accounts.ts';
import { rpc } from '../../scripts/devnet/rpc.ts';
import { send } from '../../scripts/devnet/transactions.ts';
import { type Client, createClient, ORIGIN, signIn, signInMessage } from './api/client.ts';
import { openPool, type Postgres, startPostgres } from './api/postgres.ts';
import { runProgram, type Service, startService, until } from './api/services.ts';
import { openSeededWorld, type SeededWorld } from './api/world.ts';

const RPC_PORT = 8631;
const PG_PORT = 5441;
const PORTS = { main: 4130, worker: 4131, indexer: 4132, limited: 4133 };

const OPERATOR: DevAccountName = 'custodian';
const APPLICATION = {
  fullName: 'Zephyrine Quackenbush',
  dateOfBirth: '1991-02-03',
  nationality: 'NL',
  country: 'NL',
  address: 'Geheimstraat 77',
  city: 'Verborgenstad',
  postalCode: '9999ZZ',
  email: 'zephyrine.quackenbush@example.org',
  documentType: 'passport',
  documentNumber: 'SECRET00042',
  sourceOfFunds: 'savings',
  declaration: true,
};
const DELIVERY = {
  recipient: 'Zephyrine Quackenbush',
  street: 'Geheimstraat 77',
  city: 'Verborgenstad',
  postalCode: '9999ZZ',
  country: 'NL',
  phone: '+31 20 555 0199',
};
/** Words that must stand nowhere but in the answer to whom they concern. */
const SECRETS = [
  'Zephyrine',
  'Quackenbush',
  'Geheimstraat',
  'Verborgenstad',
  'SECRET00042',
  '9999ZZ',
  '555 0199',
];

let postgres: Postgres;
let world: SeededWorld;
let db: pg.Pool;
let env: Record<string, string>;
const services: Service[] = [];
const url = `http://127.0.0.1:${PORTS.main}`;
const as = (name: DevAccountName): Promise<Client> => signIn(url, devSigner(name));
const anyone = createClient(url);

beforeAll(async () => {
  [postgres, world] = await Promise.all([startPostgres(PG_PORT), openSeededWorld(RPC_PORT)]);
  const databaseUrl = await postgres.createDatabase('api');
  db = openPool(databaseUrl);
  env = {
    DATABASE_URL: databaseUrl,
    RPC_URL: world.url,
    AURUM_DEPLOYMENT: world.deploymentFile,
    AURUM_SEED: world.seedFile,
    OPERATORS: devAccount(OPERATOR).address,
    LOG_LEVEL: 'trace',
    // the queues stand on PostgreSQL here, wherever a Redis may be
    REDIS_URL: '',
  };
  for (const name of ['migrate', 'seed', 'seed'])
    expect(await runProgram(`api/src/${name}.ts`, env)).toMatchObject({ code: 0 });
  for (const name of ['main', 'worker', 'indexer'] as const)
    services.push(await startService(name, PORTS[name], env));
  await caughtUp();
}, 240_000);

afterAll(async () => {
  for (const service of services) await service.end('SIGKILL');
  await db?.end();
  await postgres?.stop();
  await world?.stop();
});

/** Everything finalized now is projected. */
async function caughtUp(): Promise<void> {
  const finalized = await rpc<{ number: string }>(world.url, 'eth_getBlockByNumber', ['finalized', false]);
  const wanted = Number(finalized.number);
  await until(
    'the indexer',
    async () => Number((await db.query('SELECT max(block_number) AS at FROM indexer_checkpoint')).rows[0].at),
    (at) => at >= wanted,
  );
}

const walletOf = (index: number): Wallet => new Wallet(`0x${String(index).padStart(64, '7')}`);

describe('sign-in with Ethereum', () => {
  it('opens a session that a cookie carries, and ends it', async () => {
    const wallet = walletOf(1);
    const client = createClient(url);
    const message = await signInMessage(client, wallet.address);
    const answer = await client.post('/v1/auth/verify', {
      message,
      signature: await wallet.signMessage(message),
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ account: wallet.address, capacities: ['investor'], kyc: 'none' });
    const cookie = answer.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^aurum_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    const token = cookie.split(/[=;]/)[1]!;
    const { rows } = await db.query('SELECT encode(token_hash, $1) AS hash FROM session', ['escape']);
    expect(rows.some((row) => String(row.hash).includes(token))).toBe(false);

    expect((await client.get('/v1/me')).body.account).toBe(wallet.address);
    const stolen = client.cookie();
    expect((await client.post('/v1/auth/sign-out')).status).toBe(200);
    const again = await fetch(`${url}/v1/me`, { headers: { cookie: stolen } });
    expect(again.status).toBe(401);
  });

  it('takes a nonce once', async () => {
    const wallet = walletOf(2);
    const client = createClient(url);
    const message = await signInMessage(client, wallet.address);
    const signed = { message, signature: await wallet.signMessage(message) };
    const answers = await Promise.all([
      client.post('/v1/auth/verify', signed),
      client.post('/v1/auth/verify', signed),
      client.post('/v1/auth/verify', signed),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect(answers.find(({ status }) => status === 401)!.body.code).toBe('sign-in-nonce-used');
  });

  it.each([
    ['another site', { domain: 'evil.example', uri: 'https://evil.example' }, 'sign-in-wrong-domain'],
    ['a domain that is not the origin', { domain: 'localhost:3001' }, 'sign-in-wrong-domain'],
    ['another chain', { chainId: 56 }, 'sign-in-wrong-chain'],
    ['an hour ago', { expirationTime: '2020-01-01T00:00:00.000Z' }, 'sign-in-expired'],
    ['a nonce of its own', { nonce: 'a'.repeat(32) }, 'sign-in-nonce-used'],
  ])('refuses a message for %s', async (_what, changes, code) => {
    const wallet = walletOf(3);
    const client = createClient(url);
    const message = await signInMessage(client, wallet.address, changes);
    const answer = await client.post('/v1/auth/verify', {
      message,
      signature: await wallet.signMessage(message),
    });
    expect(answer).toMatchObject({ status: 401, body: { code } });
  });

  it("refuses another account's signature", async () => {
    const client = createClient(url);
    const message = await signInMessage(client, walletOf(4).address);
    const signature = await walletOf(5).signMessage(message);
    const answer = await client.post('/v1/auth/verify', { message, signature });
    expect(answer).toMatchObject({ status: 401, body: { code: 'sign-in-bad-signature' } });
  });

  it('asks a contract wallet (ERC-1271), and believes its no', async () => {
    // runtime code that answers every call with one word: the magic value, or zero
    const always = (word: string) => concat(['0x63', word, '0x60e01b60005260206000f3']);
    const yes = getAddress('0x00000000000000000000000000000000000a1271');
    const no = getAddress('0x00000000000000000000000000000000000b1271');
    await rpc(world.url, 'anvil_setCode', [yes, always('0x1626ba7e')]);
    await rpc(world.url, 'anvil_setCode', [no, always('0x00000000')]);
    for (const [address, status] of [
      [yes, 200],
      [no, 401],
    ] as const) {
      const client = createClient(url);
      const message = await signInMessage(client, address);
      const answer = await client.post('/v1/auth/verify', { message, signature: '0x1234' });
      expect(answer.status).toBe(status);
    }
  });

  it('reads capacities from the chain', async () => {
    const capacities = async (name: DevAccountName) => (await (await as(name)).get('/v1/me')).body.capacities;
    expect(await capacities('treasury1')).toEqual(['investor', 'signer']);
    expect(await capacities('guardian1')).toEqual(['investor', 'guardian']);
    expect(await capacities('auditor')).toEqual(['investor', 'auditor']);
    expect(await capacities('compliance')).toEqual(['investor', 'compliance']);
    expect(await capacities('custodian')).toEqual(['investor', 'operator', 'custodian']);
    expect(await capacities('newcomer')).toEqual(['investor']);
  });
});

describe('errors', () => {
  it.each([
    ['GET', '/v1/nothing', undefined, 404, 'not-found'],
    ['GET', '/v1/me', undefined, 401, 'sign-in-needed'],
    ['GET', '/v1/prices/observations?limit=0', undefined, 400, 'invalid-request'],
    ['GET', '/v1/reserve/bars/12345', undefined, 404, 'not-found'],
    ['GET', '/v1/quotes?side=buy&coin=0x12&amount=1.5', undefined, 400, 'invalid-request'],
    ['POST', '/v1/auth/verify', '{', 400, 'invalid-json'],
    ['POST', '/v1/auth/verify', '{}', 400, 'invalid-request'],
    ['POST', '/v1/auth/verify', JSON.stringify({ message: 'x'.repeat(200_000) }), 413, 'body-too-large'],
  ])('are problem details: %s %s', async (method, path, body, status, code) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { origin: ORIGIN, 'content-type': 'application/json', 'x-request-id': 'my-request-1' },
      ...(body === undefined ? {} : { body }),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = Problem.parse(await response.json());
    expect(problem).toMatchObject({ status, code, requestId: 'my-request-1', instance: path.split('?')[0] });
    expect(problem.detail.length).toBeGreaterThan(20);
  });

  it('name each field and never repeat what was sent', async () => {
    const client = await signIn(url, walletOf(6));
    const answer = await client.post('/v1/kyc/case', {
      ...APPLICATION,
      email: 'no-address',
      nationality: 'Narnia',
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      'email',
      'nationality',
    ]);
    expect(answer.text).not.toMatch(/Narnia|no-address|Zephyrine/);
  });

  it('refuse a form that another site posts', async () => {
    const client = await signIn(url, walletOf(6));
    const response = await fetch(`${url}/v1/kyc/case`, {
      method: 'POST',
      headers: {
        origin: 'https://evil.example',
        cookie: client.cookie(),
        'content-type': 'application/json',
      },
      body: JSON.stringify(APPLICATION),
    });
    expect(response.status).toBe(403);
  });

  it('keep the operators’ rooms closed to others', async () => {
    const client = await as('newcomer');
    for (const path of ['/v1/operations/kyc', '/v1/operations/overview'])
      expect(await client.get(path)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });
});

describe('identity', () => {
  it('goes from an application to a status on the chain, and back', async () => {
    const wallet = walletOf(10);
    const client = await signIn(url, wallet);
    const operator = await as(OPERATOR);
    expect((await client.get('/v1/kyc/case')).status).toBe(404);

    const submitted = await client.post('/v1/kyc/case', APPLICATION);
    expect(submitted).toMatchObject({ status: 201, body: { state: 'submitted', account: wallet.address } });
    expect((await client.post('/v1/kyc/case', APPLICATION)).body.code).toBe('kyc-case-open');
    expect((await client.get('/v1/me')).body.kyc).toBe('submitted');
    const { id } = submitted.body;

    const listed = (await operator.get('/v1/operations/kyc?state=submitted')).body.items;
    expect(listed.find((item: { id: string }) => item.id === id)).toMatchObject({ application: null });
    expect((await operator.get(`/v1/operations/kyc/${id}`)).body.application).toEqual(APPLICATION);

    const decision = { decision: 'approve', tier: 2, validDays: 30 };
    const decided = await operator.post(`/v1/operations/kyc/${id}/decision`, decision);
    expect(decided).toMatchObject({ status: 202, body: { state: 'approving', application: null } });
    const approved = await until(
      'the approval',
      async () => (await client.get('/v1/kyc/case')).body,
      (body) => body.state === 'approved' && body.transaction?.state === 'finalized',
    );
    expect(approved).toMatchObject({ tier: 2, transaction: { purpose: 'kyc.approve', error: null } });
    const [status] = await world.contracts.registry.read('statusOf', [wallet.address]);
    expect(status.tier).toBe(2n);
    expect(new Date(Number(status.expiry) * 1000).toISOString()).toBe(approved.expiresAt);
    expect((await client.get('/v1/me')).body.kyc).toBe('approved');

    await operator.post(`/v1/operations/kyc/${id}/decision`, { decision: 'revoke', reason: 'a test of it' });
    await until(
      'the revocation',
      async () => (await client.get('/v1/kyc/case')).body.state,
      (state) => state === 'revoked',
    );
    expect((await client.get('/v1/me')).body.kyc).toBe('revoked');
    const [eligible] = await world.contracts.registry.read('isEligible', [wallet.address]);
    expect(eligible).toBe(false);

    const destroyed = await operator.post(`/v1/operations/kyc/${id}/destroy-data`);
    expect(destroyed.body).toEqual({ destroyed: true });
    expect((await operator.get(`/v1/operations/kyc/${id}`)).body.application).toBeNull();
    expect((await client.post('/v1/kyc/case', APPLICATION)).body.code).toBe('personal-data-destroyed');
  });

  it('rejects with a reason, after which the applicant may try again', async () => {
    const client = await signIn(url, walletOf(11));
    const operator = await as(OPERATOR);
    const { id } = (await client.post('/v1/kyc/case', APPLICATION)).body;
    const reason = 'The document is not legible: send it again.';
    await operator.post(`/v1/operations/kyc/${id}/decision`, { decision: 'reject', reason });
    expect((await client.get('/v1/kyc/case')).body).toMatchObject({
      state: 'rejected',
      reason,
      transaction: null,
    });
    const again = await operator.post(`/v1/operations/kyc/${id}/decision`, { decision: 'approve' });
    expect(again).toMatchObject({ status: 409, body: { code: 'kyc-wrong-state' } });
    expect((await client.post('/v1/kyc/case', APPLICATION)).status).toBe(201);
  });

  it('knows the investors of the seed', async () => {
    const investor = await as('investor1');
    expect((await investor.get('/v1/me')).body.kyc).toBe('approved');
    const operator = await as(OPERATOR);
    const { id } = (await investor.get('/v1/kyc/case')).body;
    expect((await operator.get(`/v1/operations/kyc/${id}`)).body).toMatchObject({
      state: 'approved',
      application: world.seed.investors[0]!.application,
    });
  });
});

describe('idempotency keys', () => {
  it('give the same answer for the same body, and 422 for another', async () => {
    const client = await signIn(url, walletOf(20));
    const headers = { 'idempotency-key': randomUUID() };
    const first = await client.post('/v1/kyc/case', APPLICATION, headers);
    expect(first.status).toBe(201);
    const reordered = Object.fromEntries(Object.entries(APPLICATION).reverse());
    const second = await client.post('/v1/kyc/case', reordered, headers);
    expect(second.status).toBe(201);
    expect(second.text).toBe(first.text);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    const other = await client.post('/v1/kyc/case', { ...APPLICATION, city: 'Utrecht' }, headers);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('let one of several at once do the work', async () => {
    const client = await signIn(url, walletOf(21));
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.post('/v1/redemptions/delivery-details', DELIVERY, headers)),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    const { rows } = await db.query('SELECT count(*)::int AS n FROM delivery_details WHERE account = $1', [
      walletOf(21).address,
    ]);
    expect(rows[0].n).toBe(1);
  });

  it('belong to their account, and are free again when the request failed', async () => {
    const [one, two] = [await signIn(url, walletOf(22)), await signIn(url, walletOf(23))];
    const headers = { 'idempotency-key': 'one-key-for-both' };
    expect((await one.post('/v1/kyc/case', { city: 'x' }, headers)).status).toBe(400);
    const [a, b] = [
      await one.post('/v1/kyc/case', APPLICATION, headers),
      await two.post('/v1/kyc/case', APPLICATION, headers),
    ];
    expect([a.status, b.status]).toEqual([201, 201]);
    expect(a.body.id).not.toBe(b.body.id);
    expect((await one.post('/v1/kyc/case', APPLICATION, { 'idempotency-key': 'short' })).status).toBe(400);
  });
});

describe('what the chain says', () => {
  it('is the price, its feeds and its history', async () => {
    const latest = (await anyone.get('/v1/prices/latest')).body;
    const [quote] = await world.contracts.oracle.read('quote');
    expect(latest.usdPerGram).toBe(String(quote.usdPerGram));
    expect(latest.mode).toBe(['Halted', 'Normal', 'Degraded', 'AfterHours'][Number(quote.mode)]);
    expect(latest.feeds.map(({ source }: { source: string }) => source)).toEqual([
      'Main',
      'Pivot',
      'Fallback',
    ]);
    expect(latest.marketOpen).toBe(true);
    const [closes] = await world.contracts.oracle.read('isMarketOpen', [
      Date.parse(latest.marketChangesAt) / 1000,
    ]);
    expect(closes).toBe(false);

    const [ring] = await Promise.all([world.contracts.oracle.read('ring')]);
    const newest = Number(ring.newestSequence);
    const history = (await anyone.get('/v1/prices/history?days=100&points=2000')).body;
    expect(history.observations).toBe(newest);
    expect(history.points.length).toBeGreaterThan(100);

    const csv = (await anyone.get('/v1/prices/observations.csv')).text.trim().split('\r\n');
    expect(csv[0]).toBe(
      'sequence,at,usdPerGram,lowUsdPerGram,highUsdPerGram,mode,source,blockNumber,transactionHash',
    );
    expect(csv.length).toBe(newest + 1);

    const sequences: string[] = [];
    let cursor = '';
    do {
      const page = (await anyone.get(`/v1/prices/observations?limit=500${cursor}`)).body;
      sequences.push(...page.items.map(({ sequence }: { sequence: string }) => sequence));
      cursor = page.next && `&cursor=${page.next}`;
    } while (cursor);
    expect(sequences).toEqual(Array.from({ length: newest }, (_, index) => String(newest - index)));
    const halted = (await anyone.get('/v1/prices/observations?mode=AfterHours&limit=500')).body.items;
    expect(new Set(halted.map(({ mode }: { mode: string }) => mode))).toEqual(new Set(['AfterHours']));
  });

  it('is the reserve, to the bar', async () => {
    const { reserve, token } = world.contracts;
    const body = (await anyone.get('/v1/reserve')).body;
    const [[supply], [backing], [committed], [count], [mintable]] = await Promise.all([
      token.read('totalSupply'),
      reserve.read('backing'),
      reserve.read('committed'),
      reserve.read('barCount'),
      token.read('mintable'),
    ]);
    expect(body).toMatchObject({
      supply: String(supply),
      backingMg: String(backing),
      committedMg: String(committed),
      mintable: String(mintable),
    });
    expect(BigInt(body.circulating) + BigInt(body.staked) + BigInt(body.escrowed)).toBe(supply);

    const bars = (await anyone.get('/v1/reserve/bars?limit=500')).body.items;
    expect(bars.length).toBe(Number(count));
    const inState = (state: string) => bars.filter((bar: { state: string }) => bar.state === state);
    for (const [state, n] of Object.entries(body.bars)) expect(inState(state).length).toBe(n);
    const sum = (state: string) =>
      inState(state).reduce(
        (total: bigint, bar: { fineWeightMg: string }) => total + BigInt(bar.fineWeightMg),
        0n,
      );
    expect([sum('Active'), sum('Committed')]).toEqual([backing, committed]);

    const delivered = inState('Delivered')[0];
    expect(delivered.holder).toMatch(/^0x/);
    const detail = (await anyone.get(`/v1/reserve/bars/${delivered.barId}`)).body;
    expect(detail.history.map(({ event }: { event: string }) => event)).toEqual([
      'BarBooked',
      'BarEndorsed',
      'BarCommitted',
      'BarDelivered',
    ]);
  });

  it('is the stake', async () => {
    const body = (await anyone.get('/v1/staking')).body;
    const [[assets], [shares], [pending]] = await Promise.all([
      world.contracts.staking.read('totalAssets'),
      world.contracts.staking.read('totalSupply'),
      world.contracts.staking.read('pendingFees'),
    ]);
    expect(body).toMatchObject({ totalShares: String(shares), pendingFees: String(pending) });
    expect(BigInt(body.totalAssets) <= assets).toBe(true);
    expect(body.annualRateBps).toBeGreaterThan(0);
  });

  it('is the quote that the trade then gets, the trade, and the portfolio', async () => {
    const { desk, token } = world.contracts;
    const usdt = world.deployment.coins.find(({ symbol }) => symbol === 'USDT')!;
    const account = devAccount('investor4').address;
    const client = await as('investor4');
    const amount = 1_000n * 10n ** 18n;
    const before = (await client.get('/v1/portfolio')).body;

    const quote = (await anyone.get(`/v1/quotes?side=buy&coin=${usdt.address}&amount=${amount}`)).body;
    const [direct] = await desk.read('quoteBuy', [usdt.address, amount]);
    expect(quote.grams).toBe(String(direct.grams));

    const [, receipt] = await send(world.url, [
      {
        from: account,
        to: usdt.address,
        data: token.encode('approve', [desk.address, amount]),
        label: 'approve',
      },
      desk.send('investor4', 'buy', [usdt.address, amount, 0, 2n ** 48n - 1n]),
    ]);
    await until(
      'the trade',
      async () => (await client.get('/v1/trades')).body.items[0],
      (trade) => trade?.transactionHash === receipt!.transactionHash,
    );
    const trade = (await client.get('/v1/trades')).body.items[0];
    expect(trade).toMatchObject({ side: 'buy', coinSymbol: 'USDT', coinAmount: String(amount), account });
    const [observation] = await world.contracts.oracle.read('observation', [trade.observation]);
    expect(['Halted', 'Normal', 'Degraded', 'AfterHours'][Number(observation.mode)]).toBe(trade.mode);

    const after = (await client.get('/v1/portfolio')).body;
    const [balance] = await token.read('balanceOf', [account]);
    expect(after.balance).toBe(String(balance));
    expect(BigInt(after.balance) - BigInt(before.balance)).toBe(BigInt(trade.grams));
    expect(BigInt(after.costUsd) - BigInt(before.costUsd)).toBe(BigInt(trade.usd));
    expect(BigInt(after.gainUsd)).toBe(BigInt(after.valueUsd) - BigInt(after.costUsd));
    expect(BigInt(after.total)).toBe(BigInt(after.balance) + BigInt(after.staked) + BigInt(after.escrowed));
    const shares = after.bars.reduce(
      (sum: bigint, bar: { shareMg: string }) => sum + BigInt(bar.shareMg),
      0n,
    );
    expect(Number(shares)).toBeCloseTo(Number(BigInt(after.total) / 10n ** 15n), -2);
    expect((await anyone.get('/v1/trades')).status).toBe(401);
  });

  it('is a refusal that says what to do', async () => {
    const usdt = world.deployment.coins[0]!;
    const huge = await anyone.get(`/v1/quotes?side=buy&coin=${usdt.address}&amount=${10n ** 30n}`);
    expect(huge).toMatchObject({ status: 422, body: { code: 'trade-too-large' } });
    const coin = await anyone.get(`/v1/quotes?side=sell&coin=${world.deployment.safe}&amount=${10n ** 18n}`);
    expect(coin).toMatchObject({ status: 422, body: { code: 'coin-not-accepted' } });
  });

  it('is the deployment, as it was written', async () => {
    const body = (await anyone.get('/v1/deployment')).body;
    expect(body).toEqual(JSON.parse(JSON.stringify(world.deployment)));
  });
});

describe('the sdk’s client', () => {
  it('reads all that is open to everybody, as the schemas say', async () => {
    const client = createApiClient({ baseUrl: url });
    const [deployment, price, history, reserve, staking, products] = await Promise.all([
      client.deployment(),
      client.prices.latest(),
      client.prices.history({ days: 30, points: 50 }),
      client.reserve.now(),
      client.staking(),
      client.redemptions.products(),
    ]);
    expect(deployment.chainId).toBe(31337);
    expect(price.feeds).toHaveLength(3);
    expect(history.points.length).toBeGreaterThan(10);
    expect(BigInt(reserve.supply) > 0n && BigInt(staking.totalAssets) > 0n).toBe(true);
    expect(products.map(({ productId }) => productId)).toContain(1);
    const bars = [];
    for await (const bar of allPages((cursor) => client.reserve.bars({ cursor, limit: 5 })))
      bars.push(bar.barId);
    expect(new Set(bars).size).toBe(Object.values(reserve.bars).reduce((sum, n) => sum + n, 0));
  });

  it('signs in, trades on what it reads, and hears what is refused', async () => {
    const client = createApiClient({ baseUrl: url });
    await expect(client.portfolio()).rejects.toBeInstanceOf(ApiProblem);
    const wallet = devSigner('investor3');
    const message = await signInMessage(anyone, wallet.address);
    const me = await client.signIn.verify({ message, signature: await wallet.signMessage(message) });
    expect(me).toMatchObject({ account: wallet.address, kyc: 'approved' });
    expect((await client.portfolio()).account).toBe(wallet.address);
    expect((await client.trades({ limit: 2 })).items.length).toBeGreaterThan(0);
    expect((await client.kyc.case()).state).toBe('approved');
    await client.signIn.out();
    await expect(client.signIn.me()).rejects.toBeInstanceOf(ApiProblem);
  });
});

describe('redemptions of the holder', () => {
  it('begin with sealed details, and follow the chain', async () => {
    const client = await as('investor2');
    const { deliveryRef } = (await client.post('/v1/redemptions/delivery-details', DELIVERY)).body;
    const products = (await anyone.get('/v1/redemptions/products')).body;
    const product = products.find(({ productId }: { productId: number }) => productId === 1);
    expect(product).toMatchObject({ name: '100 g bar', active: true });
    const { redemption, token } = world.contracts;
    const [escrow] = await redemption.read('escrowFor', [1, 1]);
    const before = (await client.get('/v1/portfolio')).body;
    await send(world.url, [
      token.send('investor2', 'approve', [redemption.address, escrow]),
      redemption.send('investor2', 'request', [1, 1, deliveryRef, product.termsHash]),
    ]);
    const during = (await client.get('/v1/portfolio')).body;
    expect(BigInt(during.escrowed) - BigInt(before.escrowed)).toBe(escrow);
    expect(during.total).toBe(before.total);

    const own = await until(
      'the redemption',
      async () => (await client.get('/v1/redemptions')).body.items[0],
      (item) => item?.deliveryRef === deliveryRef,
    );
    expect(own).toMatchObject({
      state: 'Requested',
      escrow: String(escrow),
      productName: '100 g bar',
      deliveryDetailsKnown: true,
      job: null,
    });
    expect(own.timeline.map(({ event }: { event: string }) => event)).toEqual(['RedemptionRequested']);
    const other = await as('investor1');
    expect((await other.get(`/v1/redemptions/${own.id}`)).status).toBe(404);

    await send(world.url, [redemption.send('investor2', 'cancel', [BigInt(own.id)])]);
    await until(
      'the cancellation',
      async () => (await client.get(`/v1/redemptions/${own.id}`)).body,
      (item) => item.state === 'Cancelled' && item.escrow === '0',
    );
    expect((await client.get('/v1/portfolio')).body.total).toBe(before.total);
  });

  it('show every state of the seed', async () => {
    const items = (
      await Promise.all(
        (['investor1', 'investor2', 'investor3', 'investor4'] as const).map(
          async (name) => (await (await as(name)).get('/v1/redemptions?limit=100')).body.items,
        ),
      )
    ).flat();
    for (const { id, shipment, account } of world.seed.redemptions) {
      const item = items.find((candidate: { id: string }) => candidate.id === String(id));
      expect(item).toMatchObject({
        holder: account,
        deliveryDetailsKnown: true,
        trackingNumber: shipment?.trackingNumber ?? null,
      });
      const [onChain] = await world.contracts.redemption.read('redemption', [id]);
      expect(item.escrow).toBe(String(onChain.escrow));
      expect(item.state).toBe(
        ['None', 'Requested', 'Accepted', 'Shipped', 'Disputed', 'Completed', 'Cancelled', 'Reclaimed'][
          Number(onChain.state)
        ],
      );
    }
  });
});

describe('the services', () => {
  it('tell the operator how they are', async () => {
    await caughtUp();
    const overview = (await (await as(OPERATOR)).get('/v1/operations/overview')).body;
    expect(overview).toMatchObject({ queueBackend: 'postgresql', outboxWaiting: 0, transactionsPending: 0 });
    expect(overview.indexer.lagBlocks).toBeLessThanOrEqual(3);
    expect(overview.kycWaiting).toBeGreaterThan(0);
  });

  it('describe themselves: OpenAPI and a page without any request outside', async () => {
    const document = (await anyone.get('/openapi.json')).body;
    expect(document.openapi).toBe('3.1.0');
    const text = JSON.stringify(document);
    const names = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]!);
    for (const name of new Set(names)) expect(document.components.schemas).toHaveProperty(name);
    expect(document.paths['/v1/kyc/case'].post.requestBody.content['application/json'].schema.$ref).toBe(
      '#/components/schemas/KycApplication',
    );
    const page = await anyone.get('/docs');
    expect(page.text).not.toMatch(/<script|https?:\/\//);
    for (const path of Object.keys(document.paths)) expect(page.text).toContain(`<code>${path}</code>`);
    expect((await anyone.get('/docs/style.css')).headers.get('content-type')).toMatch(/text\/css/);
  });

  it('answer health and metrics', async () => {
    for (const service of services) {
      expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
      expect(await (await fetch(`${service.url}/metrics`)).text()).toMatch(/process_cpu_seconds_total/);
    }
  });

  it('limit what one caller asks, and say when to come back', async () => {
    const limited = await startService('main', PORTS.limited, {
      ...env,
      RATE_LIMIT_READS: '5',
      RATE_LIMIT_SIGN_INS: '3',
      RATE_LIMIT_WRITES: '2',
    });
    try {
      const client = createClient(limited.url);
      const statuses: number[] = [];
      for (let n = 0; n < 7; n++) statuses.push((await client.get('/v1/deployment')).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
      const refused = await client.get('/v1/deployment');
      expect(refused.body.code).toBe('too-many-requests');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      const nonces: number[] = [];
      for (let n = 0; n < 5; n++) nonces.push((await client.get('/v1/auth/nonce')).status);
      expect(nonces.at(-1)).toBe(429);
    } finally {
      expect(await limited.end('SIGTERM')).toBe(0);
    }
  });

  it('keep personal data out of logs, jobs and every table but sealed', async () => {
    const tables = await db.query(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
        WHERE table_schema IN ('public', 'bullmq') AND table_type = 'BASE TABLE'`,
    );
    const names = tables.rows.map((row) => row.name as string);
    expect(names).toContain('public.outbox');
    expect(names.some((name) => name.startsWith('bullmq.'))).toBe(true);
    for (const name of names) {
      const { rows } = await db.query(`SELECT string_agg(t::text, ' ') AS everything FROM ${name} t`);
      const everything = String(rows[0].everything ?? '');
      for (const secret of SECRETS) {
        expect(everything.includes(secret), `${name} holds ${secret}`).toBe(false);
        expect(everything.includes(Buffer.from(secret).toString('hex')), `${name} holds ${secret}`).toBe(
          false,
        );
      }
    }
    const logs = services.map((service) => service.output()).join('\n');
    expect(logs).toMatch(/request completed/);
    for (const secret of SECRETS) expect(logs.includes(secret), `the logs hold ${secret}`).toBe(false);
  });

  it('end in order when they are told to', async () => {
    for (const service of services) expect(await service.end('SIGTERM')).toBe(0);
  });
});

describe('configuration', () => {
  it('refuses development keys in production, with a sentence for each', async () => {
    const { code, output } = await runProgram('api/src/main.ts', {
      ...env,
      AURUM_ENV: 'production',
      COMPLIANCE_KEY: devAccount('compliance').privateKey,
      FULFILMENT_KEY: `0x${'00'.repeat(31)}7b`,
    });
    expect(code).toBe(1);
    expect(output).toMatch(/MASTER_KEY: production needs its own key/);
    expect(output).toMatch(/COMPLIANCE_KEY: this is a development key/);
    expect(output).not.toMatch(/FULFILMENT_KEY|\n\s+at /);
    expect(output).not.toContain(devAccount('compliance').privateKey.slice(2));
  });

  it('says what to do about a deployment that is not there', async () => {
    const { code, output } = await runProgram('api/src/worker.ts', {
      ...env,
      AURUM_DEPLOYMENT: '/nowhere.json',
    });
    expect(code).toBe(1);
    expect(output).toMatch(/cannot read the deployment \/nowhere\.json: deploy first/);
  });
});
