import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createRpcPool, type RpcPool } from './rpc-pool.ts';

const chainId = 31_337;
const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

interface RpcRequest {
  id: number;
  method: string;
}

/** A node that answers each method with a value, or with an error. */
async function node(
  answers: Record<string, unknown>,
  calls: string[] = [],
): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const parsed = JSON.parse(body) as RpcRequest | RpcRequest[];
    const one = ({ id, method }: RpcRequest) => {
      calls.push(method);
      const value = method === 'eth_chainId' ? (answers.eth_chainId ?? '0x7a69') : answers[method];
      return {
        jsonrpc: '2.0',
        id,
        ...(value instanceof Error
          ? { error: { code: -32_000, message: value.message } }
          : { result: value }),
      };
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(Array.isArray(parsed) ? parsed.map(one) : one(parsed)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function pool(urls: string[]): RpcPool {
  const created = createRpcPool({ urls, chainId, timeoutMs: 300, log: pino({ level: 'silent' }) });
  open.push(() => created.close());
  return created;
}

const DEAD = 'http://127.0.0.1:9';

describe('several RPC endpoints', () => {
  it('are asked in their order', async () => {
    const first = await node({ eth_blockNumber: '0x1' });
    const second = await node({ eth_blockNumber: '0x2' });
    expect(await pool([first.url, second.url]).request('eth_blockNumber', [])).toBe('0x1');
  });

  it('stand in for one that is dead, which is set aside once for all that it failed at', async () => {
    const second = await node({ eth_blockNumber: '0x2' });
    const rpc = pool([DEAD, second.url]);
    const answers = await Promise.all(Array.from({ length: 8 }, () => rpc.request('eth_blockNumber', [])));
    expect(answers).toEqual(Array(8).fill('0x2'));
    expect(rpc.states()).toMatchObject([
      { quarantined: true, failures: 1 },
      { quarantined: false, failures: 0 },
    ]);
  });

  it('stand in for one that never answers', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    open.push(() => silent.close().closeAllConnections());
    const second = await node({ eth_blockNumber: '0x2' });
    const rpc = pool([`http://127.0.0.1:${(silent.address() as AddressInfo).port}`, second.url]);
    expect(await rpc.request('eth_blockNumber', [])).toBe('0x2');
    expect(rpc.states()[0]).toMatchObject({ quarantined: true });
  });

  it('stand in for one of another chain', async () => {
    const calls: string[] = [];
    const wrong = await node({ eth_chainId: '0x38', eth_blockNumber: '0x1' }, calls);
    const right = await node({ eth_blockNumber: '0x2' });
    expect(await pool([wrong.url, right.url]).request('eth_blockNumber', [])).toBe('0x2');
    expect(calls).toEqual(['eth_chainId']);
  });

  it('stand in for one that refuses for reasons of its own, and not for one that answered', async () => {
    const calls: string[] = [];
    const busy = await node({ eth_call: new Error('rate limit exceeded') });
    const other = await node({ eth_call: '0x', eth_sendRawTransaction: '0x' }, calls);
    expect(await pool([busy.url, other.url]).request('eth_call', [{}])).toBe('0x');
    calls.length = 0;
    const refusing = await node({ eth_call: new Error('nonce too low') });
    await expect(pool([refusing.url, other.url]).request('eth_call', [{}])).rejects.toThrow();
    expect(calls).toEqual([]);
  });

  it('are tried even in quarantine when there is no other, and come back at once', async () => {
    const only = await node({ eth_blockNumber: '0x1' });
    const port = (only.server.address() as AddressInfo).port;
    const rpc = pool([only.url]);
    await new Promise<void>((resolve) => void only.server.close(() => resolve()).closeAllConnections());
    await expect(rpc.request('eth_blockNumber', [])).rejects.toThrow();
    expect(rpc.states()[0]!.quarantined).toBe(true);
    await new Promise<void>((resolve) => only.server.listen(port, '127.0.0.1', resolve));
    expect(await rpc.request('eth_blockNumber', [])).toBe('0x1');
    expect(rpc.states()[0]).toMatchObject({ quarantined: false, failures: 0 });
  });

  it('all get a transaction, and each says what it made of it', async () => {
    const first = await node({ eth_sendRawTransaction: '0xab' });
    const second = await node({ eth_sendRawTransaction: new Error('already known') });
    const outcomes = await pool([first.url, second.url, DEAD]).broadcast('0x02');
    expect(outcomes.map(({ accepted }) => accepted)).toEqual([true, false, false]);
  });

  it('are set aside when their chain stands still while another goes on', async () => {
    const behind = await node({ eth_blockNumber: '0x10' });
    const ahead = await node({ eth_blockNumber: '0x40' });
    const rpc = pool([behind.url, ahead.url]);
    await rpc.checkHeads();
    expect(rpc.states().map(({ quarantined }) => quarantined)).toEqual([true, false]);
    expect(await rpc.request('eth_blockNumber', [])).toBe('0x40');
  });

  it('are named without what may be a key', () => {
    expect(pool(['http://user:pass@127.0.0.1:9/v1/secret?key=secret']).states()[0]!.name).toBe(
      '0:127.0.0.1:9',
    );
  });
});
