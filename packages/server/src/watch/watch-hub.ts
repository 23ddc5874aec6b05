import { setTimeout as sleep } from 'node:timers/promises';
import type { KindDefinition } from '@gantry/api/kind';
import { failure, type Status, toStatus } from '@gantry/machinery/status';
import type { ResourceKey } from '@gantry/store/port';
import { getOrMake } from '../cache/get-or-make.ts';
import type { CacheEvent } from '../cache/resource-cache.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import { countWatchEvents, type WatchSeries, watchSeries } from '../operations/watch-metrics.ts';
import type { Selection } from '../registry/selection.ts';
import { errorFrame, frame, joinFrames, selectEvent } from './frames.ts';
import { GroupIndex } from './group-index.ts';
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
  /** As it is served, for metrics. */
  readonly kind?: Pick<KindDefinition, 'group' | 'version' | 'plural'>;
  readonly selection: Selection;
  readonly projection: Projection;
  readonly bookmarks: boolean;
  readonly timeoutMs: number;
}

/** A watcher with more unsent bytes than this is closed; its client resumes. */
const MAX_UNSENT = 48 << 20;
/** With more than this for all watchers together, one may have only a little. */
const MAX_UNSENT_TOGETHER = 512 << 20;
const LITTLE_UNSENT = 1 << 20;
const BOOKMARK_MS = 60_000;
/** Bookmark ahead of the time-out, so that the client resumes from close by. */
const LAST_BOOKMARK_MS = 2000;
const TICK_MS = 500;
const DRAIN_TURN_MS = 50;
const MAX_WATCHERS = 20_000;

interface Watcher {
  readonly spec: WatchSpec;
  readonly sink: WatchSink;
  readonly endsAt: number;
  nextBookmark: number;
  lastBookmarkSent: boolean;
  /** Nothing sent yet: the next frame carries the Table's columns. */
  pristine: boolean;
  readonly group: Group;
}

/** Watchers that get the very same bytes. */
interface Group {
  readonly selection: Selection;
  readonly projection: Projection;
  readonly watchers: Set<Watcher>;
  readonly series: WatchSeries | undefined;
  /** Where a webhook converts: what is published, in order. */
  tail?: Promise<void>;
}

/** All open watches. Each batch of changes is rendered once a group and handed to all of its watchers. */
export class WatchHub {
  readonly #cache: WatchCache;
  readonly #groups = new Map<ResourceKey, GroupIndex<Group>>();
  readonly #timer: NodeJS.Timeout;
  #count = 0;
  #draining = false;
  #unsentLimit = MAX_UNSENT;

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
    return this.#groups.get(resource)?.watchers ?? 0;
  }

  /**
   * Joins the live stream: everything after the cache's cursor of this very moment. The caller has written what comes
   * before, in the same turn of the event loop. Returns how to leave.
   */
  join(spec: WatchSpec, sink: WatchSink, pristine: boolean): () => void {
    const now = Date.now();
    const key = `${spec.projection.key}\n${spec.selection.key}`;
    const { selection, projection } = spec;
    const groups = getOrMake(this.#groups, spec.resource, () => new GroupIndex<Group>());
    let group = groups.get(key);
    if (group === undefined) {
      const series = spec.kind && watchSeries(spec.kind.group, spec.kind.version, spec.kind.plural);
      group = { selection, projection, watchers: new Set<Watcher>(), series };
      groups.add(key, group);
    }
    const watcher: Watcher = {
      spec,
      sink,
      endsAt: now + spec.timeoutMs,
      nextBookmark: now + BOOKMARK_MS * (0.9 + Math.random() * 0.2),
      lastBookmarkSent: false,
      pristine,
      group,
    };
    group.watchers.add(watcher);
    groups.watchers++;
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

  /** For shutdown: no new watches, a last bookmark, then the end; of one after the other within `spreadMs`. */
  async drain(spreadMs = 0): Promise<void> {
    this.#draining = true;
    const watchers = [...this.#each()];
    const turns = Math.max(1, Math.floor(spreadMs / DRAIN_TURN_MS));
    const each = Math.ceil(watchers.length / turns);
    for (let from = 0; from < watchers.length; from += each) {
      if (from > 0) await sleep(DRAIN_TURN_MS);
      for (const watcher of watchers.slice(from, from + each)) {
        if (watcher.spec.bookmarks) this.#bookmark(watcher);
        watcher.sink.end();
      }
    }
    clearInterval(this.#timer);
  }

  *#each(): Generator<Watcher> {
    for (const groups of this.#groups.values())
      for (const group of groups.values()) for (const watcher of [...group.watchers]) yield watcher;
  }

  #leave(watcher: Watcher, key: string): void {
    const groups = this.#groups.get(watcher.spec.resource);
    const group = groups?.get(key);
    if (groups === undefined || group === undefined || !group.watchers.delete(watcher)) return;
    groups.watchers--;
    this.#count--;
    if (group.watchers.size === 0) groups.delete(key);
  }

  #publish(resource: ResourceKey, events: readonly CacheEvent[]): void {
    const groups = this.#groups.get(resource);
    if (groups === undefined) return;
    for (const [group, own] of groups.concerned(events))
      if (group.projection.prepare === undefined) deliver(own, group, group.watchers, this.#unsentLimit);
      else this.#publishLater(own, group);
  }

  /** As events, once a webhook has converted their objects; to those who watch now, and in order. */
  #publishLater(events: readonly CacheEvent[], group: Group): void {
    const watchers = [...group.watchers];
    const { prepare } = group.projection;
    if (watchers.length === 0 || prepare === undefined) return;
    const entries = events.flatMap(({ entry, previous }) =>
      previous === undefined ? [entry] : [entry, previous],
    );
    const present = () => watchers.filter((watcher) => group.watchers.has(watcher));
    this.#after(group, async () => {
      // Behind a webhook that does not answer much may wait: nothing of it is asked for nobody.
      if (present().length === 0) return;
      try {
        await prepare(entries);
        deliver(events, group, present(), this.#unsentLimit);
      } catch (error) {
        // What can't be converted can't be skipped either: clients start anew.
        for (const watcher of watchers) {
          watcher.sink.write(errorFrame(group.projection.framing, toStatus(error)));
          watcher.sink.end();
        }
      }
    });
  }

  #after(group: Group, step: () => void | Promise<void>): void {
    const tail: Promise<void> = (group.tail ?? Promise.resolve()).then(step).finally(() => {
      if (group.tail === tail) delete group.tail;
    });
    group.tail = tail;
  }

  #tick(now: number): void {
    let unsent = 0;
    for (const watcher of this.#each()) {
      unsent += watcher.sink.unsent;
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
    this.#unsentLimit = unsent > MAX_UNSENT_TOGETHER ? LITTLE_UNSENT : MAX_UNSENT;
  }

  #bookmark({ spec, sink, group }: Watcher): void {
    const { framing } = spec.projection;
    const bytes = frame(framing, 'BOOKMARK', spec.projection.bookmark(this.#cache.cursor, false));
    // It must not overtake what is still being converted.
    if (group.tail === undefined) sink.write(bytes);
    else this.#after(group, () => sink.write(bytes));
  }
}

function deliver(
  events: readonly CacheEvent[],
  group: Group,
  watchers: Iterable<Watcher>,
  unsentLimit: number,
): void {
  const { selection, projection } = group;
  const joined = joinFrames(events, selection, projection, false);
  if (joined === undefined) return;
  if (group.series !== undefined) {
    const count =
      events.length === 1 ? 1 : events.filter((event) => selectEvent(event, selection) !== undefined).length;
    countWatchEvents(group.series, count, joined.length, group.watchers.size);
  }
  for (const watcher of watchers) {
    if (watcher.sink.unsent > unsentLimit) {
      watcher.sink.end();
      continue;
    }
    const headed = watcher.pristine && projection.first !== undefined;
    watcher.pristine = false;
    watcher.sink.write(headed ? (joinFrames(events, selection, projection, true) ?? joined) : joined);
  }
}
