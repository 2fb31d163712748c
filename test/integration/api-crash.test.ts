/**
 * What crashes leave behind: processes killed at any point of a transaction's way, a chain that was put back, several of
 * each process at once. Nothing is lost and nothing is done twice.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Transaction } from 'ethers';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { devSigner } from '../../scripts/devnet/accounts.ts';
import { rpc } from '../../scripts/devnet/rpc.ts';
import {
  approveSomebody,
  closeApi,
  compliance,
  db,
  door,
  endServices,
  kill,
  nonceOf,
  openApi,
  operator,
  PORT,
  postgres,
  reach,
  sentFor,
  start,
  statusSets,
  world,
} from './api/fresh-api.ts';
import { openPool } from './api/postgres.ts';
import { until } from './api/services.ts';

beforeAll(openApi, 240_000);
afterEach(endServices);
afterAll(closeApi);

describe('a worker that is killed', () => {
  it('between signing and broadcasting: the next one sends the same bytes', async () => {
    door.mode = 'hold';
    const before = await nonceOf(compliance);
    const worker = await start('worker', PORT.worker, { RPC_URL: door.url });
    const { account, caseId } = await approveSomebody();
    const [signed] = await reach(caseId, 'signed');
    await until(
      'the broadcast',
      async () => door.broadcasts.length,
      (count) => count > 0,
    );
    await kill(worker);
    expect(await nonceOf(compliance)).toBe(before);

    door.mode = 'pass';
    await start('worker', PORT.worker, { RPC_URL: door.url });
    const [final] = await reach(caseId, 'finalized');
    expect(final).toMatchObject({ hash: signed!.hash, nonce: signed!.nonce, attempts: 1 });
    expect(new Set(door.broadcasts).size).toBe(1);
    expect(Transaction.from(door.broadcasts[0]!).hash).toBe(signed!.hash);
    expect(await nonceOf(compliance)).toBe(before + 1);
    expect(await statusSets(account)).toBe(1);
  });

  it('after broadcasting, before it heard so: nothing is sent twice', async () => {
    door.mode = 'mute';
    const before = await nonceOf(compliance);
    const worker = await start('worker', PORT.worker, { RPC_URL: door.url });
    const { account, caseId } = await approveSomebody();
    await reach(caseId, 'signed');
    await until(
      'the transaction on the chain',
      () => nonceOf(compliance),
      (nonce) => nonce === before + 1,
    );
    await kill(worker);
    expect((await sentFor(caseId))[0]!.state).toBe('signed');

    door.mode = 'pass';
    await start('worker', PORT.worker, { RPC_URL: door.url });
    await reach(caseId, 'finalized');
    expect(await nonceOf(compliance)).toBe(before + 1);
    expect(await statusSets(account)).toBe(1);
    expect(await sentFor(caseId)).toHaveLength(1);
  });

  it('at any moment, again and again, with many cases at once: each is done once', async () => {
    const before = await nonceOf(compliance);
    const cases: { account: string; caseId: string }[] = [];
    const approving = (async () => {
      for (let n = 0; n < 12; n++) cases.push(await approveSomebody());
    })();
    for (let round = 0; round < 4; round++) {
      const worker = await start('worker', PORT.worker);
      await sleep(300 + round * 450);
      await kill(worker);
    }
    await approving;
    await start('worker', PORT.worker);
    for (const { caseId } of cases) await reach(caseId, 'finalized', 60_000);
    expect(await nonceOf(compliance)).toBe(before + cases.length);
    for (const { account } of cases) expect(await statusSets(account)).toBe(1);
    const { rows } = await db.query('SELECT count(*)::int AS waiting FROM outbox WHERE done_at IS NULL');
    expect(rows[0].waiting).toBe(0);
  });
});

describe('the sender', () => {
  it('raises the fees of what is stuck, on the same nonce', async () => {
    door.mode = 'swallow';
    await start('worker', PORT.worker, { RPC_URL: door.url, STUCK_AFTER_MS: '1500' });
    const { account, caseId } = await approveSomebody();
    await until(
      'a second attempt',
      () => sentFor(caseId),
      ([row]) => (row?.attempts ?? 0) >= 2,
    );
    door.mode = 'pass';
    const [final] = await reach(caseId, 'finalized');
    const { rows } = await db.query(
      'SELECT hash, max_fee_wei, raw FROM sent_transaction_attempt WHERE transaction_id = $1 ORDER BY created_at',
      [final!.id],
    );
    const nonces = rows.map((row) => Transaction.from(row.raw).nonce);
    expect(new Set(nonces).size).toBe(1);
    expect(BigInt(rows[1].max_fee_wei) * 10n).toBeGreaterThanOrEqual(BigInt(rows[0].max_fee_wei) * 11n);
    expect(await statusSets(account)).toBe(1);
  });

  it('fills a gap in the nonces', async () => {
    const before = await nonceOf(compliance);
    await db.query('UPDATE signer_nonce SET next_nonce = next_nonce + 2 WHERE signer = $1', [compliance]);
    await start('worker', PORT.worker);
    const { caseId } = await approveSomebody();
    await reach(caseId, 'finalized');
    expect(await nonceOf(compliance)).toBe(before + 3);
    const { rows } = await db.query(
      `SELECT state FROM sent_transaction WHERE purpose = 'transactions.gap' AND nonce >= $1`,
      [before],
    );
    expect(rows.map((row) => row.state)).toEqual(['finalized', 'finalized']);
  });

  it('sends anew what lost its nonce to a transaction made elsewhere', async () => {
    door.mode = 'hold';
    const worker = await start('worker', PORT.worker, { RPC_URL: door.url });
    const { account, caseId } = await approveSomebody();
    await reach(caseId, 'signed');
    await kill(worker);
    const foreign = await devSigner('compliance', world.provider).sendTransaction({ to: compliance });
    await foreign.wait(3);

    door.mode = 'pass';
    await start('worker', PORT.worker, { RPC_URL: door.url });
    const rows = await reach(caseId, 'finalized');
    expect(rows.map((row) => row.state)).toEqual(['replaced', 'finalized']);
    expect(Number(rows[1]!.nonce)).toBe(Number(rows[0]!.nonce) + 1);
    expect(await statusSets(account)).toBe(1);
  });

  it('fails what the contract refuses, without a nonce, and says why', async () => {
    const before = await nonceOf(compliance);
    const { account, caseId, client } = await approveSomebody();
    // an expiry that has passed on the chain's clock
    await db.query(`UPDATE kyc_case SET expires_at = '2001-01-01' WHERE id = $1`, [caseId]);
    await start('worker', PORT.worker);
    const [failed] = await reach(caseId, 'failed');
    expect(failed).toMatchObject({ nonce: null, hash: null });
    expect(failed!.error).toMatch(/^\w+\(.*\)$/);
    expect(await nonceOf(compliance)).toBe(before);
    expect((await client.get('/v1/kyc/case')).body.transaction.error).toBe(failed!.error);

    const again = await operator.post(`/v1/operations/kyc/${caseId}/decision`, { decision: 'approve' });
    expect(again.status).toBe(202);
    await reach(caseId, 'finalized');
    expect(await statusSets(account)).toBe(1);
  });

  it('is one for each signer, however many workers run', async () => {
    const before = await nonceOf(compliance);
    await Promise.all([start('worker', PORT.worker), start('worker', PORT.worker2)]);
    const cases = [];
    for (let n = 0; n < 8; n++) cases.push(await approveSomebody());
    for (const { caseId } of cases) await reach(caseId, 'finalized', 60_000);
    expect(await nonceOf(compliance)).toBe(before + cases.length);
    for (const { account } of cases) expect(await statusSets(account)).toBe(1);
  });
});

describe('the indexer', () => {
  const stored = async (): Promise<number> =>
    (await db.query('SELECT count(*)::int AS n FROM chain_event')).rows[0].n;

  async function eventsOnChain(): Promise<number> {
    const finalized = await world.provider.getBlock('finalized');
    const address = [
      ...Object.values(world.deployment.contracts).map(({ proxy }) => proxy),
      world.deployment.accessManager,
      world.deployment.safe,
    ];
    const logs = await world.provider.getLogs({
      address,
      fromBlock: world.deployment.block,
      toBlock: finalized!.number,
    });
    return logs.length;
  }

  const caughtUp = (database = db) =>
    until(
      'the indexer',
      async () => [
        Number((await database.query('SELECT max(block_number) AS at FROM indexer_checkpoint')).rows[0].at),
        (await world.provider.getBlock('finalized'))!.number,
      ],
      ([at, finalized]) => at! >= finalized!,
    );

  it('killed again and again, keeps every event once', async () => {
    await start('worker', PORT.worker);
    for (let round = 0; round < 4; round++) {
      const indexer = await start('indexer', PORT.indexer);
      await approveSomebody();
      await sleep(200 * round);
      await kill(indexer);
    }
    const cases = await approveSomebody();
    await reach(cases.caseId, 'finalized');
    await start('indexer', PORT.indexer);
    await caughtUp();
    expect(await stored()).toBe(await eventsOnChain());
  });

  it('is taken over by one that stands by', async () => {
    const first = await start('indexer', PORT.indexer);
    await caughtUp();
    const second = await start('indexer', PORT.indexer2);
    await start('worker', PORT.worker);
    await kill(first);
    const { caseId, client } = await approveSomebody();
    await reach(caseId, 'finalized');
    await until(
      'the approval',
      async () => (await client.get('/v1/kyc/case')).body.state,
      (s) => s === 'approved',
    );
    expect(await second.end('SIGTERM')).toBe(0);
  });

  it('rewinds when the chain was put back, says what was lost, and it is sent again', async () => {
    const worker = await start('worker', PORT.worker);
    const indexer = await start('indexer', PORT.indexer);
    await caughtUp();
    const snapshot = await rpc<string>(world.url, 'evm_snapshot');
    const nonce = await nonceOf(compliance);
    const { account, caseId, client } = await approveSomebody();
    const approved = async () => (await client.get('/v1/kyc/case')).body.state;
    await until('the approval', approved, (state) => state === 'approved');
    const [before] = await reach(caseId, 'finalized');
    await kill(worker);
    await kill(indexer);

    expect(await rpc(world.url, 'evm_revert', [snapshot])).toBe(true);
    expect(await nonceOf(compliance)).toBe(nonce);
    // another history: the blocks that follow are not the ones that were read
    await devSigner('newcomer', world.provider).sendTransaction({ to: account, value: 1n });
    await start('indexer', PORT.indexer);
    const rewind = await until(
      'the rewind',
      async () => (await db.query('SELECT * FROM indexer_rewind ORDER BY id DESC LIMIT 1')).rows[0],
      (row) => row !== undefined,
    );
    expect(rewind.lost_events).toMatchObject({ 'InvestorRegistry.StatusSet': 1 });
    expect(rewind.reopened).toMatchObject([{ purpose: 'kyc.approve', hash: before!.hash }]);
    expect(await approved()).toBe('approving');

    await start('worker', PORT.worker);
    await until('the approval again', approved, (state) => state === 'approved');
    const [after] = await reach(caseId, 'finalized');
    expect(after).toMatchObject({ hash: before!.hash, nonce: before!.nonce, attempts: 1 });
    expect(await statusSets(account)).toBe(1);
    await caughtUp();
    expect(await stored()).toBe(await eventsOnChain());
  });

  it('reads in steps that the endpoint allows', async () => {
    door.logRange = 7;
    const databaseUrl = await postgres.createDatabase('steps');
    const indexer = await start('indexer', PORT.indexer, { RPC_URL: door.url, DATABASE_URL: databaseUrl });
    const other = openPool(databaseUrl);
    try {
      await until(
        'all events',
        async () => (await other.query('SELECT count(*)::int AS n FROM chain_event')).rows[0].n,
        (n) => n > 0,
      );
      await caughtUp(other);
      const { rows } = await other.query('SELECT count(*)::int AS n FROM chain_event');
      expect(rows[0].n).toBe(await eventsOnChain());
      expect(indexer.output()).toMatch(/smaller steps/);
    } finally {
      await other.end();
    }
  });

  it('makes a projection again when its version has changed', async () => {
    const statuses = async () =>
      (await db.query('SELECT account, tier, expires_at, revoked FROM investor_status ORDER BY account'))
        .rows;
    await start('worker', PORT.worker);
    const first = await start('indexer', PORT.indexer);
    await reach((await approveSomebody()).caseId, 'finalized');
    await caughtUp();
    await kill(first);
    const before = await statuses();
    expect(before.length).toBeGreaterThan(0);
    await db.query(`UPDATE indexer_projection SET version = 0 WHERE name = 'investors'`);
    await db.query(`UPDATE investor_status SET tier = 99`);
    await start('indexer', PORT.indexer);
    // its checkpoint was at the head already: what is waited for is the projection
    await expect.poll(statuses, { timeout: 20_000 }).toEqual(before);
  });
});

const REDIS_URL = process.env.REDIS_URL;
const WITHOUT_REDIS = REDIS_URL ? '' : ' (skipped: REDIS_URL is not set, so there is no Redis to test on)';

describe.skipIf(!REDIS_URL)(`queues on Redis${WITHOUT_REDIS}`, () => {
  it('carry ids alone, and lose nothing when a worker is killed', async () => {
    const redis = createClient({ url: REDIS_URL! });
    await redis.connect();
    const more = { REDIS_URL: REDIS_URL! };
    try {
      const keysBefore = new Set(await redis.keys('aurum:*'));
      const worker = await start('worker', PORT.worker, more);
      const cases = [await approveSomebody(), await approveSomebody()];
      await until(
        'a transaction',
        () => sentFor(cases[0]!.caseId),
        (rows) => rows.length > 0,
      );
      await kill(worker);
      cases.push(await approveSomebody());
      await start('worker', PORT.worker, more);
      for (const { account, caseId } of cases) {
        await reach(caseId, 'finalized', 90_000);
        expect(await statusSets(account)).toBe(1);
      }
      const keys = (await redis.keys('aurum:*')).filter((key) => !keysBefore.has(key));
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) {
        if ((await redis.type(key)) !== 'stream') continue;
        expect(JSON.stringify(await redis.xRange(key, '-', '+'))).not.toMatch(
          /Applicant|example\.org|A street/,
        );
      }
      const { rows } = await db.query('SELECT count(*)::int AS waiting FROM outbox WHERE done_at IS NULL');
      expect(rows[0].waiting).toBe(0);
    } finally {
      await redis.close();
    }
  });
});
