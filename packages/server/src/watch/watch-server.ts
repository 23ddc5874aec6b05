import { expired, failure, type Status, tooManyRequests } from '@gantry/machinery/status';
import type { Store } from '@gantry/store/port';
import { changeToEvent } from '../cache/change-event.ts';
import type { Entry } from '../cache/entry.ts';
import type { CacheEvent } from '../cache/resource-cache.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import type { ListOptions } from '../registry/list-options.ts';
import type { ApiResource } from '../registry/resource.ts';
import type { Selection } from '../registry/selection.ts';
import { errorFrame, frame, joinFrames } from './frames.ts';
import type { Projection } from './projection.ts';
import { WatchHub, type WatchSink, type WatchSpec } from './watch-hub.ts';

/** Without timeoutSeconds a watch lasts between half an hour and an hour. */
const MIN_TIMEOUT_MS = 30 * 60_000;
const MAX_TIMEOUT_MS = 24 * 3600_000;
const LOG_PAGE = 1000;

export interface WatchRequest {
  readonly resource: ApiResource;
  readonly selection: Selection;
  readonly projection: Projection;
  readonly options: ListOptions;
}

type Start =
  /** The state as it is, then what follows; `end` marks its end with a bookmark. */
  | { readonly from: 'state'; readonly end: boolean }
  | { readonly from: 'now' }
  | { readonly from: 'revision'; readonly revision: number };

type Past = { readonly events: readonly CacheEvent[]; readonly cursor: number } | { readonly status: Status };

/** Events that one resuming watch may bring back from the log; beyond, a fresh list is cheaper. */
const MAX_CATCH_UP = 20_000;

const tooOld = (revision: number, oldest: number): Status =>
  expired(`too old resource version: ${revision} (${oldest})`).status;

/** Starts watches: initial state or missed changes first, then the live stream. */
export class WatchServer {
  readonly hub: WatchHub;
  readonly #cache: WatchCache;
  readonly #store: Store;

  constructor(cache: WatchCache, store: Store) {
    this.hub = new WatchHub(cache);
    this.#cache = cache;
    this.#store = store;
  }

  /**
   * Waits until the watch may begin and returns what begins it; the answer's headers go out in between. Throws
   * TooManyRequests.
   */
  async prepare(request: WatchRequest): Promise<(sink: WatchSink) => () => void> {
    if (this.hub.full) throw tooManyRequests('too many watches, please try again later', 5);
    const start = await this.#start(request.options);
    return (sink) => this.#open(request, start, sink);
  }

  async #start(options: ListOptions): Promise<Start> {
    const { resourceVersion, sendInitialEvents } = options;
    if (sendInitialEvents === true) {
      if (resourceVersion === '' || resourceVersion === '0') {
        if (resourceVersion === '') await this.#cache.fresh();
      } else await this.#cache.waitUntil(Number(resourceVersion), MIN_TIMEOUT_MS);
      return { from: 'state', end: options.bookmarks };
    }
    if (resourceVersion === '0')
      return sendInitialEvents === false ? { from: 'now' } : { from: 'state', end: false };
    if (resourceVersion === '') {
      await this.#cache.fresh();
      return sendInitialEvents === false ? { from: 'now' } : { from: 'state', end: false };
    }
    return { from: 'revision', revision: Number(resourceVersion) };
  }

  #open(request: WatchRequest, start: Start, sink: WatchSink): () => void {
    const { options, resource, selection, projection } = request;
    const wanted = (options.timeoutSeconds ?? 0) * 1000;
    const spec: WatchSpec = {
      resource: resource.storage,
      selection,
      projection,
      bookmarks: options.bookmarks,
      timeoutMs: wanted > 0 ? Math.min(wanted, MAX_TIMEOUT_MS) : MIN_TIMEOUT_MS * (1 + Math.random()),
    };
    if (start.from === 'now') return this.hub.join(spec, sink, true);
    if (start.from === 'state') return this.#fromState(spec, sink, start.end);
    return this.#fromRevision(spec, sink, start.revision);
  }

  #fromState(spec: WatchSpec, sink: WatchSink, end: boolean): () => void {
    const { selection, projection } = spec;
    const cache = this.#cache.resource(spec.resource);
    const entries = selection.namespace === '' ? cache.all() : cache.inNamespace(selection.namespace);
    const bookmark = end ? projection.bookmark(this.#cache.cursor, true) : undefined;
    const pristine = !entries.some((entry) => selection.matches(entry));
    sink.begin(stateFrames(entries, selection, projection, bookmark));
    return this.hub.join(spec, sink, pristine);
  }

  #fromRevision(spec: WatchSpec, sink: WatchSink, revision: number): () => void {
    const missed =
      revision > this.#cache.cursor ? undefined : this.#cache.resource(spec.resource).since(revision);
    if (missed !== undefined) return this.#resume(spec, sink, missed);
    let stop: (() => void) | undefined;
    let stopped = false;
    const fail = (status: Status): void => {
      sink.write(errorFrame(spec.projection.framing, status));
      sink.end();
    };
    this.#catchUp(spec, revision, () => stopped)
      .then((past) => {
        if (stopped) return;
        if ('status' in past) return fail(past.status);
        // Read again in this very turn: nothing may slip in between the log and the live stream.
        const recent = this.#cache.resource(spec.resource).since(past.cursor);
        if (recent === undefined) return fail(tooOld(revision, this.#cache.floor));
        stop = this.#resume(spec, sink, [...past.events, ...recent]);
      })
      .catch(() => fail(failure(500, 'InternalError', 'reading the change log failed').status));
    return () => {
      stopped = true;
      stop?.();
    };
  }

  #resume(spec: WatchSpec, sink: WatchSink, missed: readonly CacheEvent[]): () => void {
    const frames = joinFrames(missed, spec.selection, spec.projection, true);
    if (frames !== undefined) sink.write(frames);
    return this.hub.join(spec, sink, frames === undefined);
  }

  /** For a start that memory does not hold: from the future, waits; from the past, reads the log up to memory. */
  async #catchUp(spec: WatchSpec, revision: number, stopped: () => boolean): Promise<Past> {
    if (revision > this.#cache.cursor) {
      await this.#cache.waitUntil(revision, spec.timeoutMs);
      return { events: [], cursor: revision };
    }
    const events: CacheEvent[] = [];
    let cursor = revision;
    while (!stopped() && this.#cache.resource(spec.resource).since(cursor) === undefined) {
      const page = await this.#store.changes(cursor, LOG_PAGE);
      if (cursor < page.floor) return { status: tooOld(revision, page.floor) };
      for (const change of page.changes)
        if (change.key.resource === spec.resource) events.push(changeToEvent(change));
      if (events.length > MAX_CATCH_UP) return { status: tooOld(revision, cursor) };
      if (page.cursor <= cursor) break;
      cursor = page.cursor;
    }
    return { events, cursor };
  }
}

/** ADDED for each selected object, rendered when its turn to be sent has come: there may be very many. */
function* stateFrames(
  entries: readonly Entry[],
  selection: Selection,
  projection: Projection,
  bookmark: Buffer | undefined,
): Generator<Buffer> {
  const { framing } = projection;
  const parts: Buffer[] = [];
  let first = true;
  for (const entry of entries) {
    if (!selection.matches(entry)) continue;
    const render = first ? (projection.first ?? projection.object) : projection.object;
    parts.length = 0;
    framing.push(parts, 'ADDED', render.call(projection, entry));
    yield* parts;
    first = false;
  }
  if (bookmark !== undefined) yield frame(framing, 'BOOKMARK', bookmark);
}
