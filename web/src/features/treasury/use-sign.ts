'use client';

import type { Ceremony, Proposal } from '@e-aurum/sdk/rest';
import { useMutation } from '@tanstack/react-query';
import type { Address } from 'viem';
import { useSignTypedData } from 'wagmi';
import { useSession } from '@/chain/account/use-session';
import { useDeployment } from '@/chain/deployment';
import { useApiPost } from '@/shared/api/use-api';
import { hashesAgree, hashesOf, typedDataOf } from './safe';
import { type CeremonyName, TREASURY_PATH } from './words';

interface Answer {
  signatures: number;
  threshold: number;
}

/** Signs a ceremony in the wallet and hands the signature in; signs in first if need be. Nothing is sent to the chain. */
export function useSign(proposal: Proposal, name: CeremonyName) {
  const { chainId, safe } = useDeployment();
  const { me, signIn } = useSession();
  const { signTypedDataAsync } = useSignTypedData();
  const post = useApiPost<Answer>([TREASURY_PATH]);
  return useMutation<Answer, Error>({
    mutationFn: async () => {
      const ceremony: Ceremony = proposal[name];
      if (!hashesAgree(hashesOf(chainId, safe as Address, ceremony), ceremony))
        throw new Error(
          'The hashes that the service shows are not those of this transaction. Do not sign it.',
        );
      if (!me) await signIn();
      const signature = await signTypedDataAsync(typedDataOf(chainId, safe as Address, ceremony));
      return post.mutateAsync({
        path: `${TREASURY_PATH}/proposals/${proposal.id}/signatures`,
        body: { ceremony: name, signature },
      });
    },
  });
}
