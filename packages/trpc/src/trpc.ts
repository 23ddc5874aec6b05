import type { Status } from '@gantry/machinery/status';
import { initTRPC, TRPCError } from '@trpc/server';
import { ApiError } from './api.ts';
import {
  type Accounts,
  type Dispatch,
  type ObjectHistory,
  PASSWORD_CHANGE_GROUP,
  type Past,
  type User,
} from './port.ts';
import type { TableViews } from './table-views.ts';

/** What a procedure is called with. */
export interface Context {
  readonly user: User;
  readonly dispatch: Dispatch;
  readonly accounts: Accounts;
  readonly history: ObjectHistory;
  readonly past: Past;
  readonly views: TableViews;
  /** What people call the OIDC issuer that they may sign in with; absent when there is none. */
  readonly oidcLabel?: string | undefined;
  readonly sessionToken: string | undefined;
  readonly userAgent: string | undefined;
  /** The front is reached over TLS, so that the cookie may be kept to it. */
  readonly secure: boolean;
  setCookie(value: string): void;
}

/** Why an account can't be signed in to just now. */
export class AccountRests extends Error {
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super('too many wrong passwords');
    this.name = 'AccountRests';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const PING_MS = 15_000;
/** A browser that heard nothing for so long reconnects. */
const SILENCE_MS = 40_000;

const t = initTRPC.context<Context>().create({
  isServer: true,
  errorFormatter({ shape, error }) {
    const { cause } = error;
    const status: Status | undefined = cause instanceof ApiError ? cause.status : undefined;
    const retryAfterSeconds = cause instanceof AccountRests ? cause.retryAfterSeconds : undefined;
    return {
      code: shape.code,
      message: shape.message,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, status, retryAfterSeconds },
    };
  },
  sse: {
    ping: { enabled: true, intervalMs: PING_MS },
    client: { reconnectAfterInactivityMs: SILENCE_MS },
  },
});

const ANONYMOUS_GROUP = 'system:unauthenticated';

export const isAnonymous = (user: User): boolean => user.groups.includes(ANONYMOUS_GROUP);

/** Signed in with a first password, which may be changed and nothing else. */
export const mustChangePassword = (user: User): boolean => user.groups.includes(PASSWORD_CHANGE_GROUP);

const CODES: Readonly<Record<number, TRPCError['code']>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  410: 'PRECONDITION_FAILED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
  504: 'TIMEOUT',
};

/** The server's Status as tRPC's error; the Status itself travels in `data.status`. */
const statusErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || !(result.error.cause instanceof ApiError)) return result;
  const { cause } = result.error;
  throw new TRPCError({
    code: CODES[cause.status.code ?? 500] ?? 'INTERNAL_SERVER_ERROR',
    message: cause.message,
    cause,
  });
});

/**
 * The object that was asked for is not there: an answer like any other, since what a page shows may be deleted at any
 * time. Its envelope says NOT_FOUND, its HTTP status is 200.
 */
export const isAbsence = ({ code, cause }: TRPCError): boolean =>
  code === 'NOT_FOUND' && cause instanceof ApiError;

const signedInOnly = t.middleware(({ ctx, next }) => {
  if (isAnonymous(ctx.user))
    throw new TRPCError({ code: 'UNAUTHORIZED', message: 'the session has ended: sign in again' });
  return next();
});

const ownPasswordOnly = t.middleware(({ ctx, next }) => {
  if (mustChangePassword(ctx.user))
    throw new TRPCError({ code: 'FORBIDDEN', message: 'choose a password of your own first' });
  return next();
});

export const router = t.router;
/** Open to everybody: signing in, and asking who one is. */
export const publicProcedure = t.procedure.use(statusErrors);
/** For who is signed in, also with a first password that must be changed. */
export const ownProcedure = publicProcedure.use(signedInOnly);
/** Acts with the rights of the user who is signed in. */
export const procedure = ownProcedure.use(ownPasswordOnly);
