/** An RPC endpoint that stands between a service and the chain, and can lose what goes through it. */
import { createServer, type ServerResponse } from 'node:http';

/**
 * pass: forward and answer. hold: keep broadcasts from the chain and never answer. swallow: keep them from the chain
 * and answer as if they were there. mute: forward them, and never answer.
 */
export type DoorMode = 'pass' | 'hold' | 'swallow' | 'mute';

export interface Door {
  url: string;
  mode: DoorMode;
  /** Most blocks that one call for logs may span, as endpoints limit it. */
  logRange: number;
  /** Signed transactions that were brought, in their order, whatever became of them. */
  broadcasts: string[];
  close(): Promise<void>;
}

interface Call {
  id: number;
  method: string;
  params: unknown[];
}

const BROADCAST = 'eth_sendRawTransaction';

/** True if a call asks for logs of more blocks than the endpoint gives at once. */
function tooManyBlocks(call: Call, most: number): boolean {
  if (call.method !== 'eth_getLogs') return false;
  const { fromBlock, toBlock } = call.params[0] as { fromBlock: string; toBlock: string };
  return Number(toBlock) - Number(fromBlock) + 1 > most;
}

async function forward(target: string, body: string): Promise<string> {
  const response = await fetch(target, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return response.text();
}

export async function openDoor(port: number, target: string): Promise<Door> {
  const waiting = new Set<ServerResponse>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const parsed = JSON.parse(body) as Call | Call[];
    const broadcast = [parsed].flat().find((call) => call.method === BROADCAST);
    const answer = (text: string) => response.setHeader('content-type', 'application/json').end(text);
    const refused = [parsed].flat().find((call) => tooManyBlocks(call, door.logRange));
    if (refused) {
      const error = { code: -32005, message: 'query exceeds the range of blocks' };
      return answer(JSON.stringify({ jsonrpc: '2.0', id: refused.id, error }));
    }
    if (broadcast) door.broadcasts.push(String(broadcast.params[0]));
    if (!broadcast || door.mode === 'pass') return answer(await forward(target, body));
    if (door.mode === 'mute') await forward(target, body);
    if (door.mode === 'swallow') {
      const result = `0x${'00'.repeat(32)}`;
      return answer(JSON.stringify({ jsonrpc: '2.0', id: broadcast.id, result }));
    }
    waiting.add(response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const door: Door = {
    url: `http://127.0.0.1:${port}`,
    mode: 'pass',
    logRange: Number.POSITIVE_INFINITY,
    broadcasts: [],
    async close() {
      for (const response of waiting) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return door;
}
