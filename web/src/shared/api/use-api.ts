'use client';

import type { Problem } from '@e-aurum/sdk/rest';
import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useRef } from 'react';
import { getJson, type PostOptions, postJson } from './client';
import { ApiProblem, type Result } from './problem';

export interface UseApiOptions<T> {
  /** What the server read for the first render. */
  initial?: Result<T>;
  /** Reads again after so long, while the page is in view. */
  refreshMs?: number;
  /** Shows the last answer while the next one (another page, another filter) is on its way. */
  keepPrevious?: boolean;
}

export type ApiQuery<T> = UseQueryResult<T, ApiProblem> & {
  /** Why there is nothing to show yet; null while there is something or it is still loading. */
  problem: Problem | null;
  /** True when what is shown is older than it should be, since the last reading failed. */
  stale: boolean;
};

/** GET of one of our own paths; null waits. */
export function useApi<T>(path: string | null, options: UseApiOptions<T> = {}): ApiQuery<T> {
  const { initial, refreshMs, keepPrevious } = options;
  const query = useQuery<T, ApiProblem>({
    queryKey: ['api', path],
    queryFn: ({ signal }) => getJson<T>(path as string, signal),
    enabled: path !== null,
    refetchInterval: refreshMs ?? false,
    ...(initial?.ok ? { initialData: initial.data, initialDataUpdatedAt: initial.at } : {}),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  } as Parameters<typeof useQuery<T, ApiProblem>>[0]);
  const failedAtFirst = initial && !initial.ok && query.isPending ? initial.problem : null;
  return Object.assign({}, query, {
    problem: query.data === undefined ? (query.error?.problem ?? failedAtFirst) : null,
    stale: query.data !== undefined && query.error !== null,
  }) as ApiQuery<T>;
}

export interface ApiWish<B> extends PostOptions {
  path: string;
  body: B;
}

/**
 * POST of a wish. Repeating the same wish after a failure uses the same idempotency key, so that it is done once.
 * `refresh`: prefixes of the paths to read again afterwards.
 */
export function useApiPost<T, B = unknown>(
  refresh: string[] = [],
): UseMutationResult<T, ApiProblem, ApiWish<B>> {
  const client = useQueryClient();
  const last = useRef<{ wish: string; key: string } | null>(null);
  return useMutation<T, ApiProblem, ApiWish<B>>({
    mutationFn: async ({ path, body, ...options }) => {
      const wish = JSON.stringify([path, body]);
      if (last.current?.wish !== wish) last.current = { wish, key: crypto.randomUUID() };
      const answer = await postJson<T>(path, body, { idempotencyKey: last.current.key, ...options });
      last.current = null;
      return answer;
    },
    onSuccess: () => refreshApi(client, refresh),
  });
}

/** Reads again everything whose path begins with one of the prefixes. */
export function refreshApi(client: ReturnType<typeof useQueryClient>, prefixes: string[]): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] === 'api' && prefixes.some((prefix) => String(queryKey[1]).startsWith(prefix)),
  });
}

export const isProblem = (error: unknown): error is ApiProblem => error instanceof ApiProblem;
