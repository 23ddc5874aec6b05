import type { FieldValidation } from '@gantry/api/compile';
import type { AnyObject } from '@gantry/machinery/object';
import type { ObjectKey, Write } from '@gantry/store/port';
import type { Entry } from '../cache/entry.ts';
import type { RequestAttributes, StateReader, UserInfo } from '../request.ts';
import type { HeldClaim } from './hooks.ts';
import type { Releases } from './releases.ts';
import type { ApiResource } from './resource.ts';

/** What the write path reads: the cache, or an overlay of it that holds what a transaction has made so far. */
export interface StateView extends StateReader {
  entry(key: ObjectKey): Entry | undefined;
}

/** One write request, whatever its verb; the same for REST, for tRPC and inside an ApplySet. */
export interface WriteContext {
  readonly resource: ApiResource;
  readonly attributes: RequestAttributes;
  readonly user: UserInfo;
  readonly dryRun: boolean;
  readonly state: StateView;
  readonly fieldManager: string;
  readonly fieldValidation: FieldValidation;
  readonly options: Readonly<Record<string, unknown>>;
  readonly now: Date;
  /** Counts reruns after a lost race. */
  readonly attempt: number;
  /** Run by whoever stores what was planned, or drops it. */
  readonly releases?: Releases;
  /** Commit that the change comes from. */
  readonly origin?: string;
  /** Shown the object before and after mutating admission: a plan tells what that set. Absent: nobody asks. */
  aroundAdmission?(object: AnyObject, step: 'before' | 'after'): void;
  warn(text: string): void;
  /** Adds an annotation to the request's audit event; absent when nothing is recorded. */
  annotate?(key: string, value: string, level?: 'Request'): void;
}

/** A write that passed everything and only has to be stored. */
export interface PreparedWrite {
  readonly context: WriteContext;
  readonly key: ObjectKey;
  /** Of op `check` when nothing would change. */
  readonly write: Write;
  /** Writes of other objects that belong to it. */
  readonly along: readonly Write[];
  readonly claims: readonly HeldClaim[];
  /** As stored, with the slot; of a delete, the last state. */
  readonly body: string;
  /** In the served version. */
  readonly object: AnyObject;
  readonly uid: string;
  readonly before: Entry | undefined;
  readonly operation: 'create' | 'update' | 'none' | 'delete';
  /** The client named the version or uid it wants to change: a conflict is its to solve. */
  readonly pinned: boolean;
  /** The server made up the name: another one will do. */
  readonly generated?: boolean;
}

export const RFC3339 = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

export const keyOf = (resource: ApiResource, namespace: string, name: string): ObjectKey => ({
  resource: resource.storage,
  namespace: resource.kind.namespaced ? namespace : '',
  name,
});
