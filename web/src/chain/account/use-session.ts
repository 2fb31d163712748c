'use client';

import type { Capacity, Me } from '@e-aurum/sdk/rest';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createSiweMessage } from 'viem/siwe';
import { useSignMessage } from 'wagmi';
import { getJson, postJson } from '@/shared/api/client';
import { refreshApi, useApi } from '@/shared/api/use-api';
import { useDeployment } from '../deployment';
import { useAccount } from './use-account';

const STATEMENT = 'Sign in to e-Aurum. This costs nothing and moves nothing.';
const MESSAGE_LIFE_MS = 5 * 60_000;

export interface Session {
  /** The session of the connected account; null when there is none, or when it is another account's. */
  me: Me | null;
  loading: boolean;
  can: (capacity: Capacity) => boolean;
  signIn: () => Promise<Me>;
  signingIn: boolean;
  error: Error | null;
  signOut: () => Promise<void>;
}

/** Sign-In with Ethereum: the service learns who is here by a signature, and remembers it in a cookie. */
export function useSession(): Session {
  const { chainId } = useDeployment();
  const { address } = useAccount();
  const { signMessageAsync } = useSignMessage();
  const client = useQueryClient();
  const query = useApi<Me>(address ? '/v1/me' : null);
  const me =
    query.data && address && query.data.account.toLowerCase() === address.toLowerCase() ? query.data : null;

  const signIn = useMutation({
    mutationFn: async (): Promise<Me> => {
      if (!address) throw new Error('Connect a wallet first');
      const { nonce } = await getJson<{ nonce: string }>('/v1/auth/nonce');
      const now = Date.now();
      const message = createSiweMessage({
        address,
        chainId,
        domain: window.location.host,
        uri: window.location.origin,
        nonce,
        version: '1',
        statement: STATEMENT,
        issuedAt: new Date(now),
        expirationTime: new Date(now + MESSAGE_LIFE_MS),
      });
      const signature = await signMessageAsync({ message });
      return postJson<Me>('/v1/auth/verify', { message, signature });
    },
    onSuccess: async (found) => {
      client.setQueryData(['api', '/v1/me'], found);
      await refreshApi(client, ['/v1/']);
    },
  });

  return {
    me,
    loading: address !== undefined && query.isPending && !query.error,
    can: (capacity) => me?.capacities.includes(capacity) ?? false,
    signIn: () => signIn.mutateAsync(),
    signingIn: signIn.isPending,
    error: signIn.error,
    signOut: async () => {
      await postJson('/v1/auth/sign-out', {});
      client.removeQueries({ queryKey: ['api', '/v1/me'] });
      await refreshApi(client, ['/v1/']);
    },
  };
}
