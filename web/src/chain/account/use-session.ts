'use client';

import type { Capacity, Me } from '@e-aurum/sdk/rest';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { createSiweMessage } from 'viem/siwe';
import { useSignMessage } from 'wagmi';
import { getJson, postJson } from '@/shared/api/client';
import { refreshApi, useApi } from '@/shared/api/use-api';
import { useDeployment } from '../deployment';
import { useAccount } from './use-account';

const SIGNED_IN_KEY = 'aurum.signedIn';
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

/**
 * Which account signed in last, so that a visitor who never did is not asked for: the cookie itself can't be seen here.
 * Only a hint; the service decides.
 */
const listeners = new Set<() => void>();
const signedInHint = {
  read: (): string => {
    try {
      return localStorage.getItem(SIGNED_IN_KEY) ?? '';
    } catch {
      return '';
    }
  },
  write: (account: string): void => {
    try {
      localStorage.setItem(SIGNED_IN_KEY, account);
    } catch {
      // then one signs in again after a reload
    }
    for (const notify of listeners) notify();
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Sign-In with Ethereum: the service learns who is here by a signature, and remembers it in a cookie. */
export function useSession(): Session {
  const { chainId } = useDeployment();
  const { address } = useAccount();
  const { signMessageAsync } = useSignMessage();
  const client = useQueryClient();
  const hint = useSyncExternalStore(signedInHint.subscribe, signedInHint.read, () => '');
  const hinted = address !== undefined && hint === address.toLowerCase();
  const query = useApi<Me>(hinted ? '/v1/me' : null);
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
      signedInHint.write(found.account.toLowerCase());
      await refreshApi(client, ['/v1/']);
    },
  });

  return {
    me,
    loading: hinted && query.isPending && !query.error,
    can: (capacity) => me?.capacities.includes(capacity) ?? false,
    signIn: () => signIn.mutateAsync(),
    signingIn: signIn.isPending,
    error: signIn.error,
    signOut: async () => {
      await postJson('/v1/auth/sign-out', {});
      signedInHint.write('');
      client.removeQueries({ queryKey: ['api', '/v1/me'] });
      await refreshApi(client, ['/v1/']);
    },
  };
}
