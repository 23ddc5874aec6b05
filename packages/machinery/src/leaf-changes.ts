import { deepEqual, getOwn, isObject, type JsonObject } from './json.ts';

/** Steps to a field: names of fields, and indices of list items. */
export type FieldPath = readonly (string | number)[];

/** A field without fields below in which two states of an object differ. Absent is undefined. */
export interface LeafChange {
  /** In the state after; where an item is gone, its index before. */
  readonly path: FieldPath;
  readonly before: unknown;
  readonly after: unknown;
}

/** What items of lists are told apart by, where every item has one of its own. The first that fits counts. */
const ITEM_KEYS = [
  'name',
  'containerPort',
  'port',
  'key',
  'type',
  'mountPath',
  'devicePath',
  'ip',
  'topologyKey',
  'uid',
] as const;

/** `spec.ports[0].port`, `metadata.labels[app.kubernetes.io/name]` */
export function formatFieldPath(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'string' && /^[\w-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${step}]`;
  }
  return text;
}

type Keys = ReadonlyMap<unknown, number>;

function keysBy(list: readonly unknown[], field: string): Keys | undefined {
  const keys = new Map<unknown, number>();
  for (const [index, item] of list.entries()) {
    const key = isObject(item) ? getOwn(item, field) : undefined;
    if ((typeof key !== 'string' && typeof key !== 'number') || keys.has(key)) return undefined;
    keys.set(key, index);
  }
  return keys;
}

/** Indices of the items that belong together; undefined when they have no keys or stand in another order. */
export function pairItems(
  before: readonly unknown[],
  after: readonly unknown[],
): (readonly [number | undefined, number | undefined])[] | undefined {
  for (const field of ITEM_KEYS) {
    const old = keysBy(before, field);
    const now = old === undefined ? undefined : keysBy(after, field);
    if (old === undefined || now === undefined) continue;
    const pairs: (readonly [number | undefined, number | undefined])[] = [];
    let last = -1;
    for (const [key, index] of now) {
      const was = old.get(key);
      if (was !== undefined && was < last) return undefined;
      last = was ?? last;
      pairs.push([was, index]);
    }
    for (const [key, index] of old) if (!now.has(key)) pairs.push([index, undefined]);
    return pairs;
  }
  return undefined;
}

/** Index of the item of a list that stands for the same as `item`, found at `index` of another state of the list. */
export function itemLike(list: readonly unknown[], item: unknown, index: number): number | undefined {
  if (isObject(item)) {
    for (const field of ITEM_KEYS) {
      const keys = keysBy(list, field);
      const key = getOwn(item, field);
      if (keys !== undefined && key !== undefined) return keys.get(key);
    }
  } else {
    const at = list.indexOf(item);
    if (at >= 0) return at;
  }
  return index < list.length ? index : undefined;
}

const pairByIndex = (before: readonly unknown[], after: readonly unknown[]) =>
  Array.from(
    { length: Math.max(before.length, after.length) },
    (_, index) =>
      [index < before.length ? index : undefined, index < after.length ? index : undefined] as const,
  );

const isEmpty = (value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;

/** Neither is something else, and one of them has fields below. */
const both = <T>(is: (value: unknown) => value is T, a: unknown, b: unknown): boolean =>
  (is(a) || a === undefined) &&
  (is(b) || b === undefined) &&
  !(a === undefined && isEmpty(b)) &&
  !(b === undefined && isEmpty(a));

/**
 * The leaves in which two states of an object differ, in the order of their fields, at most `max`. Items of lists are
 * compared with the item of the same name (or what else tells them apart), so that one more in front is one change.
 * `skip` leaves out a field and all below.
 */
export function leafChanges(
  before: unknown,
  after: unknown,
  max: number,
  skip: (path: FieldPath) => boolean = () => false,
): LeafChange[] {
  const changes: LeafChange[] = [];
  const walk = (a: unknown, b: unknown, path: FieldPath): void => {
    if (changes.length >= max || skip(path) || deepEqual(a, b)) return;
    if (both(isObject, a, b)) {
      const [old, now] = [(a ?? {}) as JsonObject, (b ?? {}) as JsonObject];
      for (const key of new Set([...Object.keys(old), ...Object.keys(now)]))
        walk(getOwn(old, key), getOwn(now, key), [...path, key]);
    } else if (both(Array.isArray, a, b)) {
      const [old, now] = [(a ?? []) as unknown[], (b ?? []) as unknown[]];
      for (const [was, is] of pairItems(old, now) ?? pairByIndex(old, now))
        walk(was === undefined ? undefined : old[was], is === undefined ? undefined : now[is], [
          ...path,
          is ?? was ?? 0,
        ]);
    } else changes.push({ path, before: a, after: b });
  };
  walk(before, after, []);
  return changes;
}
