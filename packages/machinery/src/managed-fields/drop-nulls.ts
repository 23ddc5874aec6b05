import { isObject, type JsonObject, setOwn } from '../json.ts';
import type { SchemaView } from '../schema-view.ts';
import { isUntracked } from './untracked.ts';

/**
 * The value without declared fields that are null, as decoding into a type leaves it. Untyped parts keep theirs.
 * Gives the value itself when there are none.
 */
export function withoutNullFields(value: unknown, view: SchemaView): unknown {
  if (view.shape === 'any' || view.shape === 'scalar') return value;
  if (Array.isArray(value)) return withoutNullsInItems(value, view);
  if (!isObject(value)) return value;
  let out: JsonObject | undefined;
  for (const name in value) {
    const old = value[name];
    const declared = view.field(name);
    const child = declared ?? view.values;
    const drop = old === null && declared !== undefined;
    const kept = drop || child === undefined ? old : withoutNullFields(old, child);
    if (!drop && kept === old) continue;
    out ??= { ...value };
    if (drop) delete out[name];
    else setOwn(out, name, kept);
  }
  return out ?? value;
}

function withoutNullsInItems(list: readonly unknown[], view: SchemaView): unknown {
  const items = view.items;
  if (items === undefined) return list;
  let out: unknown[] | undefined;
  for (const [i, item] of list.entries()) {
    const kept = withoutNullFields(item, items);
    if (kept === item) continue;
    out ??= [...list];
    out[i] = kept;
  }
  return out ?? list;
}

/** A configuration whose metadata doesn't null what only the server sets: manifests carry `creationTimestamp: null`. */
export function withoutNullSystemFields(config: JsonObject): JsonObject {
  const metadata = config.metadata;
  if (!isObject(metadata)) return config;
  const kept = Object.entries(metadata).filter(([name, value]) => value !== null || !isUntracked(1, name));
  return { ...config, metadata: Object.fromEntries(kept) };
}
