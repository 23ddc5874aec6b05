import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { serviceUnavailable } from '@gantry/machinery/status';
import type { HttpRequest, HttpResponse } from '../handler.ts';
import { forwardedHeaders, returnedHeaders } from './headers.ts';
import { breakOff, sendHead } from './response.ts';

/** Backend of a plain request. */
export interface HttpTarget {
  readonly protocol: 'http:' | 'https:';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly options?: RequestOptions;
}

const CONNECT_MS = 30_000;

/** Sends a request and waits for the head of the answer. `client` gone = aborted. Rejects with the socket's error. */
export function sendRequest(
  target: HttpTarget,
  init: { readonly method: string; readonly headers: RequestOptions['headers'] },
  body: HttpRequest | undefined,
  client: HttpResponse,
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

/** A redirect of the backend, as seen from outside: within the proxied prefix. */
function rewriteLocation(location: string, target: HttpTarget, prefix: string): string {
  const base = `${target.protocol}//${target.host}:${target.port}`;
  if (!URL.canParse(location, base)) return location;
  const url = new URL(location, base);
  if (url.host !== new URL(base).host) return location;
  return `${prefix}${url.pathname}${url.search}${url.hash}`;
}

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
      `error trying to reach service: ${error.message === '' ? 'connection failed' : error.message}`,
    );
  });
  const returned = returnedHeaders(answer.headers);
  if (answer.headers.location !== undefined) {
    returned.location = rewriteLocation(answer.headers.location, target, prefix);
  }
  returned['content-security-policy'] = 'sandbox allow-scripts allow-forms allow-popups allow-downloads';
  sendHead(response, answer.statusCode ?? 502, returned);
  await passBody(answer, response);
}
