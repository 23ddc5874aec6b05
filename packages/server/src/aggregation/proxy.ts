import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Writable } from 'node:stream';
import { isStatusError } from '@gantry/machinery/status';
import type { ConnectHandler, HttpRequest, HttpResponse } from '../handler.ts';
import { describeFailure } from '../outbound/call-error.ts';
import { resolveService, type SocketAddress } from '../outbound/service-target.ts';
import type { StateReader, UserInfo } from '../request.ts';
import { forwardedHeaders, returnedHeaders } from '../streaming/headers.ts';
import { passBody, sendRequest } from '../streaming/http-proxy.ts';
import { sendHead } from '../streaming/response.ts';
import type { UpgradeProxy } from '../streaming/upgrade-proxy.ts';
import type { RemoteEntry } from './api-services.ts';
import { type RemoteTransport, userHeaders } from './transport.ts';

export interface ProxyParts {
  readonly transport: RemoteTransport;
  readonly upgrades: UpgradeProxy;
  readonly state: StateReader;
}

/** Discovery is cheap and everybody waits for it. */
export const DISCOVERY_MS = 5000;
export const REDIRECTED = 'the backend attempted to redirect this request, which is not permitted';

/** What the other server says of caching comes after it. */
const CACHING = 'no-cache, private';

/** Plain text, as the original's proxy answers when it has no answer to pass on. */
function sendText(response: HttpResponse, status: number, text: string): void {
  const body = Buffer.from(`${text}\n`);
  sendHead(response, status, {
    'cache-control': CACHING,
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-length': body.length,
  });
  (response as Writable).end(body);
}

/** The same without a line's end. */
function sendRedirected(response: HttpResponse): void {
  sendHead(response, 502, {
    'cache-control': CACHING,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': REDIRECTED.length,
  });
  (response as Writable).end(REDIRECTED);
}

/** The caller's address after those that proxies before us told. */
function forwardedFor({ headers, socket }: HttpRequest): string {
  const before = headers['x-forwarded-for'];
  const list = Array.isArray(before) ? before : before === undefined ? [] : [before];
  const { remoteAddress = '' } = socket;
  return [...list, remoteAddress].filter((address) => address !== '').join(', ');
}

/** Where the server is reached; undefined when nobody is there. */
export function addressOf(state: StateReader, { service }: RemoteEntry): SocketAddress | undefined {
  try {
    return resolveService(state, service);
  } catch (error) {
    if (isStatusError(error)) return undefined;
    throw error;
  }
}

export const isDiscovery = (path: string): boolean =>
  path.split('/').filter((part) => part !== '').length === 3;

/** Headers of a request as the other server gets them: with the user, and without the caller's credentials. */
export function outgoingHeaders(
  headers: Readonly<IncomingHttpHeaders>,
  user: UserInfo,
  address: SocketAddress,
  path: string,
): OutgoingHttpHeaders {
  const host = headers.host ?? headers[':authority'];
  return {
    ...forwardedHeaders(headers, false),
    ...userHeaders(user),
    host: `${address.host}:${address.port}`,
    'x-forwarded-uri': path,
    'x-forwarded-proto': 'https',
    ...(typeof host === 'string' ? { 'x-forwarded-host': host } : {}),
  };
}

/**
 * Passes requests on to the server behind an APIService, as the user who asks. Watches stream; upgrades are carried as
 * bytes. 503 as text when it is not available.
 */
export function remoteHandler(parts: ProxyParts, entry: RemoteEntry): ConnectHandler {
  const { transport, upgrades, state } = parts;
  return {
    group: entry.group,
    resource: '',
    subresource: '',
    async request(request, response, { user, attributes }) {
      const address = entry.available ? addressOf(state, entry) : undefined;
      if (address === undefined) return sendText(response, 503, 'service unavailable');
      const method = request.method ?? 'GET';
      const path = request.url ?? attributes.path;
      const target = {
        protocol: 'https:',
        ...address,
        path,
        options: {
          ...transport.pooled(entry),
          ...(isDiscovery(attributes.path) ? { signal: AbortSignal.timeout(DISCOVERY_MS) } : {}),
        },
      } as const;
      const auditId = response.getHeader('audit-id');
      const headers = {
        ...outgoingHeaders(request.headers, user, address, attributes.path),
        'x-forwarded-for': forwardedFor(request),
        ...(auditId === undefined ? {} : { 'audit-id': auditId }),
      };
      const body = method === 'GET' || method === 'HEAD' ? undefined : request;
      let answer: Awaited<ReturnType<typeof sendRequest>>;
      try {
        answer = await sendRequest(target, { method, headers }, body, response);
      } catch (error) {
        return sendText(response, 503, `error trying to reach service: ${describeFailure(error)}`);
      }
      const status = answer.statusCode ?? 502;
      if (status >= 300 && status < 400 && answer.headers.location !== undefined) {
        answer.destroy();
        return sendRedirected(response);
      }
      const own = answer.headers['cache-control'];
      const caching = own === undefined ? CACHING : `${CACHING}, ${own}`;
      sendHead(response, status, { ...returnedHeaders(answer.headers), 'cache-control': caching });
      await passBody(answer, response);
    },
    async upgrade(request, socket, head, { user, attributes }) {
      const address = entry.available ? addressOf(state, entry) : undefined;
      if (address === undefined) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
        return;
      }
      await upgrades.forward(request, socket, head, {
        protocol: 'https:',
        ...address,
        path: request.url ?? attributes.path,
        options: transport.single(entry),
        headers: userHeaders(user),
      });
    },
  };
}
