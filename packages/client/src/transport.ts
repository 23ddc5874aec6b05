import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Where the API server is and who asks. PEM texts, not paths. */
export interface ConnectionOptions {
  /** `https://host:port`; plain `http://` is accepted for loopback proxies. */
  readonly server: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Bearer token; a function is asked before each request, so that tokens may rotate. */
  readonly token?: string | (() => string);
  readonly username?: string;
  readonly password?: string;
  /** Skips the verification of the server's certificate. */
  readonly insecure?: boolean;
  /** Name to verify the certificate against instead of the host of `server`. */
  readonly serverName?: string;
  /** Requests other than watches end after this long. Default 60,000. */
  readonly requestTimeoutMs?: number;
  /** Connections for requests other than watches. Default 32. */
  readonly maxConnections?: number;
  readonly userAgent?: string;
}

export interface RawRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Transport {
  send(request: RawRequest): Promise<RawResponse>;
  /** Resolves with the response once its head is there; the body is the caller's to read. On an own connection. */
  open(request: RawRequest, signal: AbortSignal): Promise<IncomingMessage>;
  close(): void;
}

/** A body larger than this is refused: no answer of the API comes near it. */
const MAX_BODY_BYTES = 512 * 1024 * 1024;

const read = (response: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) response.destroy(new Error(`response larger than ${MAX_BODY_BYTES} bytes`));
      else chunks.push(chunk);
    });
    response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    response.on('aborted', () => reject(new Error('connection lost in the middle of a response')));
    response.on('error', reject);
  });

/**
 * HTTP/1.1 over TLS with kept-alive connections. Watches get connections of their own, so that they never take the
 * place of a request.
 */
export function createTransport(options: ConnectionOptions): Transport {
  const url = new URL(options.server);
  const secure = url.protocol === 'https:';
  const tls = {
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    ...(options.cert === undefined ? {} : { cert: options.cert }),
    ...(options.key === undefined ? {} : { key: options.key }),
    ...(options.serverName === undefined ? {} : { servername: options.serverName }),
    rejectUnauthorized: options.insecure !== true,
  };
  const pool = {
    keepAlive: true,
    keepAliveMsecs: 15_000,
    maxSockets: options.maxConnections ?? 32,
    scheduling: 'lifo' as const,
  };
  const makeAgent = (pooling: typeof pool) =>
    secure ? new HttpsAgent({ ...pooling, ...tls }) : new HttpAgent(pooling);
  const agent = makeAgent(pool);
  const watchAgent = makeAgent({ ...pool, maxSockets: Number.POSITIVE_INFINITY });
  const base = url.pathname.replace(/\/$/, '');
  const timeoutMs = options.requestTimeoutMs ?? 60_000;

  const start = (request: RawRequest, via: HttpAgent | HttpsAgent, signal?: AbortSignal) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = (secure ? httpsRequest : httpRequest)({
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
        method: request.method,
        path: base + request.path,
        agent: via,
        headers:
          request.body === undefined
            ? request.headers
            : { ...request.headers, 'content-length': String(Buffer.byteLength(request.body)) },
        ...(signal === undefined ? {} : { signal }),
      });
      outgoing.on('response', resolve);
      outgoing.on('error', reject);
      outgoing.end(request.body);
    });

  return {
    async send(request) {
      const response = await start(request, agent, AbortSignal.timeout(timeoutMs));
      return { status: response.statusCode ?? 0, headers: response.headers, body: await read(response) };
    },
    async open(request, signal) {
      const response = await start(request, watchAgent, signal);
      response.socket.setKeepAlive(true, 15_000);
      return response;
    },
    close() {
      agent.destroy();
      watchAgent.destroy();
    },
  };
}

/** Reads the rest of a response as text: for the error body of a watch that was refused. */
export const readBody = read;
