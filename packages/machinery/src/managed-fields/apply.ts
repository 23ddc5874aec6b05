import { deepEqual, isObject, type JsonObject } from '../json.ts';
import type { AnyObject, FieldsV1 } from '../object.ts';
import type { SchemaView } from '../schema-view.ts';
import { badRequest, failure, type StatusError } from '../status.ts';
import { compareObjects } from './compare.ts';
import type { FieldConflict } from './conflict.ts';
import { withoutNullFields, withoutNullSystemFields } from './drop-nulls.ts';
import {
  capUpdateManagers,
  decodeEntries,
  encodeEntries,
  equalIgnoringTimes,
  type ManagedEntries,
  makeEntry,
  managerId,
} from './entries.ts';
import { hasPath, intersection, isEmptySet, paths, recursiveDifference } from './field-set.ts';
import { lastAppliedFields, syncLastApplied } from './last-applied.ts';
import { mergeObjects } from './merge.ts';
import { prune } from './prune.ts';
import { toFieldSet } from './to-field-set.ts';
import { filterComparison, recordUpdate, takeFrom } from './track-update.ts';
import { typeErrors } from './validate-typed.ts';

export interface ApplyOptions {
  /** The stored object; undefined when apply creates it. */
  readonly live: AnyObject | undefined;
  readonly config: AnyObject;
  readonly schema: SchemaView;
  readonly manager: string;
  readonly force: boolean;
  /** '' for the object itself. */
  readonly subresource: string;
  /** RFC 3339, whole seconds. */
  readonly now: string;
  readonly apiVersion: string;
  readonly resetFields?: FieldsV1 | undefined;
  /** Fields that are null stay so: of objects that no type of a program reads. */
  readonly keepNulls?: boolean;
}

/** Either the merged object, with its managedFields, or the conflicts that keep it from being made. */
export type ApplyResult =
  | { readonly object: AnyObject; readonly conflicts?: undefined }
  | { readonly object?: undefined; readonly conflicts: readonly FieldConflict[] };

function gvkText(object: AnyObject): string {
  const slash = object.apiVersion.indexOf('/');
  return slash < 0
    ? `/${object.apiVersion}, Kind=${object.kind}`
    : `${object.apiVersion}, Kind=${object.kind}`;
}

/**
 * A failure of the merge itself, in the original's words. The original answers with a bare 500; it is the client's
 * fault, and says so here.
 */
function typedError(step: string, object: AnyObject, details: readonly string[]): StatusError {
  const { namespace, name } = isObject(object.metadata) ? object.metadata : {};
  // The names themselves may be what doesn't fit.
  const key = [namespace, name].map((part) => (typeof part === 'string' ? part : '')).join('/');
  const reason =
    details.length === 1 ? (details[0] ?? '') : `errors:\n${details.map((d) => `  ${d}`).join('\n')}`;
  return badRequest(`${step} (${key}; ${gvkText(object)}): ${reason}`);
}

/** Refuses what doesn't fit the type: unknown fields, values of another type, items that can't be told apart. */
export function checkTyped(config: AnyObject, schema: SchemaView): void {
  const errors = typeErrors(config, schema);
  if (errors.length > 0) throw typedError('failed to create typed patch object', config, errors);
}

function checkConfig({ config, schema, apiVersion }: ApplyOptions): void {
  if (config.apiVersion !== apiVersion) {
    throw badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${config.apiVersion}, expected: ${apiVersion}`,
    );
  }
  if (config.metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil');
  checkTyped(config, schema);
}

function withoutManagedFields(object: AnyObject): JsonObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function liveEntries(live: AnyObject, options: ApplyOptions): ManagedEntries {
  let entries: ManagedEntries;
  try {
    entries = decodeEntries(live.metadata.managedFields);
  } catch (error) {
    throw failure(
      500,
      '',
      `failed to decode managed fields: ${error instanceof Error ? error.message : error}`,
    );
  }
  if (entries.size === 0 && options.live !== undefined) {
    // Fields from before the first apply belong to somebody, so that the apply can conflict with them.
    const comparison = compareObjects({}, live, options.schema);
    const { apiVersion, subresource, now } = options;
    recordUpdate(entries, filterComparison(comparison, options.resetFields), {
      manager: 'before-first-apply',
      apiVersion,
      subresource,
      now,
    });
    capUpdateManagers(entries);
  }
  return entries;
}

function conflictsOf(entries: ManagedEntries, changed: FieldsV1, self: string): FieldConflict[] {
  const conflicts: FieldConflict[] = [];
  for (const id of [...entries.keys()].sort()) {
    const entry = entries.get(id);
    if (entry === undefined || id === self) continue;
    const both = intersection(entry.set, changed);
    if (isEmptySet(both)) continue;
    const { manager, operation, apiVersion, subresource } = entry;
    for (const path of paths(both)) conflicts.push({ manager, operation, apiVersion, subresource, path });
  }
  return conflicts;
}

/** Conflicts that stay when kubectl takes over what its own client-side apply had set. */
function afterUpgrade(conflicts: FieldConflict[], live: JsonObject, options: ApplyOptions): FieldConflict[] {
  if (options.force) return [];
  if (options.manager !== 'kubectl' || conflicts.length === 0) return conflicts;
  const allowed = lastAppliedFields(live, options.schema, options.apiVersion);
  return allowed === undefined ? conflicts : conflicts.filter(({ path }) => !hasPath(allowed, path));
}

/**
 * Server-side apply. Neither `live` nor `config` is changed; the result shares parts of both. `result.object` is
 * `live` itself when the apply changes nothing, apart from times.
 * Throws StatusError for a configuration that doesn't fit the type.
 */
export function applyFields(options: ApplyOptions): ApplyResult {
  checkConfig(options);
  const { config, schema, apiVersion, subresource, now } = options;
  const manager = options.manager === '' ? 'unknown' : options.manager;
  const live: AnyObject = options.live ?? { apiVersion, kind: config.kind, metadata: { name: '' } };
  const base = options.live === undefined ? { apiVersion, kind: config.kind } : withoutManagedFields(live);
  const entries = liveEntries(live, options);
  const id = managerId(manager, 'Apply', apiVersion, subresource);
  const last = entries.get(id);
  try {
    const merged = mergeObjects(base, withoutNullSystemFields(config), schema);
    let set = toFieldSet(config, schema);
    if (options.resetFields !== undefined) set = recursiveDifference(set, options.resetFields);
    entries.set(id, makeEntry({ manager, operation: 'Apply', apiVersion, subresource, time: now, set }));
    const pruned = last === undefined ? merged : prune(merged, entries, last.set, set, schema);
    const comparison = filterComparison(compareObjects(base, pruned, schema), options.resetFields);
    const conflicts = afterUpgrade(conflictsOf(entries, comparison.changed, id), base, options);
    if (conflicts.length > 0) return { conflicts };
    takeFrom(entries, comparison, id);
    if (isEmptySet(set)) entries.delete(id);
    const typed = options.keepNulls === true ? pruned : (withoutNullFields(pruned, schema) as JsonObject);
    const object = manager === 'kubectl' ? syncLastApplied(typed, config) : typed;
    return { object: finish(object, base, entries, options) };
  } catch (error) {
    if (!(error instanceof Error) || 'status' in error) throw error;
    throw typedError('failed to merge config', config, [error.message]);
  }
}

function finish(
  object: JsonObject,
  base: JsonObject,
  entries: ManagedEntries,
  options: ApplyOptions,
): AnyObject {
  const managedFields = encodeEntries(entries);
  const { live } = options;
  if (
    live !== undefined &&
    deepEqual(object, base) &&
    equalIgnoringTimes(managedFields, live.metadata.managedFields)
  ) {
    return live;
  }
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const tracked = managedFields === undefined ? metadata : { ...metadata, managedFields };
  return { ...object, metadata: tracked } as unknown as AnyObject;
}
