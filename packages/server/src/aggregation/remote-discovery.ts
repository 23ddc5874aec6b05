import type { OutgoingHttpHeaders } from 'node:http';
import { isObject, parseJson } from '@gantry/machinery/json';
import { resolveService } from '../outbound/service-target.ts';
import type { StateReader } from '../request.ts';
import { type ApiServiceEntry, type ApiServiceIndex, isRemote, type RemoteEntry } from './api-services.ts';
import { AGGREGATOR } from './availability.ts';
import { type FetchedDocument, fetchDocument, type RemoteTransport, userHeaders } from './transport.ts';

/** Resources of a group and version that another server serves, as aggregated discovery lists them. */
export interface RemoteVersion {
  readonly entry: RemoteEntry;
  readonly resources: readonly unknown[];
  /** Stale: the server did not answer lately. */
  readonly freshness: 'Current' | 'Stale';
}

export interface RemoteDiscoveryParts {
  readonly index: ApiServiceIndex;
  readonly transport: RemoteTransport;
  readonly state: StateReader;
}

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const FETCH_MS = 5000;
const REFRESH_MS = 60_000;

/** Follows the discovery of the servers behind remote APIServices: at each change of one, and once a minute. */
export class RemoteDiscovery {
  readonly #parts: RemoteDiscoveryParts;
  readonly #versions = new Map<string, RemoteVersion>();
  readonly #fetching = new Map<string, Promise<void>>();
  readonly #listeners: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #started = false;

  constructor(parts: RemoteDiscoveryParts) {
    this.#parts = parts;
    parts.index.onChange((entry, old) => this.#changed(entry, old));
  }

  start(): void {
    this.#started = true;
    for (const entry of this.#parts.index.remotes()) this.#refresh(entry);
    this.#timer = setInterval(() => {
      for (const entry of this.#parts.index.remotes()) this.#refresh(entry);
    }, REFRESH_MS);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    this.#started = false;
    clearInterval(this.#timer);
    await Promise.all(this.#fetching.values());
  }

  /** Told after each change of what `all` gives. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  all(): readonly RemoteVersion[] {
    return [...this.#versions.values()];
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #changed(entry: ApiServiceEntry | undefined, old: ApiServiceEntry | undefined): void {
    if (old !== undefined && (entry === undefined || !isRemote(entry)) && this.#versions.delete(old.name))
      this.#tell();
    if (entry === undefined || !isRemote(entry)) return;
    const known = this.#versions.get(entry.name);
    this.#versions.set(entry.name, {
      entry,
      resources: known?.resources ?? [],
      freshness: known?.freshness ?? 'Stale',
    });
    this.#tell();
    if (this.#started) this.#refresh(entry);
  }

  #refresh({ name }: RemoteEntry): void {
    if (this.#fetching.has(name)) return;
    const fetching = this.#fetch(name).finally(() => this.#fetching.delete(name));
    this.#fetching.set(name, fetching);
  }

  async #fetch(name: string): Promise<void> {
    const entry = this.#parts.index.get(name);
    if (entry === undefined || !isRemote(entry)) return;
    const found = await this.#resources(entry).catch(() => undefined);
    const known = this.#versions.get(name);
    if (!this.#started || known === undefined) return;
    const next: RemoteVersion = {
      entry: known.entry,
      resources: found ?? known.resources,
      freshness: found === undefined ? 'Stale' : 'Current',
    };
    this.#versions.set(name, next);
    if (JSON.stringify(next) !== JSON.stringify(known)) this.#tell();
  }

  #get(entry: RemoteEntry, path: string, headers: OutgoingHttpHeaders): Promise<FetchedDocument> {
    const address = resolveService(this.#parts.state, entry.service);
    const options = this.#parts.transport.pooled(entry);
    return fetchDocument(address, path, options, { ...userHeaders(AGGREGATOR), ...headers }, FETCH_MS);
  }

  async #resources(entry: RemoteEntry): Promise<readonly unknown[] | undefined> {
    const { group, version } = entry;
    const whole = await this.#get(entry, '/apis', { accept: `${AGGREGATED},application/json` });
    if (whole.status === 200 && /as=APIGroupDiscoveryList/.test(whole.type))
      return fromAggregated(documentOf(whole), group, version);
    const list = await this.#get(entry, `/apis/${group}/${version}`, { accept: 'application/json' });
    return list.status === 200 ? fromResourceList(documentOf(list)) : undefined;
  }
}

const documentOf = ({ body }: FetchedDocument): unknown => parseJson(body.toString());
const listOf = (value: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

function fromAggregated(document: unknown, group: string, version: string): readonly unknown[] | undefined {
  const items = listOf(isObject(document) ? document.items : undefined);
  const found = items.find(({ metadata }) => isObject(metadata) && metadata.name === group);
  return listOf(listOf(found?.versions).find((one) => one.version === version)?.resources);
}

/** An APIResourceList as aggregated discovery would have it. */
function fromResourceList(document: unknown): readonly unknown[] {
  const lines = listOf(isObject(document) ? document.resources : undefined);
  const kindOf = ({ group = '', version = '', kind }: Record<string, unknown>) => ({ group, version, kind });
  return lines
    .filter(({ name }) => !String(name).includes('/'))
    .map((line) => {
      const subresources = lines
        .filter(({ name }) => String(name).startsWith(`${String(line.name)}/`))
        .map((sub) => ({
          subresource: String(sub.name).slice(String(line.name).length + 1),
          responseKind: kindOf(sub),
          verbs: sub.verbs ?? [],
        }));
      return {
        resource: line.name,
        responseKind: kindOf(line),
        scope: line.namespaced === true ? 'Namespaced' : 'Cluster',
        singularResource: line.singularName ?? '',
        verbs: line.verbs ?? [],
        ...(line.shortNames === undefined ? {} : { shortNames: line.shortNames }),
        ...(line.categories === undefined ? {} : { categories: line.categories }),
        ...(subresources.length === 0 ? {} : { subresources }),
      };
    });
}
