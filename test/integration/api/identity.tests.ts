/** KYC cases from application to the chain, and requests that are sent twice. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signIn } from './client.ts';
import { APPLICATION, as, DELIVERY, db, OPERATOR, url, walletOf, world } from './seeded-api.ts';
import { until } from './services.ts';

export function identityTests(): void {
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

      await operator.post(`/v1/operations/kyc/${id}/decision`, {
        decision: 'revoke',
        reason: 'a test of it',
      });
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
}
