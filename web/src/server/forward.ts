import { apiUrl } from './environment';

const REQUEST_HEADERS = [
  'accept',
  'accept-language',
  'content-type',
  'cookie',
  'idempotency-key',
  'if-none-match',
  'origin',
  'user-agent',
  'x-request-id',
];
/** Of the connection between the two services, or undone by fetch, which has already unpacked the body. */
const DROPPED_RESPONSE_HEADERS = [
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'transfer-encoding',
];
const TIMEOUT_MS = 30_000;

function requestHeaders(request: Request): Headers {
  const headers = new Headers();
  for (const name of REQUEST_HEADERS) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  headers.set(
    'x-forwarded-host',
    request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? '',
  );
  headers.set('x-forwarded-proto', request.headers.get('x-forwarded-proto') ?? 'http');
  const client = request.headers.get('x-forwarded-for');
  if (client) headers.set('x-forwarded-for', client);
  return headers;
}

function unreachable(): Response {
  return Response.json(
    {
      type: 'about:blank',
      title: 'The e-Aurum service does not answer',
      status: 502,
      detail: 'The page is here, but the service behind it is not. Try again in a moment.',
      code: 'api_unreachable',
    },
    { status: 502, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } },
  );
}

/**
 * Passes a request on to the API, as a stream in both directions, so that a browser speaks to one origin only.
 * Answers 502 with problem details when the API can't be reached.
 */
export async function forwardToApi(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && request.body !== null;
  try {
    const answer = await fetch(`${apiUrl()}${pathname}${search}`, {
      method: request.method,
      headers: requestHeaders(request),
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      ...(hasBody ? { body: request.body, duplex: 'half' } : {}),
    } as RequestInit);
    const headers = new Headers(answer.headers);
    for (const name of DROPPED_RESPONSE_HEADERS) headers.delete(name);
    return new Response(answer.body, { status: answer.status, headers });
  } catch {
    return unreachable();
  }
}
