import { timeout } from '@gantry/machinery/status';
import type { Commit, ObjectKey, ResourceKey, Store } from '@gantry/store/port';
import type { StateReader } from '../request.ts';
import { changeToEvent, writtenToEvent } from './change-event.ts';
import { Entry } from './entry.ts';
import { type CacheEvent, ResourceCache } from './resource-cache.ts';
import { Slabs } from './slabs.ts';

/** Changes of one resource that one read of the log brought, in order. Published together. */
export type BatchListener = (resource: ResourceKey, events: readonly CacheEvent[]) => void;

/** Gets what the cache held before it was rebuilt. */
export type ResetListener = (before: ReadonlyMap<ResourceKey, ResourceCache>) => void;

export interface CacheLog {
  warn(fields: object, message: string): void;
}

interface Waiter {
  readonly revision: number;
  readonly resolve: (reached: boolean) => void;
}

const PAGE = 1000;
/** Wakes are hints; this poll makes up for lost ones. */
const SAFETY_POLL_MS = 1500;
const RETRY_MS = 250;

/**
 * One ordered, in-memory copy of the whole store. It applies changes strictly in revision order, so that no replica
 * shows a later change before an earlier one; whoever needs the most recent state waits until it has caught up.
 * Changes come from the log; a commit of our own is taken as it is when it follows directly on what is here.
 */
export class WatchCache {
  readonly #store: Store;
  readonly #log: CacheLog;
  #resources = new Map<ResourceKey, ResourceCache>();
  #slabs = new Slabs();
  #cursor = 0;
  #floor = 0;
  readonly #waiters = new Set<Waiter>();
  readonly #listeners = new Set<BatchListener>();
  readonly #resetListeners = new Set<ResetListener>();
  #pumping = false;
  #again = false;
  #closed = false;
  #failing = false;
  #loading = false;
  #poll: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;

  private constructor(store: Store, log: CacheLog) {
    this.#store = store;
    this.#log = log;
  }

  /** Reads the snapshot and follows the log from there. */
  static async start(store: Store, log: CacheLog): Promise<WatchCache> {
    const cache = new WatchCache(store, log);
    const stopCommits = store.onCommit((commit) => cache.#take(commit));
    const stopAdvance = store.onAdvance((revision) => {
      if (revision > cache.#cursor) void cache.#pump();
    });
    cache.#unsubscribe = () => {
      stopCommits();
      stopAdvance();
    };
    await cache.#load();
    cache.#poll = setInterval(() => void cache.#pump(), SAFETY_POLL_MS);
    cache.#poll.unref();
    void cache.#pump();
    return cache;
  }

  /** Everything up to this revision is here. */
  get cursor(): number {
    return this.#cursor;
  }

  /** Oldest revision from which the log is complete. */
  get floor(): number {
    return this.#floor;
  }

  get healthy(): boolean {
    return !this.#failing && !this.#closed;
  }

  resource(key: ResourceKey): ResourceCache {
    let resource = this.#resources.get(key);
    if (resource === undefined) {
      resource = new ResourceCache(this.#cursor, this.#slabs);
      this.#resources.set(key, resource);
    }
    return resource;
  }

  /** As `resource`, of one that has been written before. */
  known(key: ResourceKey): ResourceCache | undefined {
    return this.#resources.get(key);
  }

  resources(): IterableIterator<[ResourceKey, ResourceCache]> {
    return this.#resources.entries();
  }

  entry(key: ObjectKey): Entry | undefined {
    return this.#resources.get(key.resource)?.get(key.namespace, key.name);
  }

  /** Reads for admission and authorization. Objects are shared: not to be changed. */
  readonly state: StateReader = {
    get: (resource, namespace, name) => this.#resources.get(resource)?.get(namespace, name)?.object,
    list: (resource, namespace) => {
      const cache = this.#resources.get(resource);
      if (cache === undefined) return [];
      const entries = namespace === undefined ? cache.all() : cache.inNamespace(namespace);
      return entries.map((entry) => entry.object);
    },
  };

  /** Called once per resource and page of the log, after the cache holds the changes. */
  onBatch(listener: BatchListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called when the cache had to be rebuilt: every watch ends, every continue token is void. */
  onReset(listener: ResetListener): () => void {
    this.#resetListeners.add(listener);
    return () => this.#resetListeners.delete(listener);
  }

  /** Resolves true once everything up to `revision` is here, false after `timeoutMs` or when `signal` says so. */
  waitUntil(revision: number, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    if (revision <= this.#cursor) return Promise.resolve(true);
    if (signal?.aborted === true) return Promise.resolve(false);
    void this.#pump();
    return new Promise((resolve) => {
      const giveUp = (): void => {
        this.#waiters.delete(waiter);
        waiter.resolve(false);
      };
      const timer = setTimeout(giveUp, timeoutMs);
      const waiter: Waiter = {
        revision,
        resolve: (reached) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          resolve(reached);
        },
      };
      signal?.addEventListener('abort', giveUp);
      this.#waiters.add(waiter);
    });
  }

  /** A consistent read: waits for all that was committed before the call. Throws Timeout. */
  async fresh(timeoutMs = 10_000): Promise<number> {
    const revision = await this.#store.currentRevision();
    if (revision <= this.#cursor) return revision;
    if (!(await this.waitUntil(revision, timeoutMs)))
      throw timeout('the server could not catch up with its store in time', 1);
    return revision;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#poll);
    this.#unsubscribe?.();
    for (const waiter of this.#waiters) waiter.resolve(false);
    this.#waiters.clear();
  }

  async #load(): Promise<void> {
    this.#loading = true;
    try {
      await this.#loadSnapshot();
    } finally {
      this.#loading = false;
    }
  }

  async #loadSnapshot(): Promise<void> {
    const snapshot = await this.#store.snapshot();
    const resources = new Map<ResourceKey, ResourceCache>();
    const slabs = new Slabs();
    for await (const chunk of snapshot.rows) {
      for (const row of chunk) {
        let resource = resources.get(row.key.resource);
        if (resource === undefined) {
          resource = new ResourceCache(snapshot.revision, slabs);
          resources.set(row.key.resource, resource);
        }
        resource.load([Entry.fromBody(row.key, row.uid, row.revision, row.body)]);
      }
    }
    for (const resource of resources.values()) resource.finishLoad();
    this.#resources = resources;
    this.#slabs = slabs;
    this.#floor = snapshot.floor;
    this.#cursor = snapshot.revision;
  }

  /** Reads the log until there is nothing new. One at a time; a wake in between makes it look once more. */
  async #pump(): Promise<void> {
    if (this.#pumping) {
      this.#again = true;
      return;
    }
    this.#pumping = true;
    try {
      do {
        this.#again = false;
        const before = this.#cursor;
        const page = await this.#store.changes(before, PAGE);
        if (this.#closed) return;
        this.#failing = false;
        // Own commits may have come in since.
        const held = this.#cursor;
        if (page.floor > held || page.cursor < before) {
          await this.#rebuild(before, page.floor, page.cursor);
          continue;
        }
        this.#floor = page.floor;
        const news = held === before ? page.changes : page.changes.filter(({ revision }) => revision > held);
        this.#apply(
          news,
          (change) => changeToEvent(change, this.entry(change.key)),
          Math.max(held, page.cursor),
        );
        if (page.cursor > held) this.#again = true;
      } while (this.#again && !this.#closed);
    } catch (error) {
      if (this.#closed) return;
      this.#failing = true;
      this.#log.warn({ err: error }, 'reading the change log failed');
      setTimeout(() => void this.#pump(), RETRY_MS).unref();
    } finally {
      this.#pumping = false;
    }
  }

  async #rebuild(cursor: number, floor: number, counter: number): Promise<void> {
    this.#log.warn({ cursor, floor, counter }, 'the change log no longer reaches back: rebuilding the cache');
    const before = this.#resources;
    await this.#load();
    for (const listener of this.#resetListeners) listener(before);
    this.#release();
  }

  /** A commit of our own, unless others' changes come before it: then the log brings both. */
  #take(commit: Commit): void {
    if (this.#loading || this.#closed || commit.previous !== this.#cursor) return;
    try {
      const events: CacheEvent[] = [];
      for (const written of commit.written) {
        const event = writtenToEvent(written, this.entry(written.write.key));
        if (event === undefined) return;
        events.push(event);
      }
      this.#apply(events, (event) => event, commit.revision);
    } catch (error) {
      this.#log.warn({ err: error }, 'taking over an own commit failed');
    }
  }

  #apply<T>(changes: readonly T[], toEvent: (change: T) => CacheEvent, cursor: number): void {
    const batches = new Map<ResourceKey, CacheEvent[]>();
    for (const change of changes) {
      const event = toEvent(change);
      const { resource } = event.entry.key;
      this.resource(resource).apply(event);
      const batch = batches.get(resource);
      if (batch === undefined) batches.set(resource, [event]);
      else batch.push(event);
    }
    this.#cursor = cursor;
    for (const [resource, events] of batches)
      for (const listener of this.#listeners) {
        try {
          listener(resource, events);
        } catch (error) {
          this.#log.warn({ err: error, resource }, 'a listener of the watch cache failed');
        }
      }
    this.#release();
  }

  #release(): void {
    for (const waiter of this.#waiters)
      if (waiter.revision <= this.#cursor) {
        this.#waiters.delete(waiter);
        waiter.resolve(true);
      }
  }
}
