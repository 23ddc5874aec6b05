import { compareResourceVersions } from '@gantry/client/keys';
import type { Informer } from '@gantry/client/port';
import type { KubeObject } from '@gantry/machinery/object';
import type { Clock } from './port.ts';

/** After this long a write counts as seen: as the original's expectations expire. */
const EXPIRY_MS = 300_000;

interface Awaited {
  readonly isSeen: () => boolean;
  readonly at: number;
}

/**
 * Remembers, by key, what a controller wrote and its cache has not shown yet, so that it never decides on a state from
 * before its own writes (and creates twice what it just created).
 */
export class OwnWrites {
  readonly #clock: Clock;
  readonly #awaited = new Map<string, Awaited[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The object as the server returned it from a create or an update. */
  wrote<T extends KubeObject>(key: string, informer: Informer<T>, object: T): void {
    const { namespace = '', name, uid, resourceVersion } = object.metadata;
    this.#await(key, () => {
      if (compareResourceVersions(informer.resourceVersion, resourceVersion) >= 0) return true;
      const cached = informer.get(namespace, name)?.metadata;
      return cached?.uid === uid && compareResourceVersions(cached?.resourceVersion, resourceVersion) >= 0;
    });
  }

  deleted<T extends KubeObject>(key: string, informer: Informer<T>, object: T): void {
    const { namespace = '', name, uid } = object.metadata;
    this.#await(key, () => {
      const cached = informer.get(namespace, name)?.metadata;
      return cached?.uid !== uid || cached?.deletionTimestamp !== undefined;
    });
  }

  /** A change of the very version given, after which the object may be gone altogether. */
  replaced<T extends KubeObject>(key: string, informer: Informer<T>, before: T): void {
    const { namespace = '', name, uid, resourceVersion } = before.metadata;
    this.#await(key, () => {
      const cached = informer.get(namespace, name)?.metadata;
      return cached?.uid !== uid || compareResourceVersions(cached?.resourceVersion, resourceVersion) > 0;
    });
  }

  #await(key: string, isSeen: () => boolean): void {
    if (isSeen()) return;
    const entry = { isSeen, at: this.#clock.now() };
    const list = this.#awaited.get(key);
    if (list === undefined) this.#awaited.set(key, [entry]);
    else list.push(entry);
  }

  /** Whether the cache shows all that was written for the key; forgets what it shows. */
  areSeen(key: string): boolean {
    const now = this.#clock.now();
    const rest = (this.#awaited.get(key) ?? []).filter(
      (entry) => !entry.isSeen() && now - entry.at < EXPIRY_MS,
    );
    if (rest.length === 0) this.#awaited.delete(key);
    else this.#awaited.set(key, rest);
    return rest.length === 0;
  }

  forget(key: string): void {
    this.#awaited.delete(key);
  }
}
