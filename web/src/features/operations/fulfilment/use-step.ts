'use client';

import type { Redemption } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import { useApiPost } from '@/shared/api/use-api';
import { REDEMPTIONS_PATH } from './paths';

/** Hands one of the operator's steps in; the service sends its transaction. */
export function useStep(
  redemption: Pick<Redemption, 'id' | 'job'>,
  step: 'accept' | 'ship' | 'prove-delivery' | 'complete',
) {
  const post = useApiPost<Redemption>(['/v1/operations']);
  const job = redemption.job?.id ?? null;
  const [jobBefore, remember] = useState<string | null>(null);
  return {
    take: (body: unknown) => {
      remember(job);
      post.mutate({ path: `${REDEMPTIONS_PATH}/${redemption.id}/${step}`, body });
    },
    /** From the click until its transaction shows; a failed one can be tried again. */
    busy: post.isPending || (post.isSuccess && job === jobBefore),
    error: post.error,
  };
}
