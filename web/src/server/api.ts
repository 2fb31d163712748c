import { cache } from 'react';
import { problemOf, type Result, unreachable } from '@/shared/api/problem';
import { apiUrl } from './environment';

const TIMEOUT_MS = 4_000;

/**
 * Reads from the API for the first render, once for a path and request. Never throws: a page without its service
 * still has something to say.
 */
export const readApi: <T>(path: string) => Promise<Result<T>> = cache(
  async <T>(path: string): Promise<Result<T>> => {
    try {
      const response = await fetch(`${apiUrl()}${path}`, {
        headers: { accept: 'application/json' },
        cache: 'no-store',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) return { ok: false, problem: await problemOf(response) };
      return { ok: true, data: (await response.json()) as T, at: Date.now() };
    } catch {
      return { ok: false, problem: unreachable };
    }
  },
);
