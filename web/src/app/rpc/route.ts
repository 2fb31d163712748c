import { rpcUrl } from '@/server/environment';
import { refuseRpc } from '@/server/rpc-methods';

export const dynamic = 'force-dynamic';

const MAX_BODY_BYTES = 512 * 1024;
const TIMEOUT_MS = 20_000;

const failure = (code: number, message: string, status = 200): Response =>
  Response.json({ jsonrpc: '2.0', id: null, error: { code, message } }, { status });

/** Passes allowed JSON-RPC calls on to the chain, so that a browser speaks to one origin only. */
export async function POST(request: Request): Promise<Response> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES)
    return failure(-32600, 'The request is too large', 413);
  const text = await request.text();
  if (text.length > MAX_BODY_BYTES) return failure(-32600, 'The request is too large', 413);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return failure(-32700, 'Not JSON', 400);
  }
  const refused = refuseRpc(body);
  if (refused) return Response.json(refused);
  try {
    const answer = await fetch(rpcUrl(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
      cache: 'no-store',
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    });
  } catch {
    return failure(-32603, 'The chain does not answer. Try again in a moment.', 502);
  }
}
