import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { FrontOptions } from './options.ts';

/** Headers that concern one connection only (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const isLoopback = (address: string | undefined): boolean =>
  address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';

/** Those that go on to the other side. */
export function endToEnd(headers: IncomingMessage['headers']): OutgoingHttpHeaders {
  const named = new Set(
    String(headers.connection ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase()),
  );
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.has(name)),
  );
}

function forwarded(request: IncomingMessage): OutgoingHttpHeaders {
  const headers = endToEnd(request.headers);
  const { remoteAddress } = request.socket;
  // Only a proxy on this machine may say that the browser came by TLS.
  const proto = isLoopback(remoteAddress) ? (request.headers['x-forwarded-proto'] ?? 'http') : 'http';
  return {
    ...headers,
    'x-forwarded-host': request.headers['x-forwarded-host'] ?? request.headers.host ?? '',
    'x-forwarded-proto': proto,
    'x-forwarded-for': remoteAddress ?? '',
  };
}

/** Opens a request to one of the servers behind the front. */
export type Upstream = (request: IncomingMessage, upgrade: boolean) => ClientRequest;

const CONNECTIONS_MAX = 512;

/** The API server, by TLS and with its own authority only. */
export function apiUpstream({ apiUrl, ca }: FrontOptions): Upstream {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_MAX, maxFreeSockets: 16, ca });
  return (request, upgrade) =>
    httpsRequest({
      agent: upgrade ? false : agent,
      ca,
      host: apiUrl.hostname,
      port: apiUrl.port === '' ? 443 : apiUrl.port,
      method: request.method,
      path: request.url,
      // A raw address is no server name for TLS.
      ...(/^[\d.]+$|:/.test(apiUrl.hostname) ? {} : { servername: apiUrl.hostname }),
      headers: {
        ...forwarded(request),
        host: apiUrl.host,
        ...(upgrade ? { connection: 'Upgrade', upgrade: request.headers.upgrade } : {}),
      },
    });
}

/** The Git endpoint, by its Unix socket. */
export const gitUpstream =
  (socketPath: string): Upstream =>
  (request) =>
    httpRequest({
      socketPath,
      method: request.method,
      path: request.url,
      headers: { ...forwarded(request), host: request.headers.host ?? 'localhost' },
    });
