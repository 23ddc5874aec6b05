import { StoreError } from './errors.ts';
import { checkTransaction, checkWrite, formatKey, limits } from './limits.ts';
import { compareKeys, MemoryState } from './memory-state.ts';
import {
  type ChangePage,
  type Commit,
  otherForm,
  type ResourceKey,
  type Store,
  type StoredObject,
  type Write,
  type WriteOutcome,
} from './port.ts';
import { writtenBy } from './written.ts';

export interface MemoryStoreOptions {
  readonly busyResources: ReadonlySet<ResourceKey>;
  /** Epoch milliseconds; `Date.now` by default. */
  readonly now?: () => number;
}

/** The store without durability: for tests, with the same behaviour as the one on Postgres (one conformance suite). */
export function createMemoryStore(options: MemoryStoreOptions): Store {
  const state = new MemoryState();
  const now = options.now ?? Date.now;
  const floors = { objects: 0, busy: 0 };
  const listeners = new Set<(revision: number) => void>();
  const commits = new Set<(commit: Commit) => void>();
  let closed = false;
  const classOf = (resource: ResourceKey) => (options.busyResources.has(resource) ? 'busy' : 'objects');
  const floor = () => Math.max(floors.objects, floors.busy);

  const commit = (writes: readonly Write[]): readonly WriteOutcome[] => {
    if (closed) throw new StoreError('closed', 'the store is closed');
    const previous = state.counter;
    const outcomes = state.apply(writes, now());
    const { counter: revision } = state;
    if (revision === previous) return outcomes;
    const written = writtenBy(writes, outcomes, true);
    for (const listener of commits) listener({ previous, revision, written });
    queueMicrotask(() => announce(revision));
    return outcomes;
  };
  const announce = (revision: number) => {
    for (const listener of listeners) listener(revision);
  };

  return {
    write: async (write) => {
      checkWrite(write);
      const [outcome] = commit([write]);
      if (outcome === undefined) throw new Error('a write has an outcome');
      return outcome;
    },
    transact: async (writes) => {
      checkTransaction(writes);
      return writes.length === 0 ? [] : commit(writes);
    },
    get: async (key) => state.get(key),
    snapshot: async () => {
      const rows = state.objects.sort((a, b) => compareKeys(a.key, b.key));
      return { revision: state.counter, floor: floor(), rows: inChunks(rows) };
    },
    changes: async (after, limit) => readPage(state, floor(), after, limit),
    currentRevision: async () => state.counter,
    onAdvance: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onCommit: (listener) => {
      commits.add(listener);
      return () => commits.delete(listener);
    },
    listAt: async (resource, namespace, revision) =>
      revision < floors[classOf(resource)] ? undefined : listAt(state, resource, namespace, revision),
    history: async (key, limit, { after = 0, upTo = Number.MAX_SAFE_INTEGER, oldestFirst = false } = {}) => {
      const id = formatKey(key);
      const found = state.log.filter(
        (change) => formatKey(change.key) === id && change.revision > after && change.revision <= upTo,
      );
      return (oldestFirst ? found : found.reverse()).slice(0, limit);
    },
    compact: async (policy) => {
      const before = { objects: policy.now - policy.objectsMs, busy: policy.now - policy.busyMs };
      for (const kind of ['objects', 'busy'] as const) {
        const own = state.log.filter(({ key }) => classOf(key.resource) === kind);
        const young = own.findIndex(({ time }) => time >= before[kind]);
        const last = (young < 0 ? own : own.slice(0, young)).at(-1);
        if (last) floors[kind] = last.revision;
      }
      const kept = state.log.filter(({ key, revision }) => revision > floors[classOf(key.resource)]);
      state.log.splice(0, state.log.length, ...kept);
      return floor();
    },
    recode: async (mark, recode) =>
      state.recode((key, text) => (otherForm(text, mark(key.resource)) ? recode(key, text) : undefined)),
    size: async () =>
      [...state.objects, ...state.log].reduce((total, { body }) => total + Buffer.byteLength(body), 0),
    close: async () => {
      closed = true;
      listeners.clear();
      commits.clear();
    },
  };
}

function readPage(state: MemoryState, floor: number, after: number, limit: number): ChangePage {
  const ahead = state.changesAfter(after, limit + 1);
  const next = ahead[limit];
  if (next === undefined) return { changes: ahead, cursor: Math.max(after, state.counter), floor };
  // Whole transactions only, but at least one; revisions of a transaction are consecutive from its number.
  const first = ahead[0]?.transaction;
  const changes =
    next.transaction === first
      ? state.changesAfter(after, limits.transactionWrites).filter(({ transaction }) => transaction === first)
      : ahead.slice(0, limit).filter(({ transaction }) => transaction !== next.transaction);
  return { changes, cursor: changes.at(-1)?.revision ?? after, floor };
}

function listAt(
  state: MemoryState,
  resource: ResourceKey,
  namespace: string | undefined,
  revision: number,
): StoredObject[] {
  const rows = new Map<string, StoredObject>();
  for (const object of state.objects) rows.set(formatKey(object.key), object);
  for (const change of state.log.toReversed()) {
    if (change.revision <= revision) break;
    const id = formatKey(change.key);
    if (change.previousBody === undefined || change.previousRevision === undefined) rows.delete(id);
    else
      rows.set(id, {
        key: change.key,
        uid: change.uid,
        revision: change.previousRevision,
        body: change.previousBody,
      });
  }
  return [...rows.values()]
    .filter(
      ({ key }) => key.resource === resource && (namespace === undefined || key.namespace === namespace),
    )
    .sort((a, b) => compareKeys(a.key, b.key));
}

async function* inChunks(rows: readonly StoredObject[]): AsyncGenerator<readonly StoredObject[]> {
  for (let start = 0; start < rows.length; start += 500) yield rows.slice(start, start + 500);
}
