import { describe, expect, it } from 'vitest';
import { ApiProblem, allPages, createApiClient, UnexpectedAnswer } from './index.ts';

interface Asked {
  url: string;
  headers: Record<string, string>;
  body: unknown;
}

/** A client whose requests are answered from a list. */
function clientOf(...answers: { status?: number; body: unknown; headers?: Record<string, string> }[]) {
  const asked: Asked[] = [];
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    asked.push({
      url: String(url),
      headers: init!.headers as Record<string, string>,
      body: init!.body ? JSON.parse(String(init!.body)) : undefined,
    });
    const { status = 200, body, headers = {} } = answers[asked.length - 1]!;
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  };
  return {
    asked,
    client: createApiClient({ baseUrl: 'http://api', fetch: fetch as typeof globalThis.fetch }),
  };
}

const problem = {
  type: 'urn:e-aurum:problem:not-found',
  title: 'Not found',
  status: 404,
  detail: 'This bar does not exist. Check the address.',
  code: 'not-found',
};
const nonce = { nonce: 'abcdefgh', expiresAt: '2026-11-20T12:00:00.000Z' };

describe('the client', () => {
  it('asks what the interface names, and leaves out what is not given', async () => {
    const { client, asked } = clientOf({ body: { items: [], next: null } });
    await client.reserve.bars({ state: 'Active', cursor: undefined, limit: 5 });
    expect(asked[0]!.url).toBe('http://api/v1/reserve/bars?state=Active&limit=5');
  });

  it('turns problem details into an error that says what to do', async () => {
    const { client } = clientOf({ status: 404, body: problem });
    const error = await client.reserve.bar('1').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiProblem);
    expect((error as ApiProblem).problem.code).toBe('not-found');
    expect((error as ApiProblem).message).toBe(problem.detail);
  });

  it('does not take another server for the API', async () => {
    const { client } = clientOf({ body: '<html>' }, { body: { price: 1 } }, { status: 502, body: {} });
    for (let n = 0; n < 3; n++) await expect(client.prices.latest()).rejects.toBeInstanceOf(UnexpectedAnswer);
  });

  it('keeps the session where no browser does', async () => {
    const { client, asked } = clientOf(
      { body: nonce, headers: { 'set-cookie': 'aurum_session=abc; Path=/; HttpOnly' } },
      { body: nonce },
    );
    await client.signIn.nonce();
    await client.signIn.nonce();
    expect(asked.map(({ headers }) => headers.cookie)).toEqual([undefined, 'aurum_session=abc']);
  });

  it('gives every POST a key of its own, or the one of the first try', async () => {
    const reference = { deliveryRef: `0x${'11'.repeat(32)}` };
    const { client, asked } = clientOf({ body: reference }, { body: reference }, { body: reference });
    const details = {
      recipient: 'A. Holder',
      street: 'A street 1',
      city: 'Zug',
      postalCode: '6300',
      country: 'CH',
      phone: '+41 41 555 0100',
    };
    await client.redemptions.deliveryDetails(details);
    await client.redemptions.deliveryDetails(details);
    await client.redemptions.deliveryDetails(details, 'the-first-try');
    const keys = asked.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe('the-first-try');
    expect(asked[0]!.body).toEqual(details);
  });

  it('walks a list to its end', async () => {
    const pages = [
      { items: [1, 2], next: 'a' },
      { items: [3], next: 'b' },
      { items: [], next: null },
    ];
    const cursors: (string | undefined)[] = [];
    const items: number[] = [];
    for await (const item of allPages(async (cursor) => {
      cursors.push(cursor);
      return pages[cursors.length - 1]!;
    }))
      items.push(item);
    expect(items).toEqual([1, 2, 3]);
    expect(cursors).toEqual([undefined, 'a', 'b']);
  });
});
