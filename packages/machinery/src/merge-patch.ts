import { deepClone, isObject, type JsonObject, setOwn } from './json.ts';

/** RFC 7386: null removes, objects merge, everything else replaces. Neither argument is changed. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return deepClone(patch);
  const out: JsonObject = isObject(target) ? { ...target } : {};
  for (const key in patch) {
    const value = patch[key];
    if (value === null) delete out[key];
    else setOwn(out, key, mergePatch(Object.hasOwn(out, key) ? out[key] : undefined, value));
  }
  return out;
}

/** The smallest merge patch that turns `from` into `to`; undefined when they are equal. */
export function createMergePatch(from: JsonObject, to: JsonObject): JsonObject | undefined {
  const patch: JsonObject = {};
  let changed = false;
  const put = (key: string, value: unknown): void => {
    setOwn(patch, key, value);
    changed = true;
  };
  for (const key in to) {
    const old = Object.hasOwn(from, key) ? from[key] : undefined;
    const next = to[key];
    if (isObject(old) && isObject(next)) {
      const inner = createMergePatch(old, next);
      if (inner !== undefined) put(key, inner);
    } else if (old === undefined || JSON.stringify(old) !== JSON.stringify(next)) {
      put(key, next);
    }
  }
  for (const key in from) if (!Object.hasOwn(to, key)) put(key, null);
  return changed ? patch : undefined;
}
