import { notFound } from '@gantry/machinery/status';
import type { Entry } from '../cache/entry.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import { scopeOf } from '../operations/request-labels.ts';
import { observeWatchList } from '../operations/watch-metrics.ts';
import { checkVersion, checkWatchVersion, readListOptions } from '../registry/list-options.ts';
import { FUTURE_WAIT_MS, type Lister, versionTooLarge } from '../registry/lister.ts';
import type { ApiResource } from '../registry/resource.ts';
import { selectionFor } from '../registry/selection.ts';
import { keyOf } from '../registry/write.ts';
import type { WatchServer } from '../watch/watch-server.ts';
import type { RoutedRequest } from './api-request.ts';
import { listed } from './list-projection.ts';
import { type Accepted, negotiate, notAcceptable } from './negotiate.ts';
import { listProjection, objectProjection, projectionFor, servedBytes } from './projections.ts';
import { type ApiResponse, emptyBody, formatted, formattedParts } from './response.ts';
import { scaleResponse } from './scale-response.ts';

const NEWLINE = Buffer.from('\n');

/** Objects of a resource that is made when it is read, and not stored. */
export interface ComputedObjects {
  /** Rejects with NotFound. */
  get(name: string): Promise<Entry>;
  list(): Promise<readonly Entry[]>;
}

/** GET, LIST and WATCH, served from the cache. */
export class ReadHandlers {
  readonly #cache: WatchCache;
  readonly #lister: Lister;
  readonly #watches: WatchServer;
  readonly #computed: ReadonlyMap<string, ComputedObjects>;

  /** `computed`: by storage resource. */
  constructor(
    cache: WatchCache,
    lister: Lister,
    watches: WatchServer,
    computed: ReadonlyMap<string, ComputedObjects> = new Map(),
  ) {
    this.#computed = computed;
    this.#cache = cache;
    this.#lister = lister;
    this.#watches = watches;
  }

  async get(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const { attributes, query } = request;
    const accepted = negotiate(request, resource);
    const resourceVersion = query.get('resourceVersion') ?? '';
    checkVersion(resourceVersion);
    const computed = this.#computed.get(resource.storage);
    if (computed !== undefined)
      return entryResponse(200, resource, await computed.get(attributes.name), accepted, query);
    await this.#reach(resourceVersion);
    const entry = this.#cache.entry(keyOf(resource, attributes.namespace, attributes.name));
    if (entry === undefined) throw notFound(resource.gr, attributes.name);
    if (resource.prepare !== undefined) await resource.prepare([entry]);
    if (attributes.subresource === 'scale') return scaleResponse(200, resource, entry, accepted, query);
    return entryResponse(200, resource, entry, accepted, query);
  }

  async list(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const { attributes, query } = request;
    const accepted = negotiate(request, resource);
    const options = readListOptions(query, false);
    const selection = selectionFor(resource, attributes.namespace, query);
    const projection = listProjection(resource, accepted, query);
    const computed = this.#computed.get(resource.storage);
    if (computed !== undefined) {
      const entries = (await computed.list()).filter((entry) => selection.matches(entry));
      return formattedParts(200, listed(projection, {}, entries), accepted);
    }
    const parts = await this.#lister.list(resource, selection, options, projection);
    return formattedParts(200, parts, accepted);
  }

  async watch(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const began = performance.now();
    const { attributes, query } = request;
    const accepted = negotiate(request, resource);
    const options = readListOptions(query, true);
    checkWatchVersion(resource.gr, attributes.name, options.resourceVersion);
    // The path of one namespace names it twice.
    const namespace = resource.kind.namespaced ? attributes.namespace : '';
    const selection = selectionFor(resource, namespace, query, attributes.name);
    const projection = projectionFor(resource, accepted, query);
    if (accepted.format === 'yaml') throw notAcceptable(true);
    const onListed =
      options.sendInitialEvents === true
        ? () => observeWatchList(resource.kind, scopeOf(attributes), performance.now() - began)
        : undefined;
    const stream = await this.#watches.prepare({
      resource,
      selection,
      projection,
      options,
      listed: onListed,
    });
    return {
      status: 200,
      headers: { 'content-type': projection.framing.contentType, 'cache-control': 'no-cache, private' },
      body: emptyBody,
      stream,
    };
  }

  async #reach(resourceVersion: string): Promise<void> {
    if (resourceVersion === '0') return;
    if (resourceVersion === '') {
      await this.#cache.fresh();
      return;
    }
    const wanted = Number(resourceVersion);
    if (!(await this.#cache.waitUntil(wanted, FUTURE_WAIT_MS)))
      throw versionTooLarge(resourceVersion, this.#cache.cursor);
  }
}

/** One object in the form that the client accepts. */
export function entryResponse(
  status: number,
  resource: ApiResource,
  entry: Entry,
  accepted: Accepted,
  query: URLSearchParams,
  headers: Record<string, string | string[]> = {},
): ApiResponse {
  if (accepted.form === 'full' && accepted.format !== 'protobuf') {
    const bytes = servedBytes(resource, entry);
    const body = accepted.format === 'json' && !accepted.pretty ? Buffer.concat([bytes, NEWLINE]) : bytes;
    return formatted(status, body, accepted, headers);
  }
  const projection = objectProjection(resource, accepted, query);
  const bytes = (projection.first ?? projection.object).call(projection, entry);
  return formattedParts(status, accepted.format === 'json' ? [bytes, NEWLINE] : [bytes], accepted, headers);
}
