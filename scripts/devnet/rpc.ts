/** JSON-RPC over HTTP, for what anvil has and ethers does not wrap. */

export class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;
  constructor(method: string, error: { code: number; message: string; data?: unknown }) {
    super(`${method}: ${error.message}`);
    this.code = error.code;
    this.data = error.data;
  }
}

export interface RpcCall {
  method: string;
  params?: unknown[];
}

interface RpcAnswer {
  id: number;
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

async function post(url: string, body: unknown, timeoutMs: number): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`${url} answered HTTP ${response.status}`);
  return response.json();
}

/** One call. Throws {@link RpcError} if the node refuses it, another error if it can't be reached. */
export async function rpc<T = unknown>(
  url: string,
  method: string,
  params: unknown[] = [],
  timeoutMs = 60_000,
): Promise<T> {
  const answer = (await post(url, { jsonrpc: '2.0', id: 1, method, params }, timeoutMs)) as RpcAnswer;
  if (answer.error) throw new RpcError(method, answer.error);
  return answer.result as T;
}

/** Several calls in one request; the answers in the order of the calls. The first refusal is thrown. */
export async function rpcBatch<T = unknown>(url: string, calls: RpcCall[], timeoutMs = 60_000): Promise<T[]> {
  if (calls.length === 0) return [];
  const body = calls.map(({ method, params = [] }, id) => ({ jsonrpc: '2.0', id, method, params }));
  const answers = (await post(url, body, timeoutMs)) as RpcAnswer[] | RpcAnswer;
  if (!Array.isArray(answers)) {
    throw new RpcError('batch', answers.error ?? { code: 0, message: 'answered with a single result' });
  }
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return calls.map(({ method }, id) => {
    const answer = byId.get(id);
    if (!answer) throw new Error(`${method}: no answer in the batch`);
    if (answer.error) throw new RpcError(method, answer.error);
    return answer.result as T;
  });
}

/** 32 bytes, left-padded, as `anvil_setStorageAt` wants them. */
export function word(value: bigint | number | string): string {
  return `0x${BigInt(value).toString(16).padStart(64, '0')}`;
}

/** A number as a JSON-RPC quantity. */
export function quantity(value: bigint | number): string {
  return `0x${BigInt(value).toString(16)}`;
}
