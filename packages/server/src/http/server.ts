import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { HttpRequest, HttpResponse } from '../handler.ts';
import type { AuthenticationInput } from '../request.ts';
import { clientCertificateOf } from './client-certificate.ts';

export interface TlsFiles {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
  /** Clients' certificates are verified against it; others count as none. */
  readonly clientCa?: string | Buffer;
}

/** What the server does with a request; transport only, no meaning. */
export interface Listener {
  request(request: HttpRequest, response: HttpResponse, call: Call): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, call: Call): Promise<void>;
}

/** A request as it came in. */
export interface Call {
  readonly auditId: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly remoteAddress: string | undefined;
  readonly authentication: AuthenticationInput;
}

const HEADERS_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 180_000;
const MAX_HEADER_BYTES = 64 * 1024;
/** Bytes that one HTTP/2 session may hold for its streams, in MiB: many watches share one connection. */
const SESSION_MEMORY_MB = 512;
const MAX_STREAMS = 1000;
const WINDOW_BYTES = 4 << 20;

function callOf(request: HttpRequest, socket: TLSSocket): Call {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const { der, authority, commonName, fault } = clientCertificateOf(socket);
  const sent = request.headers['audit-id'];
  return {
    auditId: typeof sent === 'string' && /^[\w-]{1,64}$/.test(sent) ? sent : randomUUID(),
    method: request.method ?? 'GET',
    url,
    path,
    remoteAddress: socket.remoteAddress,
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    authentication: {
      headers: request.headers,
      path,
      method: request.method ?? 'GET',
      ...(der === undefined ? {} : { clientCertificate: der }),
      ...(authority === undefined ? {} : { clientAuthority: authority }),
      ...(commonName === undefined ? {} : { clientName: commonName }),
      ...(fault === undefined ? {} : { clientCertificateFault: fault }),
    },
  };
}

function socketOf(request: HttpRequest): TLSSocket {
  const { stream } = request as { stream?: { session?: ServerHttp2Session } };
  return (stream?.session?.socket ?? request.socket) as TLSSocket;
}

/** HTTPS for HTTP/1.1 and HTTP/2 on one port, with upgrades. */
export class SecureServer {
  readonly #server: Http2SecureServer;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #sockets = new Set<TLSSocket>();

  constructor(tls: TlsFiles, listener: Listener) {
    this.#server = createSecureServer({
      cert: tls.cert,
      key: tls.key,
      ...(tls.clientCa === undefined ? {} : { ca: tls.clientCa }),
      requestCert: tls.clientCa !== undefined,
      rejectUnauthorized: false,
      allowHTTP1: true,
      minVersion: 'TLSv1.2',
      maxSessionMemory: SESSION_MEMORY_MB,
      maxHeaderListPairs: 256,
      settings: { maxConcurrentStreams: MAX_STREAMS, initialWindowSize: WINDOW_BYTES },
    });
    const server = this.#server as Http2SecureServer & {
      headersTimeout?: number;
      keepAliveTimeout?: number;
      maxHeaderSize?: number;
    };
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.maxHeaderSize = MAX_HEADER_BYTES;
    server.setTimeout(0);
    server.on('request', (request, response) => {
      void listener.request(request, response, callOf(request, socketOf(request)));
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      void listener.upgrade(request, socket, head, callOf(request, request.socket as TLSSocket));
    });
    server.on('session', (session) => {
      session.setLocalWindowSize(WINDOW_BYTES * 4);
      this.#sessions.add(session);
      session.on('error', () => session.destroy());
      session.on('close', () => this.#sessions.delete(session));
    });
    server.on('secureConnection', (socket) => {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  /** Rejects with a clear reason when the port is taken. */
  async listen(port: number, host: string): Promise<AddressInfo> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    return this.#server.address() as AddressInfo;
  }

  /** New certificate files for new connections. */
  renew(tls: TlsFiles): void {
    this.#server.setSecureContext({
      cert: tls.cert,
      key: tls.key,
      ...(tls.clientCa === undefined ? {} : { ca: tls.clientCa }),
    });
  }

  /** Stops accepting, lets running requests end, then cuts what is left after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const session of this.#sessions) session.close();
    const idle = setTimeout(() => {
      for (const session of this.#sessions) session.destroy();
      for (const socket of this.#sockets) socket.destroy();
    }, graceMs);
    await closed;
    clearTimeout(idle);
  }
}
