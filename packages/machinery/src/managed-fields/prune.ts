import type { JsonObject } from '../json.ts';
import type { SchemaView } from '../schema-view.ts';
import type { ManagedEntries } from './entries.ts';
import { difference, EMPTY_SET, type FieldSet, intersection, isEmptySet, union } from './field-set.ts';
import { removeFields, withNamedFields } from './remove.ts';
import { toFieldSet } from './to-field-set.ts';

/** Metadata itself is never removed: what nobody owns there (name, uid …) isn't in any set. */
const METADATA: FieldSet = { 'f:metadata': {} };

/**
 * Removes what the applier set last time (`last`), doesn't set now (`now`), and nobody else owns. `entries` already
 * holds the applier's new set.
 */
export function prune(
  merged: JsonObject,
  entries: ManagedEntries,
  last: FieldSet,
  now: FieldSet,
  view: SchemaView,
): JsonObject {
  if (isEmptySet(difference(last, now))) return merged;
  const named = (set: FieldSet): FieldSet => difference(withNamedFields(set, view), METADATA);
  const fieldsOf = (object: JsonObject): FieldSet => named(toFieldSet(object, view));
  const all = fieldsOf(merged);
  const lastNamed = named(last);

  // First everything of the last apply goes, then what anybody owns now comes back.
  const bare = removeFields(merged, lastNamed, view);
  let owned: FieldSet = EMPTY_SET;
  for (const entry of entries.values()) owned = union(owned, entry.set);
  const kept = removeFields(merged, difference(all, union(fieldsOf(bare), named(owned))), view);

  // What fell with a parent but was never applied by this manager comes back too.
  const gone = intersection(difference(all, fieldsOf(kept)), lastNamed);
  return removeFields(merged, gone, view);
}
