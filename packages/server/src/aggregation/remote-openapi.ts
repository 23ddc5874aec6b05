import type { OutgoingHttpHeaders } from 'node:http';
import { encodeDefinitions } from '@gantry/api/openapi/v2-protobuf';
import { isObject, type JsonObject, parseJson } from '@gantry/machinery/json';
import type { RemoteOpenApiSource, SwaggerPart } from '../discovery/openapi-documents.ts';
import { resolveService } from '../outbound/service-target.ts';
import { type ApiServiceEntry, isRemote, type RemoteEntry } from './api-services.ts';
import { AGGREGATOR } from './availability.ts';
import type { RemoteDiscoveryParts } from './remote-discovery.ts';
import { type FetchedDocument, fetchDocument, userHeaders } from './transport.ts';

interface Known {
  /** Hash of the server's own v3 document; absent when it has none. */
  readonly hash: string | undefined;
  readonly swagger: SwaggerPart | undefined;
  /** What tells one state of the swagger document from the next. */
  readonly etag: string | undefined;
}

const FETCH_MS = 10_000;
const REFRESH_MS = 60_000;
const NOTHING: Known = { hash: undefined, swagger: undefined, etag: undefined };

/** `apis/wardle.example.com/v1`. */
const pathOf = ({ group, version }: ApiServiceEntry): string => `apis/${group}/${version}`;

/** Follows the OpenAPI documents of the servers behind remote APIServices, once they are available. */
export class RemoteOpenApi implements RemoteOpenApiSource {
  readonly #parts: RemoteDiscoveryParts;
  readonly #known = new Map<string, Known>();
  readonly #fetching = new Map<string, Promise<void>>();
  readonly #listeners: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #started = false;

  constructor(parts: RemoteDiscoveryParts) {
    this.#parts = parts;
    parts.index.onChange((entry, old) => {
      const gone = entry === undefined || !isRemote(entry) || !entry.available;
      if (gone && old !== undefined && this.#known.delete(old.name)) this.#tell();
      if (!gone) this.#refresh(entry);
    });
  }

  start(): void {
    this.#started = true;
    const all = (): void => {
      for (const entry of this.#parts.index.remotes()) if (entry.available) this.#refresh(entry);
    };
    all();
    this.#timer = setInterval(all, REFRESH_MS);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    this.#started = false;
    clearInterval(this.#timer);
    await Promise.all(this.#fetching.values());
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  hashes(): ReadonlyMap<string, string> {
    const hashes = new Map<string, string>();
    for (const entry of this.#parts.index.remotes()) {
      const hash = this.#known.get(entry.name)?.hash;
      if (hash !== undefined) hashes.set(pathOf(entry), hash);
    }
    return hashes;
  }

  async document(path: string): Promise<Buffer | undefined> {
    const entry = [...this.#parts.index.remotes()].find((one) => pathOf(one) === path);
    if (entry === undefined || !this.#known.has(entry.name)) return undefined;
    const found = await this.#get(entry, `/openapi/v3/${path}`).catch(() => undefined);
    return found?.status === 200 ? found.body : undefined;
  }

  swagger(): readonly SwaggerPart[] {
    return [...this.#known.values()].flatMap(({ swagger }) => swagger ?? []);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #get(entry: RemoteEntry, path: string, headers: OutgoingHttpHeaders = {}): Promise<FetchedDocument> {
    const address = resolveService(this.#parts.state, entry.service);
    const all = { ...userHeaders(AGGREGATOR), accept: 'application/json', ...headers };
    return fetchDocument(address, path, this.#parts.transport.pooled(entry), all, FETCH_MS);
  }

  #refresh({ name }: RemoteEntry): void {
    if (!this.#started || this.#fetching.has(name)) return;
    this.#fetching.set(
      name,
      this.#fetch(name).finally(() => this.#fetching.delete(name)),
    );
  }

  async #fetch(name: string): Promise<void> {
    const entry = this.#parts.index.get(name);
    if (entry === undefined || !isRemote(entry)) return;
    const before = this.#known.get(name) ?? NOTHING;
    const hash = await this.#hash(entry).catch(() => before.hash);
    const { swagger, etag } = await this.#swagger(entry, before).catch(() => before);
    if (!this.#started || this.#parts.index.get(name)?.uid !== entry.uid) return;
    this.#known.set(name, { hash, swagger, etag });
    if (hash !== before.hash || swagger !== before.swagger) this.#tell();
  }

  async #hash(entry: RemoteEntry): Promise<string | undefined> {
    const index = await this.#get(entry, '/openapi/v3');
    const value = index.status === 200 ? parseJson(index.body.toString()) : undefined;
    const paths = isObject(value) && isObject(value.paths) ? value.paths : {};
    const found = paths[pathOf(entry)];
    if (!isObject(found) || typeof found.serverRelativeURL !== 'string') return undefined;
    return new URL(found.serverRelativeURL, 'https://localhost').searchParams.get('hash') ?? 'none';
  }

  async #swagger(entry: RemoteEntry, before: Known): Promise<Pick<Known, 'swagger' | 'etag'>> {
    const known = before.etag === undefined ? {} : { 'if-none-match': before.etag };
    const found = await this.#get(entry, '/openapi/v2', known);
    if (found.status === 304) return before;
    if (found.status !== 200) return NOTHING;
    return { swagger: partOf(parseJson(found.body.toString()), pathOf(entry)), etag: found.etag };
  }
}

/** The members of a JSON object, without the braces. */
const inner = (value: object): string => JSON.stringify(value).slice(1, -1);

/** What a swagger document says of one group and version, with the definitions that it refers to. */
function partOf(document: unknown, path: string): SwaggerPart | undefined {
  if (!isObject(document)) return undefined;
  const all = isObject(document.paths) ? document.paths : {};
  const own = Object.entries(all).filter(([one]) => one === `/${path}/` || one.startsWith(`/${path}/`));
  if (own.length === 0) return undefined;
  const paths = Object.fromEntries(own);
  const definitions = reachable(paths, isObject(document.definitions) ? document.definitions : {});
  let encoded: Buffer | undefined;
  return {
    paths: inner(paths),
    definitions: inner(definitions),
    get encoded(): Buffer {
      encoded ??= encodeDefinitions(definitions);
      return encoded;
    },
  };
}

/** Definitions of this server's own kinds stay its own. */
const isShared = (name: string): boolean => name.startsWith('io.k8s.');

function reachable(from: JsonObject, definitions: JsonObject): JsonObject {
  const found: JsonObject = {};
  const pending: unknown[] = [from];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    for (const match of JSON.stringify(value).matchAll(/"#\/definitions\/([^"\\]+)"/g)) {
      const name = match[1] ?? '';
      if (isShared(name) || Object.hasOwn(found, name) || !Object.hasOwn(definitions, name)) continue;
      found[name] = definitions[name];
      pending.push(definitions[name]);
    }
  }
  return found;
}
