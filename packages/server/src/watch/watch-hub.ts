import { failure, type Status } from '@gantry/machinery/status';
import type { ResourceKey } from '@gantry/store/port';
import { getOrMake } from '../cache/get-or-make.ts';
import type { CacheEvent } from '../cache/resource-cache.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import type { Selection } from '../registry/selection.ts';
import { errorFrame, frame, joinFrames } from './frames.ts';
import type { Projection } from './projection.ts';

/** Where a watcher's bytes go. */
export interface WatchSink {
  /** Begins with these bytes, taken as fast as the client takes them; what is written meanwhile comes after. */
  begin(parts: Iterable<Buffer>): void;
  write(frames: Buffer): void;
  /** Bytes accepted and not yet sent to the client. */
  readonly unsent: number;
  end(): void;
}

export interface WatchSpec {
  readonly resource: ResourceKey;
  readonly selection: Selection;
  readonly projection: Projection;
  readonly bookmarks: boolean;
  readonly timeoutMs: number;
}

/** A watcher with more unsent bytes than this is closed; its client resumes. */
const MAX_UNSENT = 48 << 20;
const BOOKMARK_MS = 60_000;
/** Bookmark ahead of the time-out, so that the client resumes from close by. */
const LAST_BOOKMARK_MS = 2000;
const TICK_MS = 500;
const MAX_WATCHERS = 20_000;

interface Watcher {
  readonly spec: WatchSpec;
  readonly sink: WatchSink;
  readonly endsAt: number;
  nextBookmark: number;
  lastBookmarkSent: boolean;
  /** Nothing sent yet: the next frame carries the Table's columns. */
  pristine: boolean;
}

/** Watchers that get the very same bytes. */
interface Group {
  readonly selection: Selection;
  readonly projection: Projection;
  readonly watchers: Set<Watcher>;
}

/** All open watches. Each batch of changes is rendered once a group and handed to all of its watchers. */
export class WatchHub {
  readonly #cache: WatchCache;
  readonly #groups = new Map<ResourceKey, Map<string, Group>>();
  readonly #timer: NodeJS.Timeout;
  #count = 0;
  #draining = false;

  constructor(cache: WatchCache) {
    this.#cache = cache;
    cache.onBatch((resource, events) => this.#publish(resource, events));
    cache.onReset(() =>
      this.endAll(failure(410, 'Expired', 'too old resource version: the history was reset').status),
    );
    this.#timer = setInterval(() => this.#tick(Date.now()), TICK_MS);
    this.#timer.unref();
  }

  get count(): number {
    return this.#count;
  }

  get full(): boolean {
    return this.#draining || this.#count >= MAX_WATCHERS;
  }

  countOf(resource: ResourceKey): number {
    let count = 0;
    for (const group of this.#groups.get(resource)?.values() ?? []) count += group.watchers.size;
    return count;
  }

  /**
   * Joins the live stream: everything after the cache's cursor of this very moment. The caller has written what comes
   * before, in the same turn of the event loop. Returns how to leave.
   */
  join(spec: WatchSpec, sink: WatchSink, pristine: boolean): () => void {
    const now = Date.now();
    const watcher: Watcher = {
      spec,
      sink,
      endsAt: now + spec.timeoutMs,
      nextBookmark: now + BOOKMARK_MS * (0.9 + Math.random() * 0.2),
      lastBookmarkSent: false,
      pristine,
    };
    const key = `${spec.projection.key}\n${spec.selection.key}`;
    const { selection, projection } = spec;
    const groups = getOrMake(this.#groups, spec.resource, () => new Map<string, Group>());
    const group = getOrMake(groups, key, () => ({ selection, projection, watchers: new Set<Watcher>() }));
    group.watchers.add(watcher);
    this.#count++;
    return () => this.#leave(watcher, key);
  }

  /** Ends every watch, with an ERROR event if a status is given. */
  endAll(status?: Status): void {
    for (const watcher of this.#each()) {
      if (status !== undefined) watcher.sink.write(errorFrame(watcher.spec.projection.framing, status));
      watcher.sink.end();
    }
  }

  /** Ends the watches of one resource: their clients start anew. */
  endResource(resource: ResourceKey): void {
    for (const group of this.#groups.get(resource)?.values() ?? [])
      for (const watcher of [...group.watchers]) watcher.sink.end();
  }

  /** For shutdown: no new watches, a last bookmark, then the end. */
  drain(): void {
    this.#draining = true;
    clearInterval(this.#timer);
    for (const watcher of this.#each()) {
      if (watcher.spec.bookmarks) this.#bookmark(watcher);
      watcher.sink.end();
    }
  }

  *#each(): Generator<Watcher> {
    for (const groups of this.#groups.values())
      for (const group of groups.values()) for (const watcher of [...group.watchers]) yield watcher;
  }

  #leave(watcher: Watcher, key: string): void {
    const groups = this.#groups.get(watcher.spec.resource);
    const group = groups?.get(key);
    if (group === undefined || !group.watchers.delete(watcher)) return;
    this.#count--;
    if (group.watchers.size === 0) groups?.delete(key);
  }

  #publish(resource: ResourceKey, events: readonly CacheEvent[]): void {
    const groups = this.#groups.get(resource);
    if (groups === undefined) return;
    for (const group of groups.values()) {
      const joined = joinFrames(events, group.selection, group.projection, false);
      if (joined === undefined) continue;
      for (const watcher of group.watchers) {
        if (watcher.sink.unsent > MAX_UNSENT) {
          watcher.sink.end();
          continue;
        }
        const headed = watcher.pristine && group.projection.first !== undefined;
        watcher.pristine = false;
        watcher.sink.write(
          headed ? (joinFrames(events, group.selection, group.projection, true) ?? joined) : joined,
        );
      }
    }
  }

  #tick(now: number): void {
    for (const watcher of this.#each()) {
      if (now >= watcher.endsAt) {
        watcher.sink.end();
        continue;
      }
      if (!watcher.spec.bookmarks) continue;
      const closing = now >= watcher.endsAt - LAST_BOOKMARK_MS && !watcher.lastBookmarkSent;
      if (!closing && now < watcher.nextBookmark) continue;
      if (closing) watcher.lastBookmarkSent = true;
      watcher.nextBookmark = now + BOOKMARK_MS;
      this.#bookmark(watcher);
    }
  }

  #bookmark({ spec, sink }: Watcher): void {
    const { framing } = spec.projection;
    sink.write(frame(framing, 'BOOKMARK', spec.projection.bookmark(this.#cache.cursor, false)));
  }
}
