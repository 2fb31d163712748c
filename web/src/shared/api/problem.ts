import type { Problem } from '@e-aurum/sdk/rest';

/** What the service said is wrong (RFC 9457), as an error that pages can show. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
  get status(): number {
    return this.problem.status;
  }
  get code(): string {
    return this.problem.code;
  }
}

export const unreachable: Problem = {
  type: 'about:blank',
  title: 'The e-Aurum service does not answer',
  status: 503,
  detail: 'Check your connection, then try again.',
  code: 'api_unreachable',
};

/** Problem details of an answer that is not ok; makes some up when the body holds none. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  if (body !== null && typeof body === 'object' && 'title' in body) {
    const found = body as Partial<Problem>;
    return {
      type: 'about:blank',
      code: 'unknown',
      detail: '',
      ...found,
      title: found.title ?? 'It did not work',
      status: response.status,
    };
  }
  return {
    type: 'about:blank',
    title: `The service answered ${response.status}`,
    status: response.status,
    detail: 'Try again in a moment.',
    code: 'unknown',
  };
}

/** What a read gave: its data, or why there is none. Plain, so that it crosses from server to browser. */
export type Result<T> = { ok: true; data: T; at: number } | { ok: false; problem: Problem };
