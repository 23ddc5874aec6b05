import { expired, failure, type Status, tooManyRequests, toStatus } from '@gantry/machinery/status';
import type { Store } from '@gantry/store/port';
import { changeToEvent } from '../cache/change-event.ts';
import type { Entry } from '../cache/entry.ts';
import type { CacheEvent } from '../cache/resource-cache.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import type { ListOptions } from '../registry/list-options.ts';
import { FUTURE_WAIT_MS, versionTooLarge } from '../registry/lister.ts';
import type { ApiResource } from '../registry/resource.ts';
import { candidates, selectEntries } from '../registry/select.ts';
import type { Selection } from '../registry/selection.ts';
import { errorFrame, frame, joinFrames } from './frames.ts';
import { GatedSink } from './gated-sink.ts';
import type { Projection } from './projection.ts';
import { WatchHub, type WatchSink, type WatchSpec } from './watch-hub.ts';

/** Without timeoutSeconds a watch lasts between half an hour and an hour, unless the options say otherwise. */
const MIN_TIMEOUT_MS = 30 * 60_000;
const MAX_TIMEOUT_MS = 24 * 3600_000;
const LOG_PAGE = 1000;
/** Objects that are searched through at once. */
const MANY = 1000;

export interface WatchRequest {
  readonly resource: ApiResource;
  readonly selection: Selection;
  readonly projection: Projection;
  readonly options: ListOptions;
  /** Told when all of the beginning has been handed over, the bookmark at its end too. */
  readonly listed?: (() => void) | undefined;
}

type Start =
  /** The state as it is, then what follows; `end` marks its end with a bookmark. */
  | { readonly from: 'state'; readonly end: boolean }
  | { readonly from: 'now' }
  /** Never: once a watch is let in, it is told why by an event. */
  | { readonly from: 'nowhere'; readonly status: Status }
  | { readonly from: 'revision'; readonly revision: number };

type Past = { readonly events: readonly CacheEvent[]; readonly cursor: number } | { readonly status: Status };

/** Events that one resuming watch may bring back from the log; beyond, a fresh list is cheaper. */
const MAX_CATCH_UP = 20_000;

/** Watches that wait for a revision, or for the log, at once. */
const MAX_CATCHING_UP = 2_000;

const tooMany = () => tooManyRequests('too many watches, please try again later', 5);

const tooOld = (revision: number, oldest: number): Status =>
  expired(`too old resource version: ${revision} (${oldest})`).status;

/** Starts watches: initial state or missed changes first, then the live stream. */
export class WatchServer {
  readonly hub: WatchHub;
  readonly #cache: WatchCache;
  readonly #store: Store;
  #catchingUp = 0;

  readonly #minTimeoutMs: number;

  /** `minTimeoutMs`: of a watch that asks for no time; 0 = as long as one can be. */
  constructor(cache: WatchCache, store: Store, minTimeoutMs = MIN_TIMEOUT_MS) {
    this.#minTimeoutMs = minTimeoutMs;
    this.hub = new WatchHub(cache);
    this.#cache = cache;
    this.#store = store;
  }

  /**
   * Waits until the watch may begin and returns what begins it; the answer's headers go out in between. Throws
   * TooManyRequests.
   */
  async prepare(request: WatchRequest): Promise<(sink: WatchSink) => () => void> {
    if (this.hub.full) throw tooMany();
    const start = await this.#start(request.options);
    return (sink) => this.#open(request, start, sink);
  }

  async #start({ resourceVersion, sendInitialEvents, bookmarks }: ListOptions): Promise<Start> {
    if (resourceVersion === '') await this.#cache.fresh();
    if (resourceVersion === '' || resourceVersion === '0')
      // A client that says nothing gets the state too, and is told of its end like one that asked for it.
      return sendInitialEvents === false ? { from: 'now' } : { from: 'state', end: bookmarks };
    const revision = Number(resourceVersion);
    if (sendInitialEvents !== true) return { from: 'revision', revision };
    if (await this.#cache.waitUntil(revision, FUTURE_WAIT_MS)) return { from: 'state', end: bookmarks };
    return { from: 'nowhere', status: versionTooLarge(resourceVersion, this.#cache.cursor).status };
  }

  #usualTimeout(): number {
    return this.#minTimeoutMs === 0 ? MAX_TIMEOUT_MS : this.#minTimeoutMs * (1 + Math.random());
  }

  #open(request: WatchRequest, start: Start, sink: WatchSink): () => void {
    const { options, resource, selection, projection } = request;
    const wanted = (options.timeoutSeconds ?? 0) * 1000;
    const spec: WatchSpec = {
      resource: resource.storage,
      kind: resource.kind,
      selection,
      projection,
      bookmarks: options.bookmarks,
      timeoutMs: Math.min(wanted === 0 ? this.#usualTimeout() : Math.max(wanted, 1), MAX_TIMEOUT_MS),
    };
    if (start.from === 'now') return this.hub.join(spec, sink, true);
    if (start.from === 'nowhere') {
      sink.write(errorFrame(projection.framing, start.status));
      sink.end();
      return () => undefined;
    }
    if (start.from === 'state') return this.#fromState(request, spec, sink, start.end);
    return this.#fromRevision(spec, sink, start.revision);
  }

  #fromState({ resource, listed }: WatchRequest, spec: WatchSpec, sink: WatchSink, end: boolean): () => void {
    const { selection, projection } = spec;
    const entries = candidates(this.#cache.resource(spec.resource), resource, selection);
    const bookmark = end ? projection.bookmark(this.#cache.cursor, true) : undefined;
    const { prepare } = projection;
    // A table's first event is told from the others at once.
    const long = entries.length > MANY && !selection.everything && projection.first === undefined;
    if (prepare === undefined && !long) {
      sink.begin(stateFrames(entries, selection, projection, bookmark, listed));
      return this.hub.join(spec, sink, !entries.some((entry) => selection.matches(entry)));
    }
    let found: Iterable<Entry> = entries;
    const ready = async (): Promise<void> => {
      await prepare?.([...entries]);
      if (long) found = await selectEntries(entries, selection);
    };
    return this.#later(spec, sink, ready(), (to) =>
      to.begin(stateFrames(found, selection, projection, bookmark, listed)),
    );
  }

  /** Joins at once, and holds back what comes until the objects of the beginning have been found and converted. */
  #later(
    spec: WatchSpec,
    sink: WatchSink,
    ready: Promise<void>,
    begin: (sink: WatchSink) => void,
  ): () => void {
    const gate = new GatedSink(sink);
    const leave = this.hub.join(spec, gate, false);
    ready
      .then(() => {
        begin(sink);
        gate.release();
      })
      .catch((error: unknown) => {
        sink.write(errorFrame(spec.projection.framing, toStatus(error)));
        sink.end();
      });
    return leave;
  }

  #fromRevision(spec: WatchSpec, sink: WatchSink, revision: number): () => void {
    const missed =
      revision > this.#cache.cursor ? undefined : this.#cache.resource(spec.resource).since(revision);
    if (missed !== undefined) return this.#resume(spec, sink, missed);
    if (this.#catchingUp >= MAX_CATCHING_UP) {
      sink.write(errorFrame(spec.projection.framing, tooMany().status));
      sink.end();
      return () => undefined;
    }
    this.#catchingUp++;
    let stop: (() => void) | undefined;
    const stopping = new AbortController();
    const { signal } = stopping;
    const fail = (status: Status): void => {
      sink.write(errorFrame(spec.projection.framing, status));
      sink.end();
    };
    this.#catchUp(spec, revision, signal)
      .then((past) => {
        if (signal.aborted) return;
        if (past === undefined) return sink.end();
        if ('status' in past) return fail(past.status);
        // Read again in this very turn: nothing may slip in between the log and the live stream.
        const recent = this.#cache.resource(spec.resource).since(past.cursor);
        if (recent === undefined) return fail(tooOld(revision, this.#cache.floor));
        stop = this.#resume(spec, sink, [...past.events, ...recent]);
      })
      .catch(() => fail(failure(500, 'InternalError', 'reading the change log failed').status))
      .finally(() => this.#catchingUp--);
    return () => {
      stopping.abort();
      stop?.();
    };
  }

  #resume(spec: WatchSpec, sink: WatchSink, missed: readonly CacheEvent[]): () => void {
    const begin = (to: WatchSink): boolean => {
      const frames = joinFrames(missed, spec.selection, spec.projection, true);
      if (frames !== undefined) to.write(frames);
      return frames === undefined;
    };
    const { prepare } = spec.projection;
    if (prepare === undefined) return this.hub.join(spec, sink, begin(sink));
    const entries = missed.flatMap(({ entry, previous }) =>
      previous === undefined ? [entry] : [entry, previous],
    );
    return this.#later(spec, sink, prepare(entries), begin);
  }

  /**
   * For a start that memory does not hold: from the future, waits; from the past, reads the log up to memory. Undefined:
   * the time of the watch is over.
   */
  async #catchUp(spec: WatchSpec, revision: number, signal: AbortSignal): Promise<Past | undefined> {
    if (revision > this.#cache.cursor) {
      const reached = await this.#cache.waitUntil(revision, spec.timeoutMs, signal);
      return reached ? { events: [], cursor: revision } : undefined;
    }
    const events: CacheEvent[] = [];
    let cursor = revision;
    while (!signal.aborted && this.#cache.resource(spec.resource).since(cursor) === undefined) {
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
  entries: Iterable<Entry>,
  selection: Selection,
  projection: Projection,
  bookmark: Buffer | undefined,
  listed: (() => void) | undefined,
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
  if (bookmark === undefined) return;
  yield frame(framing, 'BOOKMARK', bookmark);
  listed?.();
}
