'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { LiveContext, useNewLiveChanges } from '../../lib/live.ts';
import { toFailure } from '../../lib/trpc.ts';
import { ToastProvider } from '../ui/toast.tsx';

const TRIES = 2;
const RETRY_MAX_MS = 4_000;
const STALE_MS = 5_000;

/** What trying again can't mend. */
const FINAL = new Set(['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_REQUEST', 'METHOD_NOT_SUPPORTED']);

const newClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        refetchOnWindowFocus: false,
        // A server that is away comes back: what was asked of it is asked again until it does.
        retry: (failures, error) => {
          const { code } = toFailure(error);
          return code === 'UNREACHABLE' || (failures < TRIES && !FINAL.has(code));
        },
        retryDelay: (failures) => Math.min(500 * 2 ** failures, RETRY_MAX_MS),
      },
    },
  });

export function Providers({ children }: { readonly children: ReactNode }) {
  const [client] = useState(newClient);
  const live = useNewLiveChanges();
  return (
    <QueryClientProvider client={client}>
      <LiveContext.Provider value={live}>
        <Tooltip.Provider delayDuration={300}>
          <ToastProvider>{children}</ToastProvider>
        </Tooltip.Provider>
      </LiveContext.Provider>
    </QueryClientProvider>
  );
}
