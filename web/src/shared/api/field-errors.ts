import type { ApiProblem } from './problem';

/** What the service said of single fields: path ("country") -> sentence. */
export function fieldErrors(error: ApiProblem | null): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of error?.problem.errors ?? []) {
    const name = path.replace(/^body\.?/, '');
    errors[name] ??= `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  }
  return errors;
}
