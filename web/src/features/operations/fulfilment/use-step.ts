'use client';

import type { Redemption } from '@e-aurum/sdk/rest';
import { useApiPost } from '@/shared/api/use-api';
import { REDEMPTIONS_PATH } from './paths';

/** Hands one of the operator's steps in; the service sends its transaction. */
export function useStep(
  redemption: Pick<Redemption, 'id'>,
  step: 'accept' | 'ship' | 'prove-delivery' | 'complete',
) {
  const post = useApiPost<Redemption>(['/v1/operations']);
  return {
    take: (body: unknown) => post.mutate({ path: `${REDEMPTIONS_PATH}/${redemption.id}/${step}`, body }),
    /** From the click until its transaction shows. */
    busy: post.isPending || post.isSuccess,
    error: post.error,
  };
}
