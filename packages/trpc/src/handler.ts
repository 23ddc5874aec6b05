import type { IncomingMessage, ServerResponse } from 'node:http';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import type { Accounts, ApiAnswer, ApiRequest, ObjectHistory, Past, User } from './port.ts';
import { appRouter } from './router.ts';
import { cookieValue, SESSION_COOKIE } from './session-cookie.ts';
import { TableViews } from './table-views.ts';
import { type Context, isAbsence } from './trpc.ts';

export interface TrpcOptions {
  readonly accounts: Accounts;
  readonly history: ObjectHistory;
  readonly past: Past;
  /** What people call the OIDC issuer that they may sign in with; absent when there is none. */
  readonly oidcLabel?: string | undefined;
  /** Told of faults of ours; what a client did wrong is not. */
  readonly onError?: (error: Error, path: string) => void;
}

export interface TrpcRoute {
  readonly prefix: '/trpc';
  /** After authentication. `dispatch` carries the user's rights. */
  handle(
    request: unknown,
    response: unknown,
    user: User,
    dispatch: (request: ApiRequest) => Promise<ApiAnswer>,
  ): Promise<void>;
  close(): void;
}

const PREFIX = '/trpc';
const BODY_MAX_BYTES = 4 * 1024 * 1024;
const CSRF_HEADER = 'x-gantry-csrf';

/** Mutations must carry a header that no other origin can set, signed in or not: else a page elsewhere could sign people in. */
const mayMutate = (request: IncomingMessage): boolean =>
  request.method === 'GET' || request.method === 'HEAD' || request.headers[CSRF_HEADER] !== undefined;

/** The console's procedures as a route of the API server, over HTTP/1.1 and HTTP/2. */
export function createTrpcRoute(options: TrpcOptions): TrpcRoute {
  const views = new TableViews();
  return {
    prefix: PREFIX,
    close: () => views.close(),
    async handle(rawRequest, rawResponse, user, dispatch) {
      const request = rawRequest as IncomingMessage;
      const response = rawResponse as ServerResponse;
      if (!mayMutate(request)) {
        response.writeHead(403, { 'content-type': 'text/plain' });
        response.end(`this request needs the header ${CSRF_HEADER}\n`);
        return;
      }
      const context: Context = {
        user,
        dispatch,
        accounts: options.accounts,
        history: options.history,
        past: options.past,
        views,
        oidcLabel: options.oidcLabel,
        sessionToken: cookieValue(request.headers.cookie, SESSION_COOKIE),
        userAgent: request.headers['user-agent'],
        secure: request.headers['x-forwarded-proto'] === 'https',
        setCookie: (value) => response.setHeader('set-cookie', value),
      };
      response.setHeader('cache-control', 'no-store');
      await nodeHTTPRequestHandler({
        req: request,
        res: response,
        path: (request.url ?? '').slice(PREFIX.length + 1).split('?')[0] ?? '',
        router: appRouter,
        createContext: async () => context,
        maxBodySize: BODY_MAX_BYTES,
        responseMeta: ({ type, errors }) =>
          type === 'query' && errors.length > 0 && errors.every(isAbsence) ? { status: 200 } : {},
        onError: ({ error, path }) => {
          if (error.code === 'INTERNAL_SERVER_ERROR') options.onError?.(error.cause ?? error, path ?? '');
        },
      });
    },
  };
}
