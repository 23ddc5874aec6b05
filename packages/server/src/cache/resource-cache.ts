import { type Entry, sortKeyOf } from './entry.ts';

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

/** Objects that an average is taken of. */
const SAMPLES = 8;

const sizeOf = ({ entry, previous }: CacheEvent): number =>
  entry.bytes.length + (previous?.bytes.length ?? 0);

/** All objects of one resource, in key order, and its recent changes. */
export class ResourceCache {
  readonly #byKey = new Map<string, Entry>();
  #sorted: Entry[] = [];
  #ring: CacheEvent[] = [];
  #ringStart = 0;
  #ringBytes = 0;
  /** Changes after this revision are all in the ring. */
  #ringFrom: number;
  #shared = false;
  /** Revision of the last change, or of the load. */
  lastChange: number;

  constructor(loadedAt: number) {
    this.#ringFrom = loadedAt;
    this.lastChange = loadedAt;
  }

  get size(): number {
    return this.#sorted.length;
  }

  /** About how many bytes one object has, of a few that lie apart. */
  get averageBytes(): number {
    const step = Math.max(1, Math.floor(this.#sorted.length / SAMPLES));
    let [bytes, count] = [0, 0];
    for (let at = 0; at < this.#sorted.length; at += step) {
      bytes += this.#sorted[at]?.bytes.length ?? 0;
      count++;
    }
    return count === 0 ? 0 : bytes / count;
  }

  get completeFrom(): number {
    return this.#ringFrom;
  }

  get(namespace: string, name: string): Entry | undefined {
    return this.#byKey.get(sortKeyOf(namespace, name));
  }

  load(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#byKey.set(entry.sortKey, entry);
      this.#sorted.push(entry);
    }
  }

  finishLoad(): void {
    this.#sorted.sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
  }

  /** An immutable array of everything, in key order: later changes do not show in it. */
  all(): readonly Entry[] {
    this.#shared = true;
    return this.#sorted;
  }

  /** As `all`, of one namespace. */
  inNamespace(namespace: string): readonly Entry[] {
    const from = this.#lowerBound(`${namespace}/`);
    const to = this.#lowerBound(`${namespace}0`);
    if (from === 0 && to === this.#sorted.length) return this.all();
    return this.#sorted.slice(from, to);
  }

  apply(event: CacheEvent): void {
    const { entry } = event;
    if (this.#shared) {
      this.#sorted = this.#sorted.slice();
      this.#shared = false;
    }
    const at = this.#lowerBound(entry.sortKey);
    const present = this.#sorted[at]?.sortKey === entry.sortKey;
    if (event.type === 'delete') {
      if (present) this.#sorted.splice(at, 1);
      this.#byKey.delete(entry.sortKey);
    } else {
      if (present) this.#sorted[at] = entry;
      else if (at === this.#sorted.length) this.#sorted.push(entry);
      else this.#sorted.splice(at, 0, entry);
      this.#byKey.set(entry.sortKey, entry);
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
    }
    if (this.#ringStart > 256 && this.#ringStart * 2 > this.#ring.length) {
      this.#ring = this.#ring.slice(this.#ringStart);
      this.#ringStart = 0;
    }
  }

  #lowerBound(sortKey: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const probe = this.#sorted[middle];
      if (probe !== undefined && probe.sortKey < sortKey) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
