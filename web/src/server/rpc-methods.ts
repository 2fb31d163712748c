/**
 * What a browser may ask of the chain through us: reading, and sending what is already signed. Nothing that makes the
 * node sign with accounts of its own, and no debugging or test method.
 */
const ALLOWED = new Set([
  'eth_blockNumber',
  'eth_call',
  'eth_chainId',
  'eth_estimateGas',
  'eth_feeHistory',
  'eth_gasPrice',
  'eth_getBalance',
  'eth_getBlockByHash',
  'eth_getBlockByNumber',
  'eth_getCode',
  'eth_getLogs',
  'eth_getStorageAt',
  'eth_getTransactionByHash',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
  'eth_maxPriorityFeePerGas',
  'eth_sendRawTransaction',
  'eth_syncing',
  'net_version',
]);

const MAX_BATCH = 60;

export interface RpcRefusal {
  jsonrpc: '2.0';
  id: unknown;
  error: { code: number; message: string };
}

const refusal = (id: unknown, code: number, message: string): RpcRefusal => ({
  jsonrpc: '2.0',
  id: id ?? null,
  error: { code, message },
});

/** The first reason not to pass a JSON-RPC body on, or null when all of it is allowed. */
export function refuseRpc(body: unknown): RpcRefusal | null {
  const calls = Array.isArray(body) ? body : [body];
  if (calls.length === 0 || calls.length > MAX_BATCH)
    return refusal(null, -32600, `A batch holds 1 to ${MAX_BATCH} calls`);
  for (const call of calls) {
    if (typeof call !== 'object' || call === null || typeof call.method !== 'string')
      return refusal(null, -32600, 'Not a JSON-RPC request');
    if (!ALLOWED.has(call.method)) return refusal(call.id, -32601, `${call.method} is not offered here`);
  }
  return null;
}
