import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeObject } from '@gantry/machinery/object';
import { isStatusError, StatusError } from '@gantry/machinery/status';
import { IndexedStore } from './indexed-store.ts';
import { keyOf } from './keys.ts';
import type { Client, Informer, InformerHandler, ListOptions, Resource } from './port.ts';

export interface InformerOptions {
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
  readonly namespace?: string;
  readonly metadataOnly?: boolean;
  /** Told of each failed list or watch; the informer goes on by itself. */
  readonly onError?: (error: unknown) => void;
}

const FIRST_BACKOFF_MS = 800;
const MAX_BACKOFF_MS = 30_000;
/** Of a server that is away: once it is back, everybody waits for what the caches don't show yet. */
const AWAY_BACKOFF_MS = 3_000;
const AWAY = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];
/** A watch is asked to last this long at least, up to twice as long: so that watches don't all end at once. */
const WATCH_SECONDS = 300;

const isGone = (error: unknown): boolean =>
  isStatusError(error, 'Expired') ||
  isStatusError(error, 'Gone') ||
  (error as { code?: unknown }).code === 410;

/** The revision asked for is newer than the server's: it was restored from a backup. */
const isTooLarge = (error: unknown): boolean =>
  isStatusError(error) &&
  (error.status.details?.causes ?? []).some((cause) => cause.reason === 'ResourceVersionTooLarge');

/** Milliseconds until the next list or watch, after so many failures, the last by `error`. `random` is between 0 and 1. */
export function backoffMs(failures: number, error: unknown, random: number): number {
  const isAway = AWAY.includes((error as { code?: string } | undefined)?.code ?? '');
  const max = isAway ? AWAY_BACKOFF_MS : MAX_BACKOFF_MS;
  return Math.min(max, FIRST_BACKOFF_MS * 2 ** Math.min(failures - 1, 10)) * (0.5 + random);
}

/** List, then watch, for ever: client-go's reflector and informer in one. */
export class ListWatchInformer<T extends KubeObject> implements Informer<T> {
  readonly resource: Resource<T>;
  readonly #client: Client;
  readonly #options: InformerOptions;
  readonly #store = new IndexedStore<T>();
  readonly #handlers: InformerHandler<T>[] = [];
  readonly #ready = Promise.withResolvers<void>();
  #started = false;
  #synced = false;
  #revision = '';
  /** The server no longer has `#revision`: the next list asks for the most recent state. */
  #unavailable = false;

  constructor(client: Client, resource: Resource<T>, options: InformerOptions = {}) {
    this.#client = client;
    this.resource = resource;
    this.#options = options;
  }

  get synced(): boolean {
    return this.#synced;
  }

  get resourceVersion(): string {
    return this.#revision;
  }

  whenSynced(): Promise<void> {
    return this.#ready.promise;
  }

  get(namespace: string, name: string): T | undefined {
    return this.#store.get(namespace, name);
  }

  list(namespace?: string): readonly T[] {
    return this.#store.list(namespace);
  }

  byIndex(index: string, key: string): readonly T[] {
    return this.#store.byIndex(index, key);
  }

  addIndex(name: string, keys: (object: T) => readonly string[]): void {
    this.#store.addIndex(name, keys);
  }

  /** A handler added late is told of what is already there, as an initial add. */
  addHandler(handler: InformerHandler<T>): void {
    this.#handlers.push(handler);
    if (this.#synced) for (const object of this.#store.list()) handler.onUpdate?.(object, undefined, true);
  }

  start(signal: AbortSignal): void {
    if (this.#started) return;
    this.#started = true;
    void this.#run(signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    let failed: unknown;
    while (!signal.aborted) {
      try {
        if (this.#revision === '' || this.#unavailable) await this.#relist();
        const quiet = await this.#watch(signal);
        failed = undefined;
        failures = quiet ? failures + 1 : 0;
        if (!quiet) continue;
      } catch (error) {
        if (signal.aborted) return;
        if (isGone(error) || isTooLarge(error)) {
          this.#unavailable = true;
          if (failures === 0) {
            failures = 1;
            continue;
          }
        }
        this.#options.onError?.(error);
        failures++;
        failed = error;
      }
      await sleep(backoffMs(failures, failed, Math.random()), undefined, { signal }).catch(() => undefined);
    }
  }

  #selectors(): ListOptions {
    const { fieldSelector, labelSelector, namespace, metadataOnly } = this.#options;
    return {
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(metadataOnly === undefined ? {} : { metadataOnly }),
    };
  }

  async #relist(): Promise<void> {
    // Any replica's cache will do ("0") for the first list; later never an older state than was seen before.
    const known = this.#revision === '' ? '0' : this.#revision;
    const list = await this.#client.list(this.resource, {
      ...this.#selectors(),
      ...(this.#unavailable ? {} : { resourceVersion: known }),
    });
    this.#unavailable = false;
    this.#revision = list.resourceVersion;
    const initial = !this.#synced;
    const gone = new Set(this.#store.keys());
    for (const object of list.items) {
      gone.delete(keyOf(object));
      this.#apply(object, initial);
    }
    for (const key of gone) this.#remove(key);
    this.#synced = true;
    this.#ready.resolve();
  }

  /** Returns whether the watch ended at once without an event: then the next one waits a little. */
  async #watch(signal: AbortSignal): Promise<boolean> {
    const seconds = Math.round(WATCH_SECONDS * (1 + Math.random()));
    const started = performance.now();
    let events = 0;
    // A connection whose peer vanished without a word is given up a little after the server should have ended it.
    const limit = AbortSignal.any([signal, AbortSignal.timeout((seconds + 30) * 1000)]);
    const stream = this.#client.watch(
      this.resource,
      {
        ...this.#selectors(),
        resourceVersion: this.#revision,
        timeoutSeconds: seconds,
        allowWatchBookmarks: true,
      },
      limit,
    );
    for await (const event of stream) {
      if (event.type === 'ERROR') throw new StatusError(event.object);
      events++;
      const version = event.object.metadata.resourceVersion ?? '';
      if (event.type === 'DELETED') this.#remove(keyOf(event.object), event.object, version);
      else {
        if (version !== '') this.#revision = version;
        if (event.type !== 'BOOKMARK') this.#apply(event.object, false);
      }
    }
    return events === 0 && performance.now() - started < 1000;
  }

  #apply(object: T, initial: boolean): void {
    // Nobody reads managed fields from a cache, and they are a third of it.
    delete object.metadata.managedFields;
    const old = this.#store.at(keyOf(object));
    if (old !== undefined && sameVersion(old, object)) return;
    if (old !== undefined && old.metadata.uid !== object.metadata.uid) this.#remove(keyOf(old));
    const before = this.#store.set(object);
    for (const handler of this.#handlers) this.#tell(() => handler.onUpdate?.(object, before, initial));
  }

  #remove(key: string, last?: T, version = ''): void {
    if (version !== '') this.#revision = version;
    const old = this.#store.delete(key);
    const object = last ?? old;
    if (object === undefined) return;
    for (const handler of this.#handlers) this.#tell(() => handler.onDelete?.(object));
  }

  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#options.onError?.(error);
    }
  }
}

const sameVersion = (a: KubeObject, b: KubeObject): boolean =>
  a.metadata.uid === b.metadata.uid &&
  a.metadata.resourceVersion !== undefined &&
  a.metadata.resourceVersion === b.metadata.resourceVersion;
