import { type Entry, sortKeyOf } from './entry.ts';
import type { Slabs } from './slabs.ts';
import { type EntryList, SortedEntries } from './sorted-entries.ts';

/** One change as watchers see it. `previous` is the state before, at its own revision. */
export interface CacheEvent {
  readonly type: 'create' | 'update' | 'delete';
  readonly revision: number;
  /** New state; for a delete the last state, shown at the revision of the delete. */
  readonly entry: Entry;
  readonly previous: Entry | undefined;
}

/** How many recent changes of one resource are kept for watches that resume, and how many bytes of them. */
const RING_EVENTS = 8192;
const RING_BYTES = 24 << 20;

const sizeOf = ({ entry, previous }: CacheEvent): number => entry.size + (previous?.size ?? 0);

/** All objects of one resource, in key order, and its recent changes. */
export class ResourceCache {
  readonly #byKey = new Map<string, Entry>();
  readonly #sorted = new SortedEntries();
  #bytes = 0;
  #ring: CacheEvent[] = [];
  #ringStart = 0;
  #ringBytes = 0;
  /** Changes after this revision are all in the ring. */
  #ringFrom: number;
  /** Revision of the last change, or of the load. */
  lastChange: number;

  readonly #slabs: Slabs;

  /** `slabs`: where the bytes of what is no longer new lie. */
  constructor(loadedAt: number, slabs: Slabs) {
    this.#slabs = slabs;
    this.#ringFrom = loadedAt;
    this.lastChange = loadedAt;
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** How many bytes one object has. */
  get averageBytes(): number {
    return this.size === 0 ? 0 : this.#bytes / this.size;
  }

  get completeFrom(): number {
    return this.#ringFrom;
  }

  get(namespace: string, name: string): Entry | undefined {
    return this.#byKey.get(sortKeyOf(namespace, name));
  }

  /** Before anything else; finishLoad follows. */
  load(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#byKey.set(entry.sortKey, entry);
      this.#bytes += entry.size;
      this.#slabs.settle(entry);
    }
  }

  finishLoad(): void {
    this.#sorted.load([...this.#byKey.values()]);
  }

  /** An immutable list of everything, in key order: later changes do not show in it. */
  all(): EntryList {
    return this.#sorted.snapshot();
  }

  /** As `all`, of one namespace. */
  inNamespace(namespace: string): EntryList {
    return this.#sorted.snapshot().range(`${namespace}/`, `${namespace}0`);
  }

  apply(event: CacheEvent): void {
    const { entry } = event;
    const before = this.#byKey.get(entry.sortKey);
    if (before !== undefined) {
      this.#bytes -= before.size;
      this.#slabs.release(before);
    }
    if (event.type === 'delete') {
      this.#sorted.delete(entry.sortKey);
      this.#byKey.delete(entry.sortKey);
    } else {
      this.#sorted.put(entry);
      this.#byKey.set(entry.sortKey, entry);
      this.#bytes += entry.size;
    }
    this.lastChange = event.revision;
    this.#remember(event);
  }

  /** Changes after `revision`, oldest first; undefined when some are no longer here. */
  since(revision: number): readonly CacheEvent[] | undefined {
    if (revision < this.#ringFrom) return undefined;
    let low = this.#ringStart;
    let high = this.#ring.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ring[middle]?.revision ?? 0) <= revision) low = middle + 1;
      else high = middle;
    }
    return this.#ring.slice(low);
  }

  #remember(event: CacheEvent): void {
    this.#ring.push(event);
    this.#ringBytes += sizeOf(event);
    while (this.#ring.length - this.#ringStart > RING_EVENTS || this.#ringBytes > RING_BYTES) {
      const dropped = this.#ring[this.#ringStart];
      if (dropped === undefined) break;
      this.#ringStart++;
      this.#ringBytes -= sizeOf(dropped);
      this.#ringFrom = dropped.revision;
      // What has not been replaced for so long is likely to stay.
      if (this.#byKey.get(dropped.entry.sortKey) === dropped.entry) this.#slabs.settle(dropped.entry);
    }
    if (this.#ringStart > 256 && this.#ringStart * 2 > this.#ring.length) {
      this.#ring = this.#ring.slice(this.#ringStart);
      this.#ringStart = 0;
    }
  }
}
