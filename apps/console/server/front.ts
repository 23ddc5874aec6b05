import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { FrontOptions } from './options.ts';
import { proxy, proxyUpgrade } from './proxy.ts';
import { COMMON_HEADERS, securePage } from './security-headers.ts';
import { apiUpstream, gitUpstream } from './upstream.ts';

/** Answers what is neither the API nor Git: the pages. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const API = /^\/(trpc|oidc|api|apis|openapi|version)(?=[/?]|$)/;
const GIT = /^\/git(?=[/?]|$)/;
const HEADERS_TIMEOUT_MS = 15_000;
/** A push of a large repository over a slow line still has to arrive. */
const REQUEST_TIMEOUT_MS = 30 * 60_000;
const KEEP_ALIVE_MS = 65_000;
const CONNECTIONS_MAX = 2_000;
const HEADER_BYTES_MAX = 32 * 1024;

function answer(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...COMMON_HEADERS, ...headers });
  response.end(`${text}\n`);
}

/** One port for browsers, git and kubectl alike. */
export function createFront(options: FrontOptions, pages: Pages): Server {
  const api = apiUpstream(options);
  const git = options.gitSocket === undefined ? undefined : gitUpstream(options.gitSocket);
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: HEADER_BYTES_MAX,
      noDelay: true,
    },
    (request, response) => {
      response.on('error', () => response.destroy());
      const url = request.url ?? '/';
      if (url === '/healthz') answer(response, 200, 'ok');
      else if (API.test(url)) proxy(request, response, api, 'the API server');
      else if (GIT.test(url)) {
        if (git === undefined) answer(response, 404, 'no Git endpoint runs beside this console');
        else proxy(request, response, git, 'the Git endpoint');
      } else servePage(request, response, pages);
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  server.on('upgrade', (request, socket, head) => {
    if (API.test(request.url ?? '')) proxyUpgrade(request, socket, head, api);
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
  });
  return server;
}

/**
 * Where a browser without any session goes before it is shown a page. Whether a session is good, the API server says; so
 * it does of credentials that a proxy in front adds.
 */
function signInFirst({ url = '/', headers }: IncomingMessage): string | undefined {
  if (/^\/(_next\/|signin|favicon|icon)/.test(url)) return undefined;
  if (headers.authorization !== undefined) return undefined;
  if (/(?:^|;\s*)gantry-session=[^;\s]/.test(headers.cookie ?? '')) return undefined;
  return url === '/' ? '/signin' : `/signin?next=${encodeURIComponent(url)}`;
}

function servePage(request: IncomingMessage, response: ServerResponse, pages: Pages): void {
  // Pages are only read; so no body is ever taken in for them.
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    answer(response, 405, 'pages can only be read', { allow: 'GET, HEAD', connection: 'close' });
    return;
  }
  const next = signInFirst(request);
  if (next !== undefined) {
    answer(response, 307, 'sign in first', { location: next, 'cache-control': 'no-store' });
    return;
  }
  for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
  if (!request.url?.startsWith('/_next/static/')) securePage(request, response);
  pages(request, response).catch((error: unknown) => {
    process.stderr.write(
      `${JSON.stringify({ level: 'error', msg: 'a page failed', path: request.url, err: String(error) })}\n`,
    );
    if (response.headersSent) response.destroy();
    else answer(response, 500, 'the page could not be made: see the log of the console');
  });
}
