/** The processes themselves: health, limits, documentation, secrets, configuration. */
import { describe, expect, it } from 'vitest';
import { devAccount } from '../../../scripts/devnet/accounts.ts';
import { createClient } from './client.ts';
import { anyone, as, caughtUp, db, env, LIMITED_PORT, OPERATOR, SECRETS, services } from './seeded-api.ts';
import { runProgram, startService } from './services.ts';

export function serviceTests(): void {
  describe('the services', () => {
    it('tell the operator how they are', async () => {
      await caughtUp();
      const overview = (await (await as(OPERATOR)).get('/v1/operations/overview')).body;
      expect(overview).toMatchObject({
        queueBackend: 'postgresql',
        outboxWaiting: 0,
        transactionsPending: 0,
      });
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
      const limited = await startService('main', LIMITED_PORT, {
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
}
