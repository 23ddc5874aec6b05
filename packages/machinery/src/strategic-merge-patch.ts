import { goText } from './go-text.ts';
import { deepClone, isObject, type JsonObject, setOwn } from './json.ts';
import { childView, type SchemaView, UNTYPED } from './schema-view.ts';
import { badRequest, unprocessablePatch } from './status.ts';
import { normaliseOrder, type Order, partition } from './strategic-order.ts';

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const SET_ORDER = '$setElementOrder/';
const DELETE_PRIMITIVES = '$deleteFromPrimitiveList/';

const badFormat = (what: string): Error => badRequest(`invalid patch format of ${what}`);

/** The strategy apart from retainKeys, which only clients that make patches act on. */
function strategyOf(view: SchemaView): string {
  const own = view.patchStrategy.split(',').filter((strategy) => strategy !== 'retainKeys');
  return own[0] ?? '';
}

/**
 * Applies a strategic merge patch to a copy of `original`. Lists merge by key where the type says so, and the
 * directives `$patch`, `$retainKeys`, `$setElementOrder/…` and `$deleteFromPrimitiveList/…` are obeyed.
 * Throws StatusError: 400 for a malformed patch, 422 for lists of lists.
 */
export function strategicMergePatch(original: JsonObject, patch: JsonObject, view: SchemaView): JsonObject {
  return mergeMaps(deepClone(original), deepClone(patch), view);
}

/** Both arguments are private copies that may be changed. */
function mergeMaps(original: JsonObject, patch: JsonObject, view: SchemaView): JsonObject {
  if (Object.hasOwn(patch, DIRECTIVE)) return obeyDirective(patch);
  retainKeys(original, patch);
  mergeOrderedLists(original, patch, view);
  for (const key of Object.keys(patch)) {
    if (key.startsWith(DELETE_PRIMITIVES)) deleteFromList(original, key, patch[key]);
    else mergeField(original, key, patch[key], view);
  }
  return original;
}

function obeyDirective(patch: JsonObject): JsonObject {
  const { [DIRECTIVE]: directive, ...rest } = patch;
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw badRequest(
    `unknown patch type: ${typeof directive === 'string' ? directive : goText(directive)} in map: ${goText(patch)}`,
  );
}

function mergeField(original: JsonObject, key: string, value: unknown, view: SchemaView): void {
  if (value === null) {
    delete original[key];
    return;
  }
  const old = Object.hasOwn(original, key) ? original[key] : undefined;
  const child = childView(view, key);
  if (isObject(old) && isObject(value)) {
    setOwn(original, key, strategyOf(child) === 'replace' ? value : mergeMaps(old, value, child));
  } else if (Array.isArray(old) && Array.isArray(value)) {
    setOwn(original, key, strategyOf(child) === 'merge' ? mergeLists(old, value, child) : value);
  } else {
    const kept = withoutDirectives(isObject(value) || Array.isArray(value) ? withoutNulls(value) : value);
    if (kept === undefined) delete original[key];
    else setOwn(original, key, kept);
  }
}

/** Nulls in parts that are new would otherwise stay as values. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const key in value) if (value[key] !== null) setOwn(out, key, withoutNulls(value[key]));
  return out;
}

/** The value without objects that carry `$patch`; undefined when it is one itself. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, DIRECTIVE)) return undefined;
  const out: JsonObject = {};
  for (const key in value) {
    const kept = withoutDirectives(value[key]);
    if (kept !== undefined) setOwn(out, key, kept);
  }
  return out;
}

function retainKeys(original: JsonObject, patch: JsonObject): void {
  if (!Object.hasOwn(patch, RETAIN_KEYS)) return;
  const list = patch[RETAIN_KEYS];
  delete patch[RETAIN_KEYS];
  if (!Array.isArray(list)) throw badFormat('retainKeys');
  const keep = new Set<unknown>(list);
  for (const key in patch) {
    const directive = key.startsWith(DELETE_PRIMITIVES) || key.startsWith(SET_ORDER);
    if (patch[key] !== null && !directive && !keep.has(key)) throw badFormat('retainKeys');
  }
  for (const key of Object.keys(original)) if (!keep.has(key)) delete original[key];
}

function deleteFromList(original: JsonObject, directive: string, value: unknown): void {
  const key = directive.slice(DELETE_PRIMITIVES.length);
  if (value === null) {
    delete original[key];
    return;
  }
  const list = Object.hasOwn(original, key) ? original[key] : undefined;
  if (!Array.isArray(list)) return;
  if (!Array.isArray(value)) throw badFormat('primitive list');
  const gone = new Set<unknown>(value);
  setOwn(
    original,
    key,
    list.filter((item) => !gone.has(item)),
  );
}

/** Handles `$setElementOrder/list` together with the list it orders, and takes both out of the patch. */
function mergeOrderedLists(original: JsonObject, patch: JsonObject, view: SchemaView): void {
  for (const directive of Object.keys(patch)) {
    if (!directive.startsWith(SET_ORDER)) continue;
    const order = patch[directive];
    delete patch[directive];
    if (!Array.isArray(order)) throw badFormat('setElementOrder list');
    const key = directive.slice(SET_ORDER.length);
    const child = childView(view, key);
    const old = listOf(original, key);
    const change = listOf(patch, key);
    checkOrder(change ?? [], order, child.patchMergeKey);
    if (old === undefined && change === undefined) continue;
    const merged = mergedList(old, change, child);
    const split = partition(merged, order, child.patchMergeKey);
    setOwn(original, key, normaliseOrder(split.present, split.rest, order, old ?? [], child.patchMergeKey));
    delete patch[key];
  }
}

function mergedList(old: unknown[] | undefined, change: unknown[] | undefined, view: SchemaView): unknown[] {
  if (change === undefined) return old ?? [];
  if (old === undefined) return withoutDirectives(change) as unknown[];
  return strategyOf(view) === 'merge' ? mergeLists(old, change, view) : change;
}

function listOf(object: JsonObject, key: string): unknown[] | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw badRequest(`expected a []interface {}, but received a ${goTypeOf(value)}`);
  return value;
}

function goTypeOf(value: unknown): string {
  if (isObject(value)) return 'map[string]interface {}';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'bool' : 'int64';
}

/** Items of the patch must stand in the order that `$setElementOrder` gives. */
function checkOrder(change: readonly unknown[], order: Order, mergeKey: string): void {
  if (order.length === 0 || change.length === 0) return;
  const items = change.filter((item) => !isObject(item) || !Object.hasOwn(item, DIRECTIVE));
  let next = 0;
  for (const wanted of order) {
    if (next >= items.length) return;
    if (keyOf(items[next], mergeKey) === keyOf(wanted, mergeKey)) next++;
  }
  if (next < items.length) {
    throw badRequest(
      `The order in patch list:\n${goText(change)}\n doesn't match ${SET_ORDER.slice(0, -1)} list:\n${goText(order)}\n`,
    );
  }
}

function keyOf(item: unknown, mergeKey: string): unknown {
  if (mergeKey === '') return item;
  if (!isObject(item))
    throw badRequest(`expected a map[string]interface {}, but received a ${goTypeOf(item)}`);
  const key = item[mergeKey];
  if (key === undefined) {
    throw badRequest(`map: ${goText(item)} does not contain declared merge key: ${mergeKey}`);
  }
  return key;
}

function checkSameType(lists: readonly (readonly unknown[])[]): void {
  let first: string | undefined;
  for (const item of lists.flat()) {
    if (Array.isArray(item)) throw unprocessablePatch();
    const type = goTypeOf(item);
    first ??= type;
    if (type !== first) throw badRequest(`list element types are not identical: ${goText(lists)}`);
  }
}

function mergeLists(old: unknown[], change: unknown[], view: SchemaView): unknown[] {
  if (old.length === 0 && change.length === 0) return old;
  checkSameType([old, change]);
  const maps = isObject(change[0] ?? old[0]);
  if (!maps) {
    const merged = [...new Set([...old, ...change])];
    const split = partition(merged, change, '');
    return normaliseOrder(split.present, split.rest, change, old, '');
  }
  const mergeKey = view.patchMergeKey;
  if (mergeKey === '') throw badRequest('cannot merge lists without merge key');
  const { list, items } = obeyListDirectives(old as JsonObject[], change as JsonObject[], mergeKey);
  const serverOrder = [...list];
  mergeItems(list, items, mergeKey, view.items ?? UNTYPED);
  const split = partition(list, items, mergeKey);
  return normaliseOrder(split.present, split.rest, items, serverOrder, mergeKey);
}

/** Acts on list items that carry `$patch`; gives the list to merge into and the items that are left. */
function obeyListDirectives(
  old: readonly JsonObject[],
  change: readonly JsonObject[],
  mergeKey: string,
): { list: JsonObject[]; items: JsonObject[] } {
  let list = [...old];
  const items: JsonObject[] = [];
  let replace = false;
  for (const item of change) {
    const directive = item[DIRECTIVE];
    if (directive === undefined) {
      items.push(item);
    } else if (directive === 'delete') {
      const key = keyOf(item, mergeKey);
      list = list.filter((other) => other[mergeKey] !== key);
    } else if (directive === 'replace') {
      replace = true;
    } else if (directive === 'merge') {
      throw badRequest('merging lists cannot yet be specified in the patch');
    } else {
      throw badRequest(
        `unknown patch type: ${typeof directive === 'string' ? directive : goText(directive)} in map: ${goText(item)}`,
      );
    }
  }
  return replace ? { list: items, items: [] } : { list, items };
}

function mergeItems(
  list: JsonObject[],
  items: readonly JsonObject[],
  mergeKey: string,
  view: SchemaView,
): void {
  const places = new Map<unknown, number>();
  list.forEach((item, i) => {
    const key = item[mergeKey];
    if (key !== undefined && !places.has(key)) places.set(key, i);
  });
  for (const item of items) {
    const key = keyOf(item, mergeKey);
    const place = places.get(key);
    const old = place === undefined ? undefined : list[place];
    if (place === undefined || old === undefined) {
      places.set(key, list.length);
      list.push(withoutDirectives(item) as JsonObject);
    } else {
      list[place] = mergeMaps(old, item, view);
    }
  }
}
