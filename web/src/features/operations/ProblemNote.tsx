import type { ApiProblem } from '@/shared/api/problem';
import { Note } from '@/shared/ui/Note';

/** Why the service did not do it, and what to do. */
export function ProblemNote({ error }: { error: ApiProblem | null }) {
  if (!error) return null;
  return (
    <Note tone="down" live title={`${error.problem.title}.`}>
      {error.problem.detail}
    </Note>
  );
}
