import { deepEqual, type JsonObject } from '../json.ts';
import type { FieldsV1, KubeObject, ManagedFieldsEntry } from '../object.ts';
import type { SchemaView } from '../schema-view.ts';
import { type Comparison, compareObjects } from './compare.ts';
import {
  capUpdateManagers,
  decodeClientEntries,
  decodeEntries,
  encodeEntries,
  isReset,
  type ManagedEntries,
  makeEntry,
  managerId,
} from './entries.ts';
import {
  difference,
  type FieldSet,
  intersection,
  isEmptySet,
  recursiveDifference,
  union,
} from './field-set.ts';

export interface TrackUpdateOptions {
  /** The stored object; undefined for a create. */
  readonly before: KubeObject | undefined;
  /** What a create is compared with: what is written of an object in which nothing is set. */
  readonly empty?: JsonObject | undefined;
  /** What will be stored, with the managedFields that the client sent, if any. */
  readonly after: KubeObject;
  readonly schema: SchemaView;
  /** Field manager of the request; '' is recorded as `unknown`. */
  readonly manager: string;
  readonly operation: 'Update';
  /** '' for the object itself. */
  readonly subresource: string;
  /** RFC 3339, whole seconds. */
  readonly now: string;
  readonly apiVersion: string;
  /** Fields that this endpoint resets and so never owns, e.g. `{"f:status":{}}`. */
  readonly resetFields?: FieldsV1 | undefined;
}

/** The stored entries, unless the client may and did send its own. */
function currentEntries(options: TrackUpdateOptions): ManagedEntries {
  const stored = options.before?.metadata.managedFields;
  const sent = options.after.metadata.managedFields;
  if (options.subresource === '' && sent !== stored) {
    if (isReset(sent)) return new Map();
    if (sent !== undefined && !deepEqual(sent, stored)) {
      try {
        const entries = decodeClientEntries(sent);
        if (entries.size > 0) return entries;
      } catch {
        // A client that can't write entries must not lose the stored ones.
      }
    }
  }
  return storedEntries(stored);
}

function storedEntries(stored: readonly ManagedFieldsEntry[] | undefined): ManagedEntries {
  try {
    return decodeEntries(stored);
  } catch {
    return new Map();
  }
}

/** Takes changed and removed fields from everybody who owned them, and drops managers left with nothing. */
export function takeFrom(entries: ManagedEntries, comparison: Comparison, except?: string): void {
  const { changed, removed } = comparison;
  for (const [id, entry] of entries) {
    if (id === except) continue;
    const set = difference(difference(entry.set, intersection(entry.set, changed)), removed);
    if (isEmptySet(set)) entries.delete(id);
    else if (set !== entry.set) entries.set(id, { ...entry, set });
  }
}

export function filterComparison(comparison: Comparison, resetFields: FieldSet | undefined): Comparison {
  if (resetFields === undefined) return comparison;
  return {
    changed: recursiveDifference(comparison.changed, resetFields),
    removed: recursiveDifference(comparison.removed, resetFields),
  };
}

/**
 * Records that an updater changed `entries` by one comparison, in place: its fields leave the others, join its own
 * entry, and the entry gets the time. Nothing changes when the comparison found nothing.
 */
export function recordUpdate(
  entries: ManagedEntries,
  comparison: Comparison,
  options: { manager: string; apiVersion: string; subresource: string; now: string },
): void {
  const { apiVersion, subresource } = options;
  const manager = options.manager === '' ? 'unknown' : options.manager;
  const id = managerId(manager, 'Update', apiVersion, subresource);
  takeFrom(entries, comparison);
  if (isEmptySet(comparison.changed)) return;
  const previous = entries.get(id);
  const set = previous === undefined ? comparison.changed : union(previous.set, comparison.changed);
  entries.set(
    id,
    previous === undefined
      ? makeEntry({ manager, operation: 'Update', apiVersion, subresource, time: options.now, set })
      : { ...previous, time: options.now, set },
  );
}

/**
 * managedFields of an object after a create, update or patch other than apply. Undefined when the object isn't
 * tracked: its tracking was reset, or it had none before an update. The stored list itself comes back when nothing
 * changed. Never throws: an object whose lists can't be keyed loses its tracking, as in the original.
 */
export function trackUpdate(options: TrackUpdateOptions): ManagedFieldsEntry[] | undefined {
  const { before, after } = options;
  const entries = currentEntries(options);
  if (entries.size === 0 && before !== undefined) return undefined;
  const stored = before?.metadata.managedFields;
  let comparison: Comparison;
  try {
    comparison = compareObjects(
      (before ?? options.empty ?? {}) as unknown as JsonObject,
      after as unknown as JsonObject,
      options.schema,
    );
  } catch {
    return undefined;
  }
  comparison = filterComparison(comparison, options.resetFields);
  recordUpdate(entries, comparison, options);
  capUpdateManagers(entries);
  const encoded = encodeEntries(entries);
  return sameList(encoded, stored) ? stored : encoded;
}

function sameList(
  a: readonly ManagedFieldsEntry[] | undefined,
  b: readonly ManagedFieldsEntry[] | undefined,
): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((entry, i) => entry === b[i]);
}
