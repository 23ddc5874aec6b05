import { setTimeout as sleep } from 'node:timers/promises';
import { formatGroupVersion, type KubeList, type KubeObject } from '@gantry/machinery/object';
import {
  collectionPath,
  deleteBody,
  listParameters,
  objectPath,
  PATCH_TYPES,
  patchParameters,
  query,
  writeParameters,
} from './paths.ts';
import type { Client, ListOptions, Resource, WatchEvent } from './port.ts';
import { errorOf, retryAfterOf } from './response.ts';
import {
  type ConnectionOptions,
  createTransport,
  type RawResponse,
  readBody,
  type Transport,
} from './transport.ts';
import { jsonLines } from './watch-stream.ts';

/** As many as client-go makes before it hands the failure on. */
const MAX_RETRIES = 10;
const METADATA_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';
const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';

type Headers = Record<string, string | string[]>;

/** A client that also owns connections. */
export interface OwnedClient extends Client {
  close(): void;
}

/**
 * Makes a client over HTTPS. Every failure of the API is a `StatusError`; a lost connection is the error of Node.
 * Answers with a Retry-After (429, and 5xx that carry one) are retried up to ten times.
 */
export function createClient(options: ConnectionOptions): OwnedClient {
  const transport = createTransport(options);
  const client = new RestClient(transport, () => authorization(options));
  return Object.assign(client, { close: () => transport.close() });
}

function authorization(options: ConnectionOptions): Headers {
  const headers: Headers = { 'user-agent': options.userAgent ?? 'gantry' };
  const token = typeof options.token === 'function' ? options.token() : options.token;
  if (token !== undefined && token !== '') headers.authorization = `Bearer ${token}`;
  else if (options.username !== undefined)
    headers.authorization = `Basic ${Buffer.from(`${options.username}:${options.password ?? ''}`).toString('base64')}`;
  return headers;
}

const isRetryable = (response: RawResponse): boolean =>
  response.status === 429 || (response.status >= 500 && retryAfterOf(response.headers) > 0);

/** A read may simply be sent again when a kept-alive connection turned out to be closed. */
const isLostConnection = (error: unknown): boolean =>
  ['ECONNRESET', 'EPIPE'].includes((error as { code?: string }).code ?? '');

class RestClient implements Client {
  readonly #transport: Transport;
  readonly #headers: () => Headers;

  constructor(transport: Transport, headers: () => Headers) {
    this.#transport = transport;
    this.#headers = headers;
  }

  async #send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    for (let attempt = 0; ; attempt++) {
      let response: RawResponse;
      try {
        response = await this.#transport.send({
          method,
          path,
          headers: {
            accept: 'application/json',
            ...(text === undefined ? {} : { 'content-type': 'application/json' }),
            ...this.#headers(),
            ...headers,
          },
          ...(text === undefined ? {} : { body: text }),
        });
      } catch (error) {
        if (method === 'GET' && attempt < 3 && isLostConnection(error)) continue;
        throw error;
      }
      if (response.status < 400) return response;
      const retryAfter = retryAfterOf(response.headers);
      if (attempt >= MAX_RETRIES || !isRetryable(response))
        throw errorOf(response.status, response.body, retryAfter);
      await sleep(Math.max(retryAfter, 1) * 1000 * (1 + Math.random() * 0.1));
    }
  }

  async #json<R>(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) {
    const response = await this.#send(method, path, body, headers);
    return (response.body === '' ? undefined : JSON.parse(response.body)) as R;
  }

  get<T extends KubeObject>(resource: Resource<T>, namespace: string, name: string): Promise<T> {
    return this.#json('GET', objectPath(resource, namespace, name));
  }

  async list<T extends KubeObject>(resource: Resource<T>, options: ListOptions = {}) {
    const path = collectionPath(resource, options.namespace ?? '') + query(listParameters(options));
    const headers = options.metadataOnly === true ? { accept: METADATA_LIST } : {};
    const list = await this.#json<KubeList<T>>('GET', path, undefined, headers);
    const apiVersion = formatGroupVersion(resource.group, resource.version);
    const next = list.metadata.continue ?? '';
    return {
      // Items of a list carry no type of their own in the original.
      items: (list.items ?? []).map((item) => Object.assign(item, { apiVersion, kind: resource.kind })),
      resourceVersion: list.metadata.resourceVersion ?? '',
      ...(next === '' ? {} : { continue: next }),
    };
  }

  create: Client['create'] = (resource, object, options = {}) => {
    const namespace = object.metadata.namespace ?? '';
    const path =
      options.subresource === undefined
        ? collectionPath(resource, namespace)
        : objectPath(resource, namespace, object.metadata.name, options.subresource);
    return this.#json('POST', path + query(writeParameters(options)), object);
  };

  update: Client['update'] = (resource, object, options = {}) => {
    const { namespace, name } = object.metadata;
    const path = objectPath(resource, namespace ?? '', name, options.subresource);
    return this.#json('PUT', path + query(writeParameters(options)), object);
  };

  patch: Client['patch'] = (resource, namespace, name, patch, options) =>
    this.#json(
      'PATCH',
      objectPath(resource, namespace, name, options.subresource) + query(patchParameters(options)),
      patch,
      { 'content-type': PATCH_TYPES[options.type] },
    );

  delete: Client['delete'] = async (resource, namespace, name, options = {}) => {
    await this.#send('DELETE', objectPath(resource, namespace, name), deleteBody(options));
  };

  async *watch<T extends KubeObject>(
    resource: Resource<T>,
    options: Parameters<Client['watch']>[1],
    signal: AbortSignal,
  ): AsyncGenerator<WatchEvent<T>> {
    const initial = options.sendInitialEvents;
    const path =
      collectionPath(resource, options.namespace ?? '') +
      query({
        watch: 'true',
        ...listParameters(options),
        timeoutSeconds: options.timeoutSeconds,
        sendInitialEvents: initial,
        resourceVersionMatch: initial === undefined ? undefined : 'NotOlderThan',
        allowWatchBookmarks: options.allowWatchBookmarks,
      });
    const accept = options.metadataOnly === true ? METADATA : 'application/json';
    const response = await this.#transport.open(
      { method: 'GET', path, headers: { ...this.#headers(), accept } },
      signal,
    );
    if (response.statusCode !== 200)
      throw errorOf(response.statusCode ?? 0, await readBody(response), retryAfterOf(response.headers));
    const apiVersion = formatGroupVersion(resource.group, resource.version);
    try {
      for await (const line of jsonLines(response)) {
        const event = line as WatchEvent<T>;
        // Metadata-only answers are typed PartialObjectMetadata; callers know the resource that they asked for.
        if (event.type !== 'ERROR') Object.assign(event.object, { apiVersion, kind: resource.kind });
        yield event;
      }
    } finally {
      response.destroy();
    }
  }

  request<R>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<R> {
    return this.#json(method, path, body, headers);
  }

  as(user: string, groups: readonly string[] = []): Client {
    const own = this.#headers;
    return new RestClient(this.#transport, () => ({
      ...own(),
      'impersonate-user': user,
      ...(groups.length === 0 ? {} : { 'impersonate-group': [...groups] }),
    }));
  }
}
