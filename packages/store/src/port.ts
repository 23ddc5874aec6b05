/**
 * The store port: what the API server needs of a state store, and nothing of how Postgres does it.
 * Two implementations pass one conformance suite: Postgres and in memory.
 */

/** `<plural>.<group>`, `pods` for the core group: the storage resource, shared by all served versions. */
export type ResourceKey = string;

export interface ObjectKey {
  readonly resource: ResourceKey;
  /** '' for cluster-scoped objects. */
  readonly namespace: string;
  readonly name: string;
}

/**
 * Marks the place of the resourceVersion in a stored body. The revision is given inside the database, so a body is
 * stored with `"resourceVersion":""` as the value of metadata.resourceVersion and spliced when it enters the cache.
 */
export const REVISION_SLOT = '"resourceVersion":""';

/** A stored object. `body` is JSON text with the slot. Revisions are safe integers below 2^53. */
export interface StoredObject {
  readonly key: ObjectKey;
  readonly uid: string;
  readonly revision: number;
  readonly body: string;
}

/** Must hold under the counter lock, or nothing of the write happens. */
export type Guard =
  /** The object exists with this uid; `notTerminating` looks at its terminating column (namespaces). */
  | {
      readonly type: 'exists';
      readonly key: ObjectKey;
      readonly uid?: string;
      readonly notTerminating?: boolean;
    }
  | { readonly type: 'revision'; readonly key: ObjectKey; readonly revision: number }
  | { readonly type: 'absent'; readonly key: ObjectKey }
  /** No row of any resource but those listed remains in the namespace. */
  | { readonly type: 'emptyNamespace'; readonly namespace: string; readonly except: readonly ResourceKey[] };

/** A value that only one object may hold: a cluster IP, a node port. Released with its holder. */
export interface Claim {
  readonly pool: string;
  readonly value: string;
}

interface WriteBase {
  readonly key: ObjectKey;
  readonly guards?: readonly Guard[];
  /** Who, and for Git which commit; kept with the change. At most 256 bytes each. */
  readonly author?: string;
  readonly origin?: string;
}

export type Write =
  | (WriteBase & {
      readonly op: 'create';
      readonly uid: string;
      readonly body: string;
      readonly claims?: readonly Claim[];
      readonly terminating?: boolean;
    })
  | (WriteBase & {
      readonly op: 'update';
      /** The revision that the new body was made from. */
      readonly expected: number;
      readonly body: string;
      /** The full new set of claims; absent = unchanged. */
      readonly claims?: readonly Claim[];
      readonly terminating?: boolean;
    })
  | (WriteBase & {
      readonly op: 'delete';
      readonly expected: number;
      /** Last state to show in DELETED events, when it differs from the stored one. */
      readonly body?: string;
    })
  /** Checks guards and writes nothing: what a no-op update submits. */
  | (WriteBase & { readonly op: 'check' });

export type WriteOutcome =
  | { readonly ok: true; readonly revision: number }
  | { readonly ok: false; readonly reason: 'exists' }
  | { readonly ok: false; readonly reason: 'missing' }
  /** The object is at another revision. */
  | { readonly ok: false; readonly reason: 'conflict'; readonly current: number }
  | { readonly ok: false; readonly reason: 'guard'; readonly guard: Guard }
  | { readonly ok: false; readonly reason: 'claimed'; readonly claim: Claim; readonly holder: ObjectKey };

/** One line of the ordered change log. */
export interface Change {
  readonly revision: number;
  readonly op: 'create' | 'update' | 'delete';
  readonly key: ObjectKey;
  readonly uid: string;
  /** New state; for a delete the last state. JSON text with the slot. */
  readonly body: string;
  /** State before, with the revision it had; absent for a create. */
  readonly previousBody?: string;
  readonly previousRevision?: number;
  /** Changes of one transaction share it: they are published together or not at all. */
  readonly transaction: number;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly author?: string;
  readonly origin?: string;
}

/** A write that happened, and the revision it got. */
export interface Written {
  readonly write: Exclude<Write, { readonly op: 'check' }>;
  readonly revision: number;
}

/**
 * One commit of this store's own writes, as the writer knows it without reading the log: who knows everything up to
 * `previous` (and nothing less) knows with it everything up to `revision`.
 */
export interface Commit {
  /** The counter before. */
  readonly previous: number;
  /** The counter after; failed writes leave holes below it. */
  readonly revision: number;
  /** In order; each key at most once. */
  readonly written: readonly Written[];
}

export interface ChangePage {
  readonly changes: readonly Change[];
  /** The caller now knows everything up to here: the counter, or the last whole transaction if the page was cut. */
  readonly cursor: number;
  /** Oldest revision from which changes are complete; a reader below it must rebuild. */
  readonly floor: number;
}

/** Part of an object's history: revisions above `after`, up to `upTo`. */
export interface HistoryRange {
  readonly after?: number;
  readonly upTo?: number;
  readonly oldestFirst?: boolean;
}

export interface Snapshot {
  readonly revision: number;
  readonly floor: number;
  /** All rows as of `revision`, in key order, in chunks. */
  readonly rows: AsyncIterable<readonly StoredObject[]>;
}

/** Whether a stored text is not in the form that is wanted: it lacks the mark, or is encrypted where none is wanted. */
export const otherForm = (text: string, mark: string): boolean =>
  mark === '' ? text.startsWith('k8s:enc:') : !text.startsWith(mark);

export interface Store {
  /** Joins the current batch. Resolves when the outcome is durable. Rejects only if the store itself failed. */
  write(write: Write): Promise<WriteOutcome>;
  /** All or nothing, in order, at consecutive revisions. Outcome per write; when any is not ok, nothing happened. */
  transact(writes: readonly Write[]): Promise<readonly WriteOutcome[]>;
  get(key: ObjectKey): Promise<StoredObject | undefined>;
  /** One consistent read of everything: how a cache starts. */
  snapshot(): Promise<Snapshot>;
  changes(after: number, limit: number): Promise<ChangePage>;
  /** The counter as of a moment after the call. Concurrent calls share one read. */
  currentRevision(): Promise<number>;
  /** Calls back after commits (a hint that may be late or lost; a safety poll makes up for it). */
  onAdvance(listener: (revision: number) => void): () => void;
  /** Calls back for each commit of this store itself, in order, before the outcomes of its writes are given. */
  onCommit(listener: (commit: Commit) => void): () => void;
  /** The resource as it was at `revision`; undefined when that is below the floor. */
  listAt(
    resource: ResourceKey,
    namespace: string | undefined,
    revision: number,
  ): Promise<readonly StoredObject[] | undefined>;
  /** Changes of one object, newest first; all of them, or those of a range. */
  history(key: ObjectKey, limit: number, range?: HistoryRange): Promise<readonly Change[]>;
  /** Drops what is older than the retention classes say; returns the new floor. */
  compact(policy: {
    readonly objectsMs: number;
    readonly busyMs: number;
    readonly now: number;
  }): Promise<number>;
  /**
   * Puts other texts in the place of those, of objects and of the log, that do not begin with the mark of their
   * resource. The texts must mean the same: revisions stay, and nobody is told. Returns how many were replaced.
   */
  recode(
    mark: (resource: ResourceKey) => string,
    recode: (key: ObjectKey, text: string) => string,
  ): Promise<number>;
  /** Bytes that the database takes. */
  size(): Promise<number>;
  /**
   * A lock that all stores of the database share. Resolves to how to give it back; undefined when it can't be had in
   * `waitMs`. A name must not be asked for twice at once. Absent: the database is this store's alone.
   */
  lock?(name: string, waitMs: number): Promise<(() => void) | undefined>;
  close(): Promise<void>;
}
