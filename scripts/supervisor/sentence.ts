/** An end that a person caused or can mend: printed as one sentence, without a stack trace. */
export class PlainError extends Error {
  override readonly name = 'PlainError';
}

const SYSTEM_ERRORS: Record<string, (path: string) => string> = {
  ENOSPC: (path) => `The disk is full${path}. Free some space, then run the command again.`,
  EACCES: (path) => `This user may not write${path}. Give the project folder to the user that runs it.`,
  EROFS: (path) => `The disk is read-only${path}.`,
  EMFILE: () => 'Too many files are open. Raise the limit (ulimit -n 4096) and run the command again.',
};

/** What to print for an error: a sentence for those we know, the stack for those we don't. */
export function sentenceOf(error: unknown): string {
  if (error instanceof PlainError) return error.message;
  const { code, path } = error as { code?: string; path?: string };
  const known = code ? SYSTEM_ERRORS[code] : undefined;
  if (known) return known(path ? ` at ${path}` : '');
  return error instanceof Error ? `An unexpected error: ${error.stack ?? error.message}` : String(error);
}
