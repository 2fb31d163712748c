/** A bar on its way: the operator's steps over the REST interface, each one transaction on a real chain. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { id as hashOf } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { devAccount } from '../../scripts/devnet/accounts.ts';
import { rpc } from '../../scripts/devnet/rpc.ts';
import { send } from '../../scripts/devnet/transactions.ts';
import type { Answer, Client } from './api/client.ts';
import { type OperatedApi, openOperatedApi, passTime, postTwice } from './api/operated-api.ts';
import { DELIVERY, SECRETS } from './api/seeded-api.ts';
import { until } from './api/services.ts';

const PRODUCT_ID = 1;
const DISPUTE_WINDOW_S = 60;
const SHIPMENT = { carrier: 'Brinks', trackingNumber: 'BRK-0042-7781' };
const PROOF = {
  signedBy: 'Philippa Featherstonehaugh',
  deliveredAt: '2026-11-19T10:00:00Z',
  documentHash: hashOf('the carrier’s document'),
};
/** Words that must stand nowhere but in the answer to whom they concern. */
const PERSONAL = [...SECRETS, 'Philippa', 'Featherstonehaugh'];

let api: OperatedApi;
let operator: Client;
let colleague: Client;
let holder: Client;
let firstBlock: number;
/** The redemption that all of this is about. */
let id: string;

beforeAll(async () => {
  api = await openOperatedApi({
    rpcPort: 8661,
    pgPort: 5447,
    ports: { main: 4163, indexer: 4164, worker: 4165 },
    // the auditor too: what an operator may, and what not even the list of operators allows
    operators: ['custodian', 'newcomer', 'auditor'],
  });
  firstBlock = await api.world.provider.getBlockNumber();
  await Promise.all([api.start('main'), api.start('indexer'), api.start('worker')]);
  [operator, colleague, holder] = await Promise.all([
    api.as('custodian'),
    api.as('newcomer'),
    api.as('investor2'),
  ]);
}, 300_000);
afterAll(() => api?.close());

const operatorPath = (step = ''): string => `/v1/operations/redemptions/${id}${step}`;
const seenByHolder = async () => (await holder.get(`/v1/redemptions/${id}`)).body;
const reaches = (state: string, timeoutMs?: number) =>
  until('the redemption', seenByHolder, (redemption) => redemption.state === state, timeoutMs);

async function sentFor(purpose: string): Promise<{ state: string; hash: string | null }[]> {
  const { rows } = await api.db.query(
    'SELECT state, hash FROM sent_transaction WHERE subject = $1 AND purpose = $2 ORDER BY created_at',
    [id, `redemptions.${purpose}`],
  );
  return rows;
}

/** How often the chain has an event of this redemption. */
async function onChain(event: string): Promise<number> {
  const desk = api.world.contracts.redemption.address;
  const topics = [hashOf(event), `0x${BigInt(id).toString(16).padStart(64, '0')}`];
  return (await api.world.provider.getLogs({ address: desk, fromBlock: firstBlock, topics })).length;
}

/** One transaction for a step, and it is final; what the contract refused was never sent. */
async function expectOneTransaction(purpose: string, event: string): Promise<void> {
  const rows = await until(
    `the transaction of ${purpose}`,
    async () => (await sentFor(purpose)).filter(({ state }) => state !== 'failed'),
    (all) => all.every(({ state }) => state === 'finalized'),
  );
  expect(rows.length).toBe(1);
  expect(await onChain(event)).toBe(1);
}

const expectSame = ([first, again]: [Answer, Answer]): void => {
  expect(first.status, first.text).toBe(202);
  expect(again).toMatchObject({ status: 202, body: first.body });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
};

async function barsIn(state: string, kind: (mg: bigint) => boolean): Promise<string[]> {
  const { rows } = await api.db.query(
    'SELECT bar_id::text AS id, fine_weight_mg::text AS mg FROM bar WHERE state = $1',
    [state],
  );
  return rows.filter(({ mg }) => kind(BigInt(mg))).map((row) => row.id as string);
}

describe('a redemption from request to completion', () => {
  it('is requested on the chain with a reference of the API', async () => {
    const { deliveryRef } = (await holder.post('/v1/redemptions/delivery-details', DELIVERY)).body;
    const products = (await holder.get('/v1/redemptions/products')).body as {
      productId: number;
      termsHash: string;
    }[];
    const { termsHash } = products.find(({ productId }) => productId === PRODUCT_ID)!;
    const { redemption } = api.world.contracts;
    await send(api.world.url, [
      redemption.send('investor2', 'request', [PRODUCT_ID, 1, deliveryRef, termsHash]),
    ]);
    const own = await until(
      'the redemption',
      async () => (await holder.get('/v1/redemptions')).body.items[0],
      (item) => item?.deliveryRef === deliveryRef,
    );
    expect(own).toMatchObject({ state: 'Requested', deliveryDetailsKnown: true });
    id = own.id;
  });

  it('shows its delivery details to the operator and to nobody else', async () => {
    const seen = (await operator.get(operatorPath())).body;
    expect(seen.deliveryDetails).toEqual(DELIVERY);
    expect(seen.eligibleBars.length).toBeGreaterThan(1);
    for (const name of ['investor1', 'investor2', 'treasury1', 'guardian1'] as const) {
      const other = await api.as(name);
      for (const path of [operatorPath(), '/v1/operations/redemptions'])
        expect((await other.get(path)).status, `${name} ${path}`).toBe(403);
      const refused = await other.post(operatorPath('/accept'), { barIds: [seen.eligibleBars[0].barId] });
      expect(refused.status).toBe(403);
    }
  });

  it('is not accepted with bars that do not fit, and says which', async () => {
    const [fit, fitToo] = (await operator.get(operatorPath())).body.eligibleBars;
    const [kilobar] = await barsIn('Active', (mg) => mg > 900_000n && mg < 1_100_000n);
    const [pending] = await barsIn('Pending', () => true);
    const post = (barIds: unknown[]) => operator.post(operatorPath('/accept'), { barIds });
    for (const barIds of [
      [fit.barId, fitToo.barId],
      [fit.barId, fit.barId],
    ])
      expect(await post(barIds)).toMatchObject({ status: 422, body: { code: 'bars-wrong-count' } });
    for (const unfit of [kilobar!, pending!, '12345']) {
      const answer = await post([unfit]);
      expect(answer, answer.text).toMatchObject({ status: 422, body: { code: 'bars-unfit' } });
      expect(answer.body.detail).toContain(unfit);
    }
    expect((await post([])).status).toBe(400);
    for (const step of ['/ship', '/prove-delivery', '/complete']) {
      const body = step === '/ship' ? SHIPMENT : step === '/prove-delivery' ? PROOF : undefined;
      expect((await operator.post(operatorPath(step), body)).body.code).toBe('redemption-wrong-state');
    }
    expect(await sentFor('accept')).toEqual([]);
  });

  it('fails with the chain’s reason when a bar changed meanwhile, and can be accepted again', async () => {
    const [bar] = (await operator.get(operatorPath())).body.eligibleBars;
    const { reserve } = api.world.contracts;
    // the projection does not see the suspension
    await api.kill('indexer');
    await send(api.world.url, [
      reserve.send('guardian1', 'suspend', [BigInt(bar.barId), 'a doubt about its papers']),
    ]);
    expectSame(await postTwice(operator, operatorPath('/accept'), { barIds: [bar.barId] }));
    const { job } = await until('the refusal', seenByHolder, (seen) => seen.job?.state === 'failed');
    expect(job).toMatchObject({ purpose: 'redemptions.accept', hash: null, nonce: null });
    expect(job.error).toMatch(/^\w+\(.*\)$/);
    await api.start('indexer');
    await until(
      'the suspension',
      async () => (await operator.get(operatorPath())).body.eligibleBars,
      (bars) => bars.every(({ barId }: { barId: string }) => barId !== bar.barId),
    );
  });

  it('is accepted once by two operators at once', async () => {
    const [one, other] = (await operator.get(operatorPath())).body.eligibleBars;
    const path = operatorPath('/accept');
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all([
      operator.post(path, { barIds: [one.barId] }, key),
      operator.post(path, { barIds: [one.barId] }, key),
      colleague.post(path, { barIds: [other.barId] }),
    ]);
    const [mine, again, theirs] = answers as [Answer, Answer, Answer];
    expect(again.status).toBe(mine.status);
    // what was refused left nothing to remember
    if (mine.status === 202) expect(again.body).toEqual(mine.body);
    expect([mine.status, theirs.status].sort()).toEqual([202, 409]);
    const accepted = await reaches('Accepted');
    expect(accepted.bars.map(({ barId }: { barId: string }) => barId)).toEqual([
      mine.status === 202 ? one.barId : other.barId,
    ]);
    await expectOneTransaction('accept', 'RedemptionAccepted(uint256,uint256[],uint256,uint256)');
    expect((await colleague.post(path, { barIds: [other.barId] })).body.code).toBe('redemption-wrong-state');
  });

  it('is shipped once, though the worker is killed between the decision and the transaction', async () => {
    await api.kill('worker');
    expectSame(await postTwice(operator, operatorPath('/ship'), SHIPMENT));
    const twice = await colleague.post(operatorPath('/ship'), { ...SHIPMENT, trackingNumber: 'ANOTHER-1' });
    expect(twice).toMatchObject({ status: 409, body: { code: 'redemption-step-under-way' } });
    expect(await sentFor('ship')).toEqual([]);
    // killed as soon as it has taken the decision up, and again a little later each time
    for (const pauseMs of [0, 30, 150]) {
      await api.start('worker');
      await until(
        'the decision being taken up',
        async () =>
          (await api.db.query('SELECT count(*)::int AS n FROM outbox WHERE published_at IS NULL')).rows[0].n,
        (n) => n === 0,
      );
      await sleep(pauseMs);
      await api.kill('worker');
    }
    await api.start('worker');
    const shipped = await reaches('Shipped', 90_000);
    expect(shipped).toMatchObject(SHIPMENT);
    const { redemption } = api.world.contracts;
    const [{ trackingHash }] = await redemption.read('redemption', [BigInt(id)]);
    // with salt: who guesses the number cannot tell that it is this redemption's
    expect(trackingHash).not.toBe(hashOf(`${SHIPMENT.carrier} ${SHIPMENT.trackingNumber}`));
    await expectOneTransaction('ship', 'RedemptionShipped(uint256,bytes32)');
    const { rows } = await api.db.query('SELECT count(*)::int AS n FROM outbox WHERE done_at IS NULL');
    expect(rows[0].n).toBe(0);
  });

  it('is proved by an operator who is no auditor', async () => {
    const auditor = await api.as('auditor');
    const refused = await auditor.post(operatorPath('/prove-delivery'), PROOF);
    expect(refused, refused.text).toMatchObject({ status: 403 });
    // without the indexer the projection knows nothing of the proof: the desk itself is asked
    await api.kill('indexer');
    expectSame(await postTwice(operator, operatorPath('/prove-delivery'), PROOF));
    await until(
      'the transaction of prove',
      () => sentFor('prove'),
      ([sent]) => sent?.state === 'finalized',
    );
    expect((await seenByHolder()).provenAt).toBeNull();
    const another = await operator.post(operatorPath('/prove-delivery'), {
      ...PROOF,
      documentHash: hashOf('another document'),
    });
    expect(another).toMatchObject({ status: 409, body: { code: 'redemption-proved' } });
    await api.start('indexer');
    await until('the proof', seenByHolder, ({ provenAt }) => provenAt !== null);
    await expectOneTransaction('prove', 'DeliveryProved(uint256,bytes32,address)');
  });

  it('is completed after the auditor’s word and the dispute window, not before', async () => {
    const complete = () => operator.post(operatorPath('/complete'));
    expect((await complete()).body.code).toBe('redemption-not-attested');
    const { redemption, token, reserve } = api.world.contracts;
    await send(api.world.url, [
      redemption.send('auditor', 'attestDelivery', [BigInt(id), PROOF.documentHash]),
    ]);
    expect((await complete()).body.code).toBe('redemption-dispute-window');
    await passTime(api.world.url, DISPUTE_WINDOW_S + 1);
    const [before] = await token.read('totalSupply');
    const { bars, escrow, fee } = await seenByHolder();
    expectSame(await postTwice(operator, operatorPath('/complete')));
    const completed = await reaches('Completed');
    await expectOneTransaction('complete', 'RedemptionCompleted(uint256,address,uint256,uint256)');
    expect(completed.escrow).toBe('0');
    const [after] = await token.read('totalSupply');
    expect(before - after).toBe(BigInt(escrow) - BigInt(fee));
    const [owner] = await reserve.read('ownerOf', [BigInt(bars[0].barId)]);
    expect(owner).toBe(devAccount('investor2').address);
    expect((await complete()).body.code).toBe('redemption-wrong-state');
  });

  it('that is over its date is refused before anything is sent', async () => {
    const { redemption } = api.world.contracts;
    const [product] = await redemption.read('product', [PRODUCT_ID]);
    const { deliveryRef } = (await holder.post('/v1/redemptions/delivery-details', DELIVERY)).body;
    await send(api.world.url, [
      redemption.send('investor2', 'request', [PRODUCT_ID, 1, deliveryRef, product.termsHash]),
    ]);
    const late = await until(
      'the redemption',
      async () => (await holder.get('/v1/redemptions')).body.items[0],
      (item) => item?.deliveryRef === deliveryRef,
    );
    id = late.id;
    const [bar] = (await operator.get(operatorPath())).body.eligibleBars;
    await passTime(api.world.url, Number(product.shipWithin) + 1);
    const answer = await operator.post(operatorPath('/accept'), { barIds: [bar.barId] });
    expect(answer, answer.text).toMatchObject({ status: 409, body: { code: 'redemption-too-late' } });
    expect(await sentFor('accept')).toEqual([]);
  });
});

describe('personal data', () => {
  const holds = (text: string, secret: string): boolean =>
    text.includes(secret) || text.toLowerCase().includes(Buffer.from(secret).toString('hex'));

  it('stands in no table but sealed: not in outbox, jobs, steps, transactions or remembered answers', async () => {
    const tables = await api.db.query(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
        WHERE table_schema IN ('public', 'bullmq') AND table_type = 'BASE TABLE'`,
    );
    const names = tables.rows.map((row) => row.name as string);
    for (const name of [
      'outbox',
      'redemption_step',
      'sent_transaction',
      'idempotency_key',
      'redemption_proof',
    ])
      expect(names).toContain(`public.${name}`);
    expect(names.some((name) => name.startsWith('bullmq.'))).toBe(true);
    for (const name of names) {
      const { rows } = await api.db.query(`SELECT string_agg(t::text, ' ') AS everything FROM ${name} t`);
      const everything = String(rows[0].everything ?? '');
      for (const secret of PERSONAL) expect(holds(everything, secret), `${name} holds ${secret}`).toBe(false);
    }
    const { rows } = await api.db.query('SELECT count(*)::int AS n FROM redemption_proof');
    expect(rows[0].n).toBe(1);
  });

  it('stands in no log, those of killed processes included', () => {
    const logs = api.logs();
    expect(logs).toMatch(/request completed/);
    for (const secret of PERSONAL) expect(holds(logs, secret), `the logs hold ${secret}`).toBe(false);
  });

  it('stands in no calldata on the chain, nor does the tracking number', async () => {
    const last = await api.world.provider.getBlockNumber();
    let calls = 0;
    for (let n = firstBlock; n <= last; n++) {
      const block = await rpc<{ transactions: { input: string }[] }>(api.world.url, 'eth_getBlockByNumber', [
        `0x${n.toString(16)}`,
        true,
      ]);
      for (const { input } of block.transactions) {
        calls += 1;
        for (const secret of [...PERSONAL, SHIPMENT.trackingNumber]) expect(holds(input, secret)).toBe(false);
      }
    }
    // request, accept, ship, prove, attest, complete, and the late request
    expect(calls).toBeGreaterThanOrEqual(7);
  });
});
