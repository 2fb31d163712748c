import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpServer, json, listen, type Routes } from './http-server.ts';
import { closeServer } from './lifecycle.ts';

const log = pino({ level: 'silent' });
const routes: Routes = {
  '/value': () => json(200, { price: 10n ** 20n }),
  '/broken': () => {
    throw new Error('a secret');
  },
};
let server = createHttpServer(routes, log);

afterEach(() => closeServer(server));

async function start(): Promise<string> {
  server = createHttpServer(routes, log);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the HTTP server', () => {
  it('writes bigints exactly, and lets nobody keep a copy', async () => {
    const response = await fetch(`${await start()}/value?x=1`);
    expect(await response.text()).toBe('{"price":"100000000000000000000"}');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('answers problems as RFC 9457 says, and keeps reasons to itself', async () => {
    const url = await start();
    const missing = await fetch(`${url}/__proto__`);
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toBe('application/problem+json');
    expect((await fetch(`${url}/value`, { method: 'POST' })).status).toBe(405);
    const broken = await fetch(`${url}/broken`);
    expect(broken.status).toBe(500);
    expect(await broken.text()).not.toContain('secret');
    expect(await (await fetch(`${url}/value`, { method: 'HEAD' })).text()).toBe('');
  });

  it('says what to do about a port that is taken', async () => {
    await start();
    const { port } = server.address() as AddressInfo;
    const second = createHttpServer(routes, log);
    await expect(listen(second, { host: '127.0.0.1', port })).rejects.toThrow(
      `port ${port} on 127.0.0.1 is taken`,
    );
  });
});
