/** Why a request brought nothing, in a word that fits a metric's label. */
export type HttpFailure = 'timeout' | 'unreachable' | 'status' | 'too-large';

export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure, message: string) {
    super(message);
    this.failure = failure;
  }
}

const MAX_BODY_BYTES = 256 * 1024;

export interface GetOptions {
  /** For the whole exchange, body included. */
  timeoutMs: number;
  headers?: Record<string, string>;
}

/**
 * GETs a text. Redirects are not followed: a price comes from the host that was configured, or not at all.
 * @throws HttpError when there is no answer in time, a status other than 200, or a body beyond 256 KiB
 */
export async function getText(url: string, { timeoutMs, headers }: GetOptions): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      signal,
      redirect: 'error',
      headers: { accept: 'application/json', 'user-agent': 'e-aurum-oracle-relayer', ...headers },
    });
    const body = await readBounded(response);
    if (response.status !== 200)
      throw new HttpError('status', `${url} answered ${response.status}: ${body.slice(0, 200)}`);
    return body;
  } catch (error) {
    if (error instanceof HttpError) throw error;
    if (signal.aborted) throw new HttpError('timeout', `${url} did not answer within ${timeoutMs} ms`);
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new HttpError('unreachable', `${url} could not be reached${cause}`);
  }
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES)
      throw new HttpError('too-large', `${response.url} sent more than ${MAX_BODY_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
