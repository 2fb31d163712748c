import { getAddress } from 'ethers';
import type { z } from 'zod';
import { ProblemError } from './problem.ts';

const WHERE = { params: 'the path', query: 'the query', body: 'the body' } as const;

/**
 * What a request carries, as the schema says.
 * @throws ProblemError 400 that lists every field and what it must be; what was sent is not repeated
 */
export function validate<T>(schema: z.ZodType<T> | undefined, value: unknown, where: keyof typeof WHERE): T {
  if (!schema) return undefined as T;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  throw new ProblemError({
    status: 400,
    code: 'invalid-request',
    title: 'The request is not valid',
    detail: `Correct ${WHERE[where]}: ${errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')}`,
    errors,
  });
}

/** An address in the one form that the database holds (EIP-55). */
export function accountOf(address: string): string {
  return getAddress(address.toLowerCase());
}
