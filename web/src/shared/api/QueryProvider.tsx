'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiProblem } from './problem';

const MAX_RETRIES = 2;

function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 4_000,
        // what was refused is refused again; only a service that is away is worth another try
        retry: (failures, error) =>
          failures < MAX_RETRIES &&
          !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
        retryDelay: (failures) => 500 * 2 ** failures,
      },
    },
  });
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
