import type { AppRouter } from '@gantry/trpc/router';
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';

const BATCH_MAX = 12;
const URL_MAX = 6_000;
/** No other origin can set it, so that the server knows that a request is ours. */
const headers = { 'x-gantry-csrf': '1' };

/** The server's procedures. One stream for all subscriptions; reads of one moment share a request. */
export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ type }) => type === 'subscription',
      true: httpSubscriptionLink({ url: '/trpc' }),
      false: splitLink({
        condition: ({ type }) => type === 'mutation',
        true: httpLink({ url: '/trpc', headers }),
        false: httpBatchLink({ url: '/trpc', headers, maxItems: BATCH_MAX, maxURLLength: URL_MAX }),
      }),
    }),
  ],
});

export type Outputs = inferRouterOutputs<AppRouter>;

/** A failure as a person reads it. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  /** Of an account that rests after wrong passwords. */
  readonly retryAfterSeconds?: number;
}

export function toFailure(error: unknown): Failure {
  if (error instanceof TRPCClientError) {
    const data = error.data as { code?: string; retryAfterSeconds?: number } | null | undefined;
    if (data?.code === undefined) return { code: 'UNREACHABLE', message: error.message };
    const { code, retryAfterSeconds } = data;
    return {
      code,
      message: error.message,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    };
  }
  return { code: 'UNKNOWN', message: error instanceof Error ? error.message : String(error) };
}
