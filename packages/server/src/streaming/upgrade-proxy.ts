import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { failure, serviceUnavailable } from '@gantry/machinery/status';
import { describeFailure } from '../outbound/call-error.ts';
import { forwardedHeaders } from './headers.ts';

/** Backend of an upgrade: `https:` options carry the client certificate. */
export interface UpgradeTarget {
  readonly protocol: 'http:' | 'https:';
  readonly host: string;
  readonly port: number;
  /** Path with query. */
  readonly path: string;
  readonly options?: RequestOptions;
  /** Beside those of the client. */
  readonly headers?: OutgoingHttpHeaders;
}

const MAX_STREAMS = 2_000;
const DIAL_MS = 30_000;
const MAX_REFUSAL_BYTES = 64 * 1024;
/** How long bytes that are already under way may take once the other side is gone. */
const FLUSH_MS = 5_000;
const KEEP_ALIVE_MS = 30_000;

const keepAlive = (stream: Duplex): void => {
  if (stream instanceof Socket) {
    stream.setTimeout(0);
    stream.setNoDelay(true);
    stream.setKeepAlive(true, KEEP_ALIVE_MS);
  }
};

/** Passes `from` on to `to`, its end as a half-close; when `from` is gone for good, so is `to`. */
function join(from: Duplex, to: Duplex): void {
  from.pipe(to);
  from.once('error', () => to.destroy());
  from.once('close', () => {
    if (to.destroyed) return;
    // What `from` sent before it closed still gets out; what comes back has nowhere to go.
    const timer = setTimeout(() => to.destroy(), FLUSH_MS);
    timer.unref();
    to.once('close', () => clearTimeout(timer));
    to.end(() => to.destroy());
  });
}

/** Raw head of the backend's answer, as the client would have got it directly. */
function headOf(response: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${response.statusCode ?? 502} ${response.statusMessage ?? ''}`];
  for (let index = 0; index + 1 < response.rawHeaders.length; index += 2) {
    lines.push(`${response.rawHeaders[index]}: ${response.rawHeaders[index + 1]}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** A refusal is short; it is passed on whole, because clients show its text. */
async function relayRefusal(response: IncomingMessage, socket: Duplex): Promise<void> {
  const giveUp = (): void => {
    response.destroy();
    socket.destroy();
  };
  // Read, so that it shows when the client goes.
  socket.resume().once('end', giveUp).once('close', giveUp);
  response.setTimeout(DIAL_MS, giveUp);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > MAX_REFUSAL_BYTES) break;
      chunks.push(bytes);
    }
  } catch {
    return giveUp();
  }
  const body = Buffer.concat(chunks);
  const head = [
    `HTTP/1.1 ${response.statusCode ?? 502} ${response.statusMessage ?? ''}`,
    `Content-Type: ${response.headers['content-type'] ?? 'text/plain; charset=utf-8'}`,
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
}

/**
 * Carries upgraded connections as raw bytes. One instance a server: it bounds how many there are.
 * The promise resolves once bytes flow (or the backend's refusal was passed on); a dial that fails throws before anything was written.
 */
export class UpgradeProxy {
  #open = 0;

  get open(): number {
    return this.#open;
  }

  async forward(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    target: UpgradeTarget,
  ): Promise<void> {
    if (socket.destroyed) return;
    if (this.#open >= MAX_STREAMS) {
      throw serviceUnavailable(`too many open streams (${MAX_STREAMS}): close some, or try again later`);
    }
    this.#open++;
    socket.once('close', () => this.#open--);
    // Without a listener an early reset of the client would end the process.
    socket.on('error', () => socket.destroy());
    const { response, backend, backendHead } = await this.#dial(request, socket, target);
    if (backend === undefined) {
      await relayRefusal(response, socket).finally(() => response.destroy());
      return;
    }
    if (socket.destroyed) {
      backend.destroy();
      return;
    }
    keepAlive(socket);
    keepAlive(backend);
    backend.on('error', () => backend.destroy());
    socket.write(headOf(response));
    if (backendHead.length > 0) socket.write(backendHead);
    if (head.length > 0) backend.write(head);
    join(socket, backend);
    join(backend, socket);
  }

  #dial(
    request: IncomingMessage,
    socket: Duplex,
    target: UpgradeTarget,
  ): Promise<{ response: IncomingMessage; backend?: Duplex; backendHead: Buffer }> {
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const outgoing: ClientRequest = send({
        agent: false,
        ...target.options,
        host: target.host,
        port: target.port,
        path: target.path,
        method: request.method ?? 'GET',
        headers: { ...forwardedHeaders(request.headers, true), ...target.headers },
        timeout: DIAL_MS,
      });
      const abandon = (): void => {
        outgoing.destroy(new Error('the client went away'));
      };
      const settle = (): void => {
        socket.off('close', abandon);
        outgoing.setTimeout(0);
      };
      socket.once('close', abandon);
      outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within ${DIAL_MS / 1000} s`)));
      outgoing.once('error', (error) => {
        settle();
        reject(failure(500, '', `error dialing backend: ${describeFailure(error)}`));
      });
      outgoing.once('upgrade', (response, backend, backendHead) => {
        settle();
        resolve({ response, backend, backendHead });
      });
      outgoing.once('response', (response) => {
        settle();
        resolve({ response, backendHead: Buffer.alloc(0) });
      });
      outgoing.end();
    });
  }
}
