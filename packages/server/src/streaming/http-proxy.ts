import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDeflateRaw, createGunzip, createGzip, createInflateRaw } from 'node:zlib';
import { serviceUnavailable } from '@gantry/machinery/status';
import type { HttpRequest, HttpResponse } from '../handler.ts';
import { describeFailure } from '../outbound/call-error.ts';
import { forwardedHeaders, returnedHeaders } from './headers.ts';
import { LinkRewriter } from './html-links.ts';
import { breakOff, sendHead } from './response.ts';

/** Backend of a plain request. */
export interface HttpTarget {
  readonly protocol: 'http:' | 'https:';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly options?: RequestOptions;
}

/** Whoever asked: an answer to be written, or a socket. */
export interface Client {
  once(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
}

const CONNECT_MS = 30_000;

/** Sends a request and waits for the head of the answer. `client` gone = aborted. Rejects with the socket's error. */
export function sendRequest(
  target: HttpTarget,
  init: { readonly method: string; readonly headers: RequestOptions['headers'] },
  body: HttpRequest | undefined,
  client: Client,
): Promise<IncomingMessage> {
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send({
      ...target.options,
      host: target.host,
      port: target.port,
      path: target.path,
      method: init.method,
      headers: init.headers,
    });
    const abandon = (): void => {
      outgoing.destroy(new Error('the client went away'));
    };
    client.once('close', abandon);
    const dial = setTimeout(
      () => outgoing.destroy(new Error(`no answer within ${CONNECT_MS / 1000} s`)),
      CONNECT_MS,
    );
    outgoing.once('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => clearTimeout(dial));
      else clearTimeout(dial);
    });
    outgoing.once('error', (error) => {
      clearTimeout(dial);
      client.off('close', abandon);
      reject(error);
    });
    outgoing.once('response', (response) => {
      clearTimeout(dial);
      response.once('close', () => client.off('close', abandon));
      resolve(response);
    });
    if (body === undefined) outgoing.end();
    else pipeline(body, outgoing).catch((error: Error) => outgoing.destroy(error));
  });
}

/** Passes the body on at the client's pace. A break on either side ends both, so that a cut answer is seen as cut. */
export async function passBody(from: IncomingMessage, to: HttpResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  from.once('error', () => breakOff(to));
  from.once('close', () => {
    if (!from.complete) breakOff(to);
  });
  to.once('error', () => breakOff(to));
  to.once('close', () => {
    from.destroy();
    resolve();
  });
  if (to.destroyed) from.destroy();
  else from.pipe(to);
  await promise;
}

/**
 * A link or redirect of the backend, as seen from outside: within the proxied prefix. Relative ones, and those to other
 * hosts, stay.
 */
export function rewriteLink(link: string, target: HttpTarget, prefix: string): string {
  let path = link;
  if (!link.startsWith('/') || link.startsWith('//')) {
    const origin = `${target.protocol}//${target.host}:${target.port}`;
    if (!/^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(link) || !URL.canParse(link, origin)) return link;
    const url = new URL(link, origin);
    if (url.host !== new URL(origin).host) return link;
    path = `${url.pathname}${url.search}${url.hash}`;
  }
  return path.startsWith(prefix) ? path : `${prefix}${path}`;
}

/** What takes the links of a page apart, and puts its encoding on again. Undefined for anything but pages. */
function pageFilters(
  { headers }: IncomingMessage,
  rewrite: (link: string) => string,
): Transform[] | undefined {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim() !== 'text/html' || headers.location !== undefined) return undefined;
  const links = new LinkRewriter(rewrite);
  switch (headers['content-encoding'] ?? '') {
    case '':
      return [links];
    case 'gzip':
      return [createGunzip(), links, createGzip()];
    case 'deflate':
      return [createInflateRaw(), links, createDeflateRaw()];
    default:
      return undefined;
  }
}

/** Who may read the answer is not the backend's to say. */
const CORS = [
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
];

/**
 * Plain request to a pod, service or node. `prefix` is the path of the proxy subresource itself.
 * Pages run sandboxed: they are answered from the API's origin, where a browser may hold a session.
 */
export async function proxyHttp(
  request: HttpRequest,
  response: HttpResponse,
  target: HttpTarget,
  prefix: string,
): Promise<void> {
  const method = request.method ?? 'GET';
  const host = request.headers.host ?? request.headers[':authority'];
  const headers = {
    ...forwardedHeaders(request.headers, false),
    host: `${target.host}:${target.port}`,
    'x-forwarded-uri': `${prefix}${target.path}`,
    ...(typeof host === 'string' ? { 'x-forwarded-host': host } : {}),
    'x-forwarded-proto': 'https',
  };
  const body = method === 'GET' || method === 'HEAD' ? undefined : request;
  const answer = await sendRequest(target, { method, headers }, body, response).catch((error: Error) => {
    throw serviceUnavailable(
      `error trying to reach service: ${describeFailure(error) || 'connection failed'}`,
    );
  });
  const returned = returnedHeaders(answer.headers);
  for (const header of CORS) delete returned[header];
  const rewrite = (link: string): string => rewriteLink(link, target, prefix);
  if (answer.headers.location !== undefined) returned.location = rewrite(answer.headers.location);
  const filters = method === 'HEAD' ? undefined : pageFilters(answer, rewrite);
  if (filters !== undefined) delete returned['content-length'];
  returned['content-security-policy'] = 'sandbox allow-scripts allow-forms allow-popups allow-downloads';
  sendHead(response, answer.statusCode ?? 502, returned);
  if (filters === undefined) await passBody(answer, response);
  else await pipeline([answer, ...filters, response]).catch(() => breakOff(response));
}
