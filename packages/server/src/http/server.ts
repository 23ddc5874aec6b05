import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { HttpRequest, HttpResponse } from '../handler.ts';
import { tlsHandshakeErrors } from '../operations/request-metrics.ts';
import type { AuthenticationInput } from '../request.ts';
import { cipherList } from './cipher-names.ts';
import { clientCertificateOf } from './client-certificate.ts';
import { type NamedCertificate, NamedCertificates } from './named-certificates.ts';

export interface TlsFiles {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
  /** Clients' certificates are verified against it; others count as none. */
  readonly clientCa?: string | Buffer;
  /** For clients that ask for certain names. */
  readonly named?: readonly NamedCertificate[];
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

/** What an operator may choose of the transport. */
export interface TransportOptions {
  /** HTTP/2 streams of one connection at once; default 250. */
  readonly maxStreams?: number;
  /** Default: TLSv1.2. */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  /** Names of cipher suites, the original's or OpenSSL's; default: Node's. */
  readonly ciphers?: readonly string[];
  /** Fraction of HTTP/2 requests after which the client is to take another connection; default 0. */
  readonly goawayChance?: number;
  /** HTTP/1.1 only. */
  readonly disableHttp2?: boolean;
}

/** Between connection and the end of its handshake; between the beginning of a request and the end of its headers. */
const HANDSHAKE_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 30_000;
/** Until a request has come in as a whole. Uploads through the proxy subresources may take their time. */
const WHOLE_REQUEST_MS = 300_000;
/** How often connections are looked at for what takes too long. */
const CHECK_MS = 5_000;
const MAX_CONNECTIONS = 50_000;
/** Streams that a client may open and reset: at once, and a second. More ends the session. */
const RESETS_AT_ONCE = 1_000;
const RESETS_A_SECOND = 50;
/** Frames out of order, and streams beyond the limit, after which a session ends. */
const MAX_INVALID_FRAMES = 100;
const MAX_REJECTED_STREAMS = 500;
const KEEP_ALIVE_MS = 180_000;
const MAX_HEADER_BYTES = 64 * 1024;
/** Bytes that one HTTP/2 session may hold for its streams, in MiB: many watches share one connection. */
const SESSION_MEMORY_MB = 512;
/** As the original's default: what one read of a connection brings is handled in one go. */
const MAX_STREAMS = 250;
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
      rawHeaders: request.rawHeaders,
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

/** Taken by the server's HTTP/1.1 side, of which the types of HTTP/2 know nothing. */
const HTTP1_OPTIONS: object = { connectionsCheckingInterval: CHECK_MS };

const HTTP1 = 'http/1.1';
const onlyHttp1 = ({ protocols }: { readonly protocols: readonly string[] }): string | undefined =>
  protocols.includes(HTTP1) ? HTTP1 : undefined;

/** HTTPS for HTTP/1.1 and HTTP/2 on one port, with upgrades. */
export class SecureServer {
  readonly #server: Http2SecureServer;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #sockets = new Set<TLSSocket>();
  readonly #named = new NamedCertificates();

  constructor(tls: TlsFiles, listener: Listener, transport: TransportOptions = {}) {
    this.#named.replace(tls.named ?? [], tls.clientCa);
    this.#server = createSecureServer({
      SNICallback: (name, found) => found(null, this.#named.find(name)),
      ...(transport.disableHttp2 === true ? { ALPNCallback: onlyHttp1 } : {}),
      cert: tls.cert,
      key: tls.key,
      ...(tls.clientCa === undefined ? {} : { ca: tls.clientCa }),
      requestCert: tls.clientCa !== undefined,
      rejectUnauthorized: false,
      allowHTTP1: true,
      minVersion: transport.minVersion ?? 'TLSv1.2',
      ...((transport.ciphers ?? []).length === 0 ? {} : { ciphers: cipherList(transport.ciphers ?? []) }),
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      maxSessionMemory: SESSION_MEMORY_MB,
      maxSessionInvalidFrames: MAX_INVALID_FRAMES,
      maxSessionRejectedStreams: MAX_REJECTED_STREAMS,
      streamResetBurst: RESETS_AT_ONCE,
      streamResetRate: RESETS_A_SECOND,
      maxHeaderListPairs: 256,
      settings: {
        maxConcurrentStreams: transport.maxStreams ?? MAX_STREAMS,
        initialWindowSize: WINDOW_BYTES,
      },
      ...HTTP1_OPTIONS,
    });
    const { goawayChance = 0 } = transport;
    const server = this.#server as Http2SecureServer & {
      headersTimeout?: number;
      keepAliveTimeout?: number;
      maxHeaderSize?: number;
      requestTimeout?: number;
    };
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.maxHeaderSize = MAX_HEADER_BYTES;
    server.requestTimeout = WHOLE_REQUEST_MS;
    server.maxConnections = MAX_CONNECTIONS;
    server.setTimeout(0);
    server.on('request', (request, response) => {
      const { session } = response.stream ?? {};
      if (goawayChance > 0 && session !== undefined && Math.random() < goawayChance) session.close();
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
    server.on('tlsClientError', (_error, socket) => {
      tlsHandshakeErrors.add();
      socket.destroy();
    });
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
    this.#named.replace(tls.named ?? [], tls.clientCa);
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
