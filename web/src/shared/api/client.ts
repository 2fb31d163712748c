import { ApiProblem, problemOf, unreachable } from './problem';

async function request<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiProblem(unreachable);
  }
  if (!response.ok) throw new ApiProblem(await problemOf(response));
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** @throws ApiProblem */
export const getJson = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  request(path, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) });

export interface PostOptions {
  /** The same key for every retry of one wish: the service does it once. */
  idempotencyKey?: string;
  method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
}

/** @throws ApiProblem */
export function postJson<T>(path: string, body: unknown, options: PostOptions = {}): Promise<T> {
  return request(path, {
    method: options.method ?? 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'idempotency-key': options.idempotencyKey ?? crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
}
