import { createHash } from 'node:crypto';
import type { KindDefinition } from '@gantry/api/kind';
import { headerOf } from '../http/api-request.ts';
import type { PlainHandler } from '../http/chain.ts';
import { type ApiResponse, emptyBody } from '../http/response.ts';
import { aggregatedGroup, apiGroup, type Group, groupsOf, type RemoteSource } from './groups.ts';
import { resourceList } from './resource-lists.ts';

const AGGREGATED_TYPE = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

interface Document {
  readonly body: Buffer;
  readonly etag: string;
}

const document = (value: unknown): Document => {
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  return { body, etag: `"${createHash('sha512').update(body).digest('hex').toUpperCase()}"` };
};

/** The kinds that are served now, and word of their changes. */
export interface KindSource {
  kinds(): readonly KindDefinition[];
  onChange(listener: () => void): void;
}

/** Documents of one state of what is served, each made when first asked for. */
class Documents {
  readonly #groups: readonly Group[];
  readonly #serverAddress: string;
  readonly #made = new Map<string, Document | undefined>();

  constructor(groups: readonly Group[], serverAddress: string) {
    this.#groups = groups;
    this.#serverAddress = serverAddress;
  }

  plain(path: string): Document | undefined {
    return this.#keep(path, () => this.#plain(path));
  }

  /** `/api` and `/apis` with all that is below them. */
  aggregated(path: string): Document | undefined {
    if (path !== '/api' && path !== '/apis') return undefined;
    return this.#keep(`aggregated ${path}`, () => ({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
      metadata: {},
      items: this.#groups.filter(({ name }) => (name === '') === (path === '/api')).map(aggregatedGroup),
    }));
  }

  #keep(key: string, make: () => unknown): Document | undefined {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const value = make();
    if (value === undefined) return undefined;
    const made = document(value);
    this.#made.set(key, made);
    return made;
  }

  #plain(path: string): unknown {
    const [, root, first, second, ...more] = path.split('/');
    if (more.length > 0) return undefined;
    if (root === 'api') {
      if (second !== undefined) return undefined;
      return first === undefined ? this.#coreVersions() : this.#resources('', first);
    }
    if (root !== 'apis') return undefined;
    if (first === undefined) {
      const groups = this.#groups.filter(({ name }) => name !== '').map(apiGroup);
      return { kind: 'APIGroupList', apiVersion: 'v1', groups };
    }
    if (first === '') return undefined;
    if (second !== undefined) return this.#resources(first, second);
    const group = this.#groups.find(({ name }) => name === first);
    return group && { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group) };
  }

  #coreVersions(): unknown {
    return {
      kind: 'APIVersions',
      versions: this.#groups.find(({ name }) => name === '')?.versions.map(({ version }) => version) ?? [],
      serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: this.#serverAddress }],
    };
  }

  /** Resources of versions that other servers serve are theirs to list. */
  #resources(group: string, version: string): unknown {
    const found = this.#groups
      .find(({ name }) => name === group)
      ?.versions.find((one) => one.version === version);
    return found === undefined || found.kinds.length === 0
      ? undefined
      : resourceList(group, version, found.kinds);
  }
}

const wantsAggregated = (accept: string | undefined): boolean =>
  accept !== undefined && /as=APIGroupDiscoveryList/.test(accept) && /v=v2(?:[;,]|$)/.test(accept);

/** `/api`, `/apis` and below; `/api` and `/apis` also aggregated, with ETag. Follows what is served. */
export function discoveryHandler(
  source: KindSource,
  serverAddress: string,
  remotes?: RemoteSource,
): PlainHandler {
  let documents: Documents | undefined;
  const forget = (): void => {
    documents = undefined;
  };
  source.onChange(forget);
  remotes?.onChange(forget);
  return (request) => {
    if (!request.path.startsWith('/api')) return undefined;
    const path =
      request.path.length > 1 && request.path.endsWith('/') ? request.path.slice(0, -1) : request.path;
    documents ??= new Documents(groupsOf(source.kinds(), remotes?.all() ?? []), serverAddress);
    const combined = wantsAggregated(headerOf(request, 'accept')) ? documents.aggregated(path) : undefined;
    const found = combined ?? documents.plain(path);
    if (found === undefined) return undefined;
    if (combined !== undefined) return aggregatedAnswer(combined, headerOf(request, 'if-none-match'));
    return { status: 200, headers: { 'content-type': 'application/json' }, body: found.body };
  };
}

/** Only the aggregated form may be kept by clients, who ask whether it is still good. */
function aggregatedAnswer({ body, etag }: Document, known: string | undefined): ApiResponse {
  const headers = { 'content-type': AGGREGATED_TYPE, etag, vary: 'Accept', 'cache-control': 'public' };
  return known === etag ? { status: 304, headers, body: emptyBody } : { status: 200, headers, body };
}
