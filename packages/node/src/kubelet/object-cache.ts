import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Resource } from '@gantry/client/port';
import type { KubeObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import type { Logger } from '@gantry/runtime/port';

/** A watch is a connection; objects beyond are read anew every minute. */
const WATCHES_MAX = 64;
const POLL_MS = 60_000;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 30_000;

interface Entry<T> {
  readonly users: Set<string>;
  readonly stop: AbortController;
  /** Known while the watch is up; undefined within = the object does not exist. */
  value: { readonly object: T | undefined } | undefined;
  first: Promise<T | undefined> | undefined;
}

/**
 * The single objects that pods of this node refer to, each kept by a watch of its own (a node may not list a
 * namespace's secrets), and dropped with the last pod that uses it.
 */
export class ObjectCache<T extends KubeObject> {
  readonly #client: Client;
  readonly #resource: Resource<T>;
  readonly #log: Logger;
  readonly #onChange: (podUids: ReadonlySet<string>) => void;
  readonly #entries = new Map<string, Entry<T>>();
  #watches = 0;

  constructor(
    client: Client,
    resource: Resource<T>,
    log: Logger,
    onChange: (podUids: ReadonlySet<string>) => void,
  ) {
    this.#client = client;
    this.#resource = resource;
    this.#log = log;
    this.#onChange = onChange;
  }

  /** The object, or undefined when there is none. Other failures throw. The pod is told of changes until `release`. */
  async get(podUid: string, namespace: string, name: string): Promise<T | undefined> {
    const key = `${namespace}/${name}`;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { users: new Set(), stop: new AbortController(), value: undefined, first: undefined };
      this.#entries.set(key, entry);
    }
    entry.users.add(podUid);
    if (entry.value !== undefined) return entry.value.object;
    entry.first ??= this.#begin(entry, namespace, name);
    return await entry.first;
  }

  release(podUid: string): void {
    for (const [key, entry] of this.#entries) {
      if (!entry.users.delete(podUid) || entry.users.size > 0) continue;
      entry.stop.abort();
      this.#entries.delete(key);
    }
  }

  close(): void {
    for (const entry of this.#entries.values()) entry.stop.abort();
    this.#entries.clear();
  }

  async #begin(entry: Entry<T>, namespace: string, name: string): Promise<T | undefined> {
    try {
      const object = await this.#read(namespace, name);
      entry.value = { object };
      this.#follow(entry, namespace, name, object?.metadata.resourceVersion).catch(() => undefined);
      return object;
    } finally {
      entry.first = undefined;
    }
  }

  async #read(namespace: string, name: string): Promise<T | undefined> {
    try {
      return await this.#client.get(this.#resource, namespace, name);
    } catch (error) {
      if (isStatusError(error, 'NotFound')) return undefined;
      throw error;
    }
  }

  async #follow(
    entry: Entry<T>,
    namespace: string,
    name: string,
    version: string | undefined,
  ): Promise<void> {
    const { signal } = entry.stop;
    let from = version;
    let delay = RETRY_MIN_MS;
    while (!signal.aborted) {
      if (isImmutable(entry.value?.object)) return;
      if (this.#watches >= WATCHES_MAX) delay = POLL_MS;
      else if (await this.#watchOnce(entry, namespace, name, from, signal)) delay = RETRY_MIN_MS;
      if (signal.aborted) return;
      // What changes while no watch is up must not be missed: read again before the next one.
      await sleep(delay, undefined, { signal, ref: false }).catch(() => undefined);
      delay = Math.min(delay * 2, RETRY_MAX_MS);
      if (signal.aborted) return;
      const object = await this.#read(namespace, name).catch(() => entry.value?.object);
      this.#set(entry, object);
      from = object?.metadata.resourceVersion;
    }
  }

  /** Until the watch ends; whether it brought anything. */
  async #watchOnce(
    entry: Entry<T>,
    namespace: string,
    name: string,
    from: string | undefined,
    signal: AbortSignal,
  ): Promise<boolean> {
    let worked = false;
    this.#watches++;
    try {
      const options = {
        namespace,
        fieldSelector: `metadata.name=${name}`,
        allowWatchBookmarks: true,
        ...(from === undefined ? {} : { resourceVersion: from }),
      };
      for await (const event of this.#client.watch(this.#resource, options, signal)) {
        if (event.type === 'ERROR') throw new Error(event.object.message ?? 'watch ended');
        worked = true;
        if (event.type !== 'BOOKMARK') this.#set(entry, event.type === 'DELETED' ? undefined : event.object);
      }
    } catch (error) {
      if (!signal.aborted) {
        const text = String(error);
        this.#log.debug({ resource: this.#resource.plural, namespace, name, error: text }, 'watch lost');
      }
    } finally {
      this.#watches--;
    }
    return worked;
  }

  #set(entry: Entry<T>, object: T | undefined): void {
    const before = entry.value?.object;
    if (before?.metadata.resourceVersion === object?.metadata.resourceVersion) return;
    entry.value = { object };
    this.#onChange(entry.users);
  }
}

const isImmutable = (object: KubeObject | undefined): boolean =>
  object !== undefined && 'immutable' in object && object.immutable === true;
