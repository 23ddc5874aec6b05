import type { Entry } from './entry.ts';

/** Entries that are moved or copied at once, at most. */
const CHUNK = 512;
const HALF = CHUNK / 2;
/** Smaller chunks are joined with their neighbour. */
const SMALL = CHUNK / 8;

type Chunk = readonly Entry[];

/** First index for which `reached` holds; it must hold for all after it. */
function firstIndex(length: number, reached: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const firstIn = (chunk: Chunk, sortKey: string): number =>
  firstIndex(chunk.length, (index) => (chunk[index]?.sortKey ?? '') >= sortKey);

const lastKey = (chunk: Chunk | undefined): string => chunk?.at(-1)?.sortKey ?? '';

interface Place {
  readonly chunk: number;
  readonly index: number;
}

/** Entries in the order of their keys, as they were at one moment: later changes do not show. */
export class EntryList implements Iterable<Entry> {
  static readonly empty = new EntryList([]);

  readonly #chunks: readonly Chunk[];
  readonly #from: Place;
  readonly #to: Place;
  #length: number | undefined;

  constructor(
    chunks: readonly Chunk[],
    from: Place = { chunk: 0, index: 0 },
    to: Place = { chunk: chunks.length, index: 0 },
  ) {
    this.#chunks = chunks;
    this.#from = from;
    this.#to = to;
  }

  /** `entries` in any order; the array is taken over. */
  static of(entries: Entry[]): EntryList {
    entries.sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
    return entries.length === 0 ? EntryList.empty : new EntryList([entries]);
  }

  get length(): number {
    if (this.#length === undefined) {
      let length = this.#to.index - this.#from.index;
      for (let at = this.#from.chunk; at < this.#to.chunk; at++) length += this.#chunks[at]?.length ?? 0;
      this.#length = length;
    }
    return this.#length;
  }

  *[Symbol.iterator](): Generator<Entry, void, undefined> {
    for (let at = this.#from.chunk; at <= this.#to.chunk; at++) {
      const chunk = this.#chunks[at];
      if (chunk === undefined) return;
      const end = at === this.#to.chunk ? this.#to.index : chunk.length;
      for (let index = at === this.#from.chunk ? this.#from.index : 0; index < end; index++) {
        const entry = chunk[index];
        if (entry !== undefined) yield entry;
      }
    }
  }

  map<T>(make: (entry: Entry) => T): T[] {
    return Array.from(this, make);
  }

  filter(wanted: (entry: Entry) => boolean): Entry[] {
    const found: Entry[] = [];
    for (const entry of this) if (wanted(entry)) found.push(entry);
    return found;
  }

  some(wanted: (entry: Entry) => boolean): boolean {
    for (const entry of this) if (wanted(entry)) return true;
    return false;
  }

  /** Those of the list from a key on, and below another; both in the list's bounds. */
  range(from: string | undefined, below?: string): EntryList {
    return new EntryList(
      this.#chunks,
      from === undefined ? this.#from : this.#place(from),
      below === undefined ? this.#to : this.#place(below),
    );
  }

  /** Where the key is or would be. */
  #place(sortKey: string): Place {
    const chunks = this.#chunks;
    const chunk = firstIndex(chunks.length, (at) => lastKey(chunks[at]) >= sortKey);
    return later(this.#from, earlier(this.#to, { chunk, index: firstIn(chunks[chunk] ?? [], sortKey) }));
  }
}

const isBefore = (a: Place, b: Place): boolean =>
  a.chunk < b.chunk || (a.chunk === b.chunk && a.index < b.index);
const earlier = (a: Place, b: Place): Place => (isBefore(a, b) ? a : b);
const later = (a: Place, b: Place): Place => (isBefore(a, b) ? b : a);

/**
 * Entries in the order of their keys, in chunks: a change moves a few hundred references however many there are, and
 * a snapshot costs next to nothing, since what is changed after it is copied chunk by chunk.
 */
export class SortedEntries {
  #chunks: Entry[][] = [];
  /** Chunks that no snapshot holds. */
  #own = new Set<Entry[]>();
  #snapshot: EntryList | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Replaces everything. The array is sorted in place. */
  load(entries: Entry[]): void {
    entries.sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
    this.#chunks = [];
    for (let at = 0; at < entries.length; at += HALF) this.#chunks.push(entries.slice(at, at + HALF));
    this.#own = new Set(this.#chunks);
    this.#snapshot = undefined;
    this.#size = entries.length;
  }

  snapshot(): EntryList {
    if (this.#snapshot === undefined) {
      this.#snapshot = new EntryList(this.#chunks);
      this.#own.clear();
    }
    return this.#snapshot;
  }

  /** Adds an entry, or puts it in the place of the one with its key. */
  put(entry: Entry): void {
    const at = this.#chunkFor(entry.sortKey);
    const chunk = this.#writable(at);
    const index = firstIn(chunk, entry.sortKey);
    if (chunk[index]?.sortKey === entry.sortKey) {
      chunk[index] = entry;
      return;
    }
    chunk.splice(index, 0, entry);
    this.#size++;
    if (chunk.length <= CHUNK) return;
    const tail = chunk.splice(HALF);
    this.#chunks.splice(at + 1, 0, tail);
    this.#own.add(tail);
  }

  delete(sortKey: string): void {
    const at = this.#chunkFor(sortKey);
    const found = firstIn(this.#chunks[at] ?? [], sortKey);
    if (this.#chunks[at]?.[found]?.sortKey !== sortKey) return;
    const chunk = this.#writable(at);
    chunk.splice(found, 1);
    this.#size--;
    if (chunk.length < SMALL) this.#shrink(at, chunk);
  }

  /** The chunk in which the key is or belongs; the last one for a key beyond all. */
  #chunkFor(sortKey: string): number {
    const at = firstIndex(this.#chunks.length, (index) => lastKey(this.#chunks[index]) >= sortKey);
    return Math.min(at, Math.max(0, this.#chunks.length - 1));
  }

  /** A chunk that may be changed, in a list of chunks that may be changed. */
  #writable(at: number): Entry[] {
    if (this.#snapshot !== undefined) {
      this.#chunks = this.#chunks.slice();
      this.#snapshot = undefined;
    }
    const chunk = this.#chunks[at];
    if (chunk !== undefined && this.#own.has(chunk)) return chunk;
    const copy = chunk?.slice() ?? [];
    this.#chunks[at] = copy;
    if (chunk !== undefined) this.#own.delete(chunk);
    this.#own.add(copy);
    return copy;
  }

  #shrink(at: number, chunk: Entry[]): void {
    const next = this.#chunks[at + 1];
    if (chunk.length === 0) this.#drop(at);
    else if (next !== undefined && chunk.length + next.length <= HALF) {
      chunk.push(...next);
      this.#drop(at + 1);
    }
  }

  #drop(at: number): void {
    for (const chunk of this.#chunks.splice(at, 1)) this.#own.delete(chunk);
  }
}
