import { expired, failure, type StatusError } from '@gantry/machinery/status';
import type { Store } from '@gantry/store/port';
import { LRUCache } from 'lru-cache';
import { Entry } from '../cache/entry.ts';
import { EntryList } from '../cache/sorted-entries.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import { type ListProjection, pushItem } from '../http/list-projection.ts';
import { lengthOf, slices } from '../http/slices.ts';
import { encodeToken, isExpired, type ListOptions, tokenExpired } from './list-options.ts';
import { Pace } from './pace.ts';
import type { ApiResource } from './resource.ts';
import { candidates } from './select.ts';
import type { Selection } from './selection.ts';

const SNAPSHOT_MS = 5 * 60_000;
const MAX_SNAPSHOTS = 128;
/** How long a read waits for a revision that is not here yet. */
export const FUTURE_WAIT_MS = 3000;
const MAX_JOINED = 64;

interface Source {
  readonly entries: EntryList;
  readonly revision: number;
  /** Last change of the resource as of these entries; absent for a state of the past. */
  readonly lastChange?: number;
}

/** Objects of a list, and the list's metadata. */
interface Page {
  readonly entries: readonly Entry[];
  readonly metadata: object;
}

/** The items of a whole list, kept as long as somebody is still sending them. */
interface Joined {
  readonly lastChange: number;
  readonly items: WeakRef<readonly Buffer[]>;
}

/** 504 that client-go knows to answer with a fresh list. */
export const versionTooLarge = (wanted: string, current: number): StatusError =>
  failure(504, 'Timeout', `Timeout: Too large resource version: ${wanted}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });

/** Serves LISTs from memory: consistent, at least as new as asked, or exactly as they were. */
export class Lister {
  readonly #cache: WatchCache;
  readonly #store: Store;
  readonly #snapshots = new LRUCache<string, EntryList>({ max: MAX_SNAPSHOTS, ttl: SNAPSHOT_MS });
  readonly #joined = new LRUCache<string, Joined>({ max: MAX_JOINED });

  constructor(cache: WatchCache, store: Store) {
    this.#cache = cache;
    this.#store = store;
    cache.onReset(() => {
      this.#snapshots.clear();
      this.#joined.clear();
    });
  }

  /** The list in the wanted form, in parts to be joined. Throws Expired, Timeout, BadRequest. */
  async list(
    resource: ApiResource,
    selection: Selection,
    options: ListOptions,
    projection: ListProjection,
  ): Promise<readonly Buffer[]> {
    const source = await this.#source(resource, selection, options);
    if (resource.prepare !== undefined) await resource.prepare([...source.entries]);
    const cacheable = options.limit === 0 && options.continue === undefined;
    return cacheable
      ? this.#whole(resource, selection, projection, source)
      : this.#page(resource, selection, options, projection, source);
  }

  /** What a list with these options holds; without a limit all of it, at the one version that was asked for. */
  async collect(resource: ApiResource, selection: Selection, options: ListOptions): Promise<Page> {
    // The original collects by pages, and a list by pages is of exactly the version that it names.
    const source = await this.#source(resource, selection, { ...options, limit: options.limit || 1 });
    if (resource.prepare !== undefined) await resource.prepare([...source.entries]);
    return this.#pick(resource, selection, options, source);
  }

  async #source(resource: ApiResource, selection: Selection, options: ListOptions): Promise<Source> {
    const { resourceVersion, match, limit } = options;
    if (options.continue !== undefined) {
      if (isExpired(options.continue, Date.now())) throw tokenExpired(options.continue);
      if (!options.continue.inconsistent) {
        const source = await this.#exactly(resource, selection, options.continue.revision);
        if (source === undefined) throw tokenExpired(options.continue);
        return source;
      }
      await this.#cache.fresh();
      return this.#current(resource, selection);
    }
    if (resourceVersion === '0') return this.#current(resource, selection);
    if (resourceVersion === '') {
      await this.#cache.fresh();
      return this.#current(resource, selection);
    }
    const wanted = Number(resourceVersion);
    if (!(await this.#cache.waitUntil(wanted, FUTURE_WAIT_MS)))
      throw versionTooLarge(resourceVersion, this.#cache.cursor);
    if (match === 'Exact' || (match === '' && limit > 0)) {
      const source = await this.#exactly(resource, selection, wanted);
      if (source === undefined) throw expired(`The resourceVersion for the provided list is too old.`);
      return source;
    }
    return this.#current(resource, selection);
  }

  #current(resource: ApiResource, selection: Selection): Source {
    const cache = this.#cache.resource(resource.storage);
    const entries = candidates(cache, resource, selection);
    return { entries, revision: this.#cache.cursor, lastChange: cache.lastChange };
  }

  async #exactly(resource: ApiResource, selection: Selection, revision: number): Promise<Source | undefined> {
    const cache = this.#cache.resource(resource.storage);
    if (cache.lastChange <= revision && revision <= this.#cache.cursor)
      return { ...this.#current(resource, selection), revision };
    const key = snapshotKey(resource, selection, revision);
    const held = this.#snapshots.get(key);
    if (held !== undefined) return { entries: held, revision };
    const namespace = selection.namespace === '' ? undefined : selection.namespace;
    const rows = await this.#store.listAt(resource.storage, namespace, revision);
    if (rows === undefined) return undefined;
    const entries = EntryList.of(rows.map((row) => Entry.fromBody(row.key, row.uid, row.revision, row.body)));
    this.#snapshots.set(key, entries);
    return { entries, revision };
  }

  async #whole(
    resource: ApiResource,
    selection: Selection,
    projection: ListProjection,
    source: Source,
  ): Promise<readonly Buffer[]> {
    const { lastChange, revision } = source;
    const key = `${resource.storage}\n${projection.key}\n${selection.key}`;
    const known = this.#joined.get(key);
    const same = known !== undefined && known.lastChange === lastChange ? known.items.deref() : undefined;
    const items = same ?? (await joinItems(await renderItems(source.entries, selection, projection)));
    if (items !== same && lastChange !== undefined && !projection.ages)
      this.#joined.set(key, { lastChange, items: new WeakRef(items) });
    return projection.wrap({ resourceVersion: String(revision) }, items);
  }

  async #page(
    resource: ApiResource,
    selection: Selection,
    options: ListOptions,
    projection: ListProjection,
    source: Source,
  ): Promise<readonly Buffer[]> {
    const { entries, metadata } = await this.#pick(resource, selection, options, source);
    return projection.wrap(metadata, await renderItems(entries, undefined, projection));
  }

  async #pick(
    resource: ApiResource,
    selection: Selection,
    options: ListOptions,
    source: Source,
  ): Promise<Page> {
    const { entries, revision } = source;
    const limit =
      options.resourceVersion === '0' || options.limit <= 0 ? Number.POSITIVE_INFINITY : options.limit;
    const rest = entries.range(options.continue?.start);
    const page: Entry[] = [];
    const pace = new Pace();
    let next: string | undefined;
    let passed = 0;
    for (const entry of rest) {
      if (selection.matches(entry)) {
        if (page.length >= limit) {
          next = entry.sortKey;
          break;
        }
        page.push(entry);
      }
      passed++;
      const pause = pace.step();
      if (pause !== undefined) await pause;
    }
    const metadata: Record<string, unknown> = { resourceVersion: String(revision) };
    if (next !== undefined) {
      this.#snapshots.set(snapshotKey(resource, selection, revision), entries);
      metadata.continue = encodeToken({
        revision,
        start: next,
        issued: options.continue?.inconsistent === false ? options.continue.issued : Date.now(),
        inconsistent: false,
      });
      if (selection.plain) metadata.remainingItemCount = rest.length - passed;
    }
    return { entries: page, metadata };
  }
}

const snapshotKey = (resource: ApiResource, selection: Selection, revision: number): string =>
  `${resource.storage}@${revision}/${selection.namespace}/${selection.name}`;

/** Joined lists are shared by all who get them; larger ones would take too much memory, and are joined as they go out. */
const MAX_JOINED_BYTES = 32 << 20;

async function joinItems(items: readonly Buffer[]): Promise<readonly Buffer[]> {
  if (lengthOf(items) > MAX_JOINED_BYTES) return items;
  const joined: Buffer[] = [];
  const pace = new Pace(1);
  for (const slice of slices(items)) {
    joined.push(slice);
    const rest = pace.step();
    if (rest !== undefined) await rest;
  }
  return joined;
}

/** Items and what stands between them. Gives way to other requests every few milliseconds. */
async function renderItems(
  entries: Iterable<Entry>,
  selection: Selection | undefined,
  projection: ListProjection,
): Promise<readonly Buffer[]> {
  const parts: Buffer[] = [];
  const pace = new Pace();
  const { order } = projection;
  for (const entry of order === undefined ? entries : [...entries].sort(order)) {
    if (selection?.matches(entry) !== false) pushItem(parts, projection, entry);
    const rest = pace.step();
    if (rest !== undefined) await rest;
  }
  return parts;
}
