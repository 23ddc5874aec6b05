import { type JsonObject, setOwn } from '@gantry/machinery/json';

/** Entries of maps, in one object, that are one value. */
type Group = Set<readonly [map: JsonObject, key: string]>;

/**
 * Kustomize writes one label or annotation into all fields at once, and they stay one value: whoever changes it in one
 * place, say in metadata.labels, changes it in the selector as well. People rely on what they get, so this is kept.
 */
const GROUPS = new WeakMap<JsonObject, Map<string, Group>>();

/** Makes entries that were just added one value. */
export function share(entries: readonly (readonly [JsonObject, string])[]): void {
  if (entries.length < 2) return;
  const group: Group = new Set(entries);
  for (const [map, key] of entries) {
    const keys = GROUPS.get(map) ?? new Map<string, Group>();
    GROUPS.set(map, keys.set(key, group));
  }
}

/** Changes an entry and those that are one with it. */
export function setShared(map: JsonObject, key: string, value: unknown): void {
  const group = GROUPS.get(map)?.get(key);
  if (group === undefined) setOwn(map, key, value);
  else for (const [other, name] of group) setOwn(other, name, value);
}

/** An entry that goes is one with nothing any more. */
export function dropShared(map: JsonObject, key: string): void {
  const keys = GROUPS.get(map);
  const group = keys?.get(key);
  if (keys === undefined || group === undefined) return;
  keys.delete(key);
  for (const entry of group) if (entry[0] === map && entry[1] === key) group.delete(entry);
}
