/** Who is asking, and what is answered to what cannot be. */
import { Problem } from '@e-aurum/sdk/rest';
import { concat, getAddress } from 'ethers';
import { describe, expect, it } from 'vitest';
import type { DevAccountName } from '../../../scripts/devnet/accounts.ts';
import { rpc } from '../../../scripts/devnet/rpc.ts';
import { createClient, ORIGIN, signIn, signInMessage } from './client.ts';
import { APPLICATION, as, db, url, walletOf, world } from './seeded-api.ts';

export function signInTests(): void {
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
      const capacities = async (name: DevAccountName) =>
        (await (await as(name)).get('/v1/me')).body.capacities;
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
      expect(problem).toMatchObject({
        status,
        code,
        requestId: 'my-request-1',
        instance: path.split('?')[0],
      });
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
}
