import type { OutgoingHttpHeaders } from 'node:http';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import { describeFailure } from '../outbound/call-error.ts';
import { type SocketAddress, serverNameOf } from '../outbound/service-target.ts';
import type { UserInfo } from '../request.ts';
import type { ApiServiceIndex, RemoteEntry } from './api-services.ts';

/** The client certificate with which this server vouches for the user headers that it sends; PEM. */
export interface FrontProxyIdentity {
  readonly cert: string;
  readonly key: string;
}

const MAX_IDLE_SOCKETS = 16;

/** Legal in a header name; all else of an extra's key is percent-encoded. */
const escapeKey = (key: string): string =>
  [...Buffer.from(key)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[!#$&'*+\-.^_`|~0-9A-Za-z]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');

/** Headers that name a user to a server that trusts the front proxy. Values beyond Latin-1 go as UTF-8 bytes. */
export function userHeaders({ name, uid, groups, extra = {} }: UserInfo): OutgoingHttpHeaders {
  const bytes = (text: string): string => Buffer.from(text).toString('latin1');
  const headers: OutgoingHttpHeaders = { 'x-remote-user': bytes(name) };
  if (uid !== undefined && uid !== '') headers['x-remote-uid'] = bytes(uid);
  if (groups.length > 0) headers['x-remote-group'] = groups.map(bytes);
  for (const [key, values] of Object.entries(extra))
    headers[`x-remote-extra-${escapeKey(key)}`] = values.map(bytes);
  return headers;
}

/** TLS towards aggregated API servers: one pool of connections each, with this server's front-proxy certificate. */
export class RemoteTransport {
  readonly #identity: FrontProxyIdentity | undefined;
  readonly #agents = new Map<string, Agent>();

  constructor(index: ApiServiceIndex, identity: FrontProxyIdentity | undefined) {
    this.#identity = identity;
    index.onChange((entry, old) => {
      if (old === undefined || (entry !== undefined && sameTls(entry, old))) return;
      this.#agents.get(old.name)?.destroy();
      this.#agents.delete(old.name);
    });
  }

  /** Options of a plain request, over pooled connections. */
  pooled(entry: RemoteEntry): RequestOptions {
    let agent = this.#agents.get(entry.name);
    if (agent === undefined) {
      agent = new Agent({ ...this.#tls(entry), keepAlive: true, maxFreeSockets: MAX_IDLE_SOCKETS });
      this.#agents.set(entry.name, agent);
    }
    return { agent };
  }

  /** Options of a connection that is upgraded. */
  single(entry: RemoteEntry): RequestOptions {
    return { ...this.#tls(entry), agent: false };
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  #tls(entry: RemoteEntry) {
    const { caBundle, insecure, service } = entry;
    return {
      servername: serverNameOf(service),
      ...this.#identity,
      ...(insecure ? { rejectUnauthorized: false } : {}),
      ...(caBundle === undefined || insecure ? {} : { ca: Buffer.from(caBundle, 'base64').toString() }),
    };
  }
}

const sameTls = (a: Partial<RemoteEntry>, b: Partial<RemoteEntry>): boolean =>
  a.caBundle === b.caBundle &&
  a.insecure === b.insecure &&
  a.service?.name === b.service?.name &&
  a.service?.namespace === b.service?.namespace;

export interface FetchedDocument {
  readonly status: number;
  readonly type: string;
  readonly etag: string | undefined;
  readonly body: Buffer;
}

/** Most that a document of another server may hold. */
const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;

/** GET of a document, as a given user. Rejects with the original's words: `Get "URL": cause`. */
export function fetchDocument(
  address: SocketAddress,
  path: string,
  options: RequestOptions,
  headers: OutgoingHttpHeaders,
  timeoutMs: number,
): Promise<FetchedDocument> {
  return new Promise((resolve, reject) => {
    const url = `https://${address.host}:${address.port}${path}`;
    const fail = (error: unknown): void => {
      const cause = signal.aborted ? 'context deadline exceeded' : describeFailure(error);
      reject(new Error(`Get ${JSON.stringify(url)}: ${cause}`));
    };
    const signal = AbortSignal.timeout(timeoutMs);
    const outgoing = httpsRequest({ ...options, ...address, path, headers, signal }, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > MAX_DOCUMENT_BYTES) response.destroy(new Error('the document is too large'));
        else chunks.push(chunk);
      });
      response.once('error', fail);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          etag: response.headers.etag,
          body: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.once('error', fail);
    outgoing.end();
  });
}
