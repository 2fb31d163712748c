import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../platform/clock.ts';
import { askSource } from './ask.ts';

const rules = { minUsdPerOunce: 500, maxUsdPerOunce: 20_000, maxSpreadBps: 100 };
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/price/XAU`;
}

const goldApi = (price: string, ageS = 0): string =>
  `{"currency":"USD","symbol":"XAU","price":${price},"updatedAt":"${new Date(Date.now() - ageS * 1_000).toISOString()}"}`;

function ask(url: string, { timeoutMs = 600, headers = {} } = {}) {
  return askSource(
    'gold',
    { adapter: 'gold-api', url, timeoutMs, headers, maxAgeS: 60 },
    { clock: createClock(), rules },
  );
}

describe('asking a source', () => {
  it('answers its price', async () => {
    const reading = await ask(await serve((_, response) => response.end(goldApi('4392.5'))));
    expect(reading).toMatchObject({ name: 'gold', kind: 'spot', price: 439_250_000_000n });
  });

  it('sends the headers that the config gives', async () => {
    const url = await serve((request, response) => {
      response.statusCode = request.headers['x-access-token'] === 'key' ? 200 : 401;
      response.end(goldApi('4392'));
    });
    expect(await ask(url, { headers: { 'x-access-token': 'key' } })).toHaveProperty('price');
    expect(await ask(url)).toMatchObject({ dropped: 'status' });
  });

  it('tries once more after a failure that may pass, and not a third time', async () => {
    let asked = 0;
    const failing =
      (times: number): RequestListener =>
      (_, response) => {
        response.statusCode = asked++ < times ? 503 : 200;
        response.end(goldApi('4392'));
      };
    expect(await ask(await serve(failing(1)))).toHaveProperty('price');
    expect(asked).toBe(2);
    asked = 0;
    expect(await ask(await serve(failing(2)))).toMatchObject({ dropped: 'status' });
    expect(asked).toBe(2);
  });

  it('gives up on a slow one within its time, tries included', async () => {
    let asked = 0;
    const url = await serve(() => void asked++);
    const startedAt = performance.now();
    expect(await ask(url, { timeoutMs: 300 })).toMatchObject({ dropped: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(450);
    expect(asked).toBe(1);
  });

  it('gives up on one whose body never ends in time', async () => {
    const url = await serve((_, response) => void response.write('{"currency":'));
    expect(await ask(url, { timeoutMs: 300 })).toMatchObject({ dropped: 'timeout' });
  });

  it.each([
    ['unreachable', (_, response) => response.destroy()],
    ['unreachable', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['too-large', (_, response) => response.end(' '.repeat(300 * 1_024))],
    ['malformed', (_, response) => response.end('<html>Just a moment</html>')],
    ['malformed', (_, response) => response.end('{"status":"success"}')],
    ['refused', (_, response) => response.end('{"error":"quota"}')],
    ['stale', (_, response) => response.end(goldApi('4392', 120))],
    ['absurd', (_, response) => response.end(goldApi('0.00022'))],
  ] as [string, RequestListener][])('says why it dropped one: %s', async (dropped, listener) => {
    expect(await ask(await serve(listener))).toMatchObject({ name: 'gold', dropped });
  });

  it('says that one is unreachable where nothing listens', async () => {
    expect(await ask('http://127.0.0.1:9/')).toMatchObject({ dropped: 'unreachable' });
  });
});
