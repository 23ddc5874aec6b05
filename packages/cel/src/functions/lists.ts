import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listType,
  mapType,
  paramType,
  STRING,
  TIMESTAMP,
  type Type,
  UINT,
} from '../check/types.ts';
import { PER_CALL_LIMIT } from '../run/limits.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { showValue } from '../values/text.ts';
import {
  CelDouble,
  CelDuration,
  CelList,
  type CelMap,
  CelUint,
  fail,
  isMap,
  LiteralMap,
  listOf,
  typeName,
  type Value,
} from '../values/values.ts';
import { addValues } from './arithmetic.ts';
import { declare, global, type Library, member } from './declaration.ts';
import { bounded } from './result-limit.ts';

const T = paramType('T');
const LIST = listType(T);
const DYN_LIST = listType(DYN);

const COMPARABLE: readonly (readonly [name: string, type: Type])[] = [
  ['int', INT],
  ['uint', UINT],
  ['double', DOUBLE],
  ['bool', BOOL],
  ['duration', DURATION],
  ['timestamp', TIMESTAMP],
  ['string', STRING],
  ['bytes', BYTES],
];
const ZEROS: readonly (readonly [name: string, type: Type, zero: Value])[] = [
  ['int', INT, 0],
  ['uint', UINT, new CelUint(0n)],
  ['double', DOUBLE, new CelDouble(0)],
  ['duration', DURATION, new CelDuration(0n)],
];

const itemsOf = (list: Value): Value[] => (list as CelList).values();

function order(a: Value, b: Value): number {
  return compareValues(a, b) ?? fail('no such overload');
}

function isSorted(list: Value): Value {
  const items = itemsOf(list);
  return items.every((item, index) => index === 0 || !(order(items[index - 1] as Value, item) > 0));
}

/** The first of the items that come before all others, in the order that `sign` turns round. */
function extreme(name: string, sign: number) {
  return (list: Value): Value => {
    const [first, ...others] = itemsOf(list);
    if (first === undefined) {
      return fail(`${name} called on empty list`);
    }
    return others.reduce((best, item) => (order(best, item) * sign > 0 ? item : best), first);
  };
}

function slice(list: Value, start: Value, end: Value): Value {
  const [from, to] = [Number(start), Number(end)];
  const { size } = list as CelList;
  if (from < 0 || to < 0) {
    fail(`cannot slice(${from}, ${to}), negative indexes not supported`);
  }
  if (from > to) {
    fail(`cannot slice(${from}, ${to}), start index must be less than or equal to end index`);
  }
  return size < to
    ? fail(`cannot slice(${from}, ${to}), list is length ${size}`)
    : listOf(Array.from({ length: to - from }, (_, index) => (list as CelList).at(from + index)));
}

function flatten(list: Value, depth: Value = 1): Value {
  const levels = Number(depth);
  if (levels < 0) {
    fail('level must be non-negative');
  }
  const flat = (items: readonly Value[], left: number): Value[] =>
    items.flatMap((item) => (item instanceof CelList && left > 0 ? flat(itemsOf(item), left - 1) : [item]));
  return listOf(flat(itemsOf(list), levels));
}

function sortByKeys(list: Value, keys: Value): Value {
  const [items, by] = [itemsOf(list), itemsOf(keys)];
  if (items.length !== by.length) {
    fail(
      '@sortByAssociatedKeys() expected a list of the same size as the associated keys list, ' +
        `but got ${items.length} and ${by.length} elements respectively`,
    );
  }
  const [first] = by;
  if (first !== undefined && compareValues(first, first) === undefined) {
    fail('list elements must be comparable');
  }
  if (by.length > 1 && by.some((key) => typeName(key) !== typeName(first ?? null))) {
    fail('list elements must have the same type');
  }
  const indexes = items.map((_, index) => index);
  indexes.sort((a, b) => order(by[a] as Value, by[b] as Value) || a - b);
  return listOf(indexes.map((index) => items[index] as Value));
}

function distinct(list: Value): Value {
  const unique: Value[] = [];
  for (const item of itemsOf(list)) {
    if (!unique.some((known) => equalValues(known, item))) {
      unique.push(item);
    }
  }
  return listOf(unique);
}

function range(count: Value): Value {
  const length = Math.max(0, Number(count));
  return bounded(length, () => listOf(Array.from({ length }, (_, index) => index)), PER_CALL_LIMIT);
}

function indexOf(list: Value, item: Value): Value {
  return itemsOf(list).findIndex((candidate) => equalValues(candidate, item));
}

function lastIndexOf(list: Value, item: Value): Value {
  return itemsOf(list).findLastIndex((candidate) => equalValues(candidate, item));
}

function containsAll(list: Value, wanted: Value): boolean {
  const items = itemsOf(list);
  return itemsOf(wanted).every((item) => items.some((candidate) => equalValues(candidate, item)));
}

function intersects(list: Value, other: Value): Value {
  const items = itemsOf(other);
  return itemsOf(list).some((item) => items.some((candidate) => equalValues(candidate, item)));
}

/** Adds to the map that a loop collects, which is the loop's own. */
function insert(map: Value, key: Value, value: Value): Value {
  const target = map instanceof LiteralMap ? map : fail('no such overload');
  return target.insert(key, value) ? target : fail(`insert failed: key ${showValue(key)} already exists`);
}

function insertAll(map: Value, added: Value): Value {
  const entries = isMap(added) ? added : fail('no such overload');
  return entries
    .keys()
    .reduce((target, key) => insert(target, key, (entries as CelMap).get(key) ?? null), map);
}

/** Lists of Kubernetes and of cel-go (version 3), sets, and what two-variable loops collect maps with. */
export const lists: Library = [
  declare(
    'isSorted',
    ...COMPARABLE.map(([name, type]) =>
      member(`list_${name}_is_sorted_bool`, [listType(type)], BOOL, isSorted),
    ),
  ),
  declare(
    'sum',
    ...ZEROS.map(([name, type, zero]) =>
      member(`list_${name}_sum_${name}`, [listType(type)], type, (list) =>
        itemsOf(list).reduce(addValues, zero),
      ),
    ),
  ),
  declare(
    'max',
    ...COMPARABLE.map(([name, type]) =>
      member(`list_${name}_max_${name}`, [listType(type)], type, extreme('max', -1)),
    ),
  ),
  declare(
    'min',
    ...COMPARABLE.map(([name, type]) =>
      member(`list_${name}_min_${name}`, [listType(type)], type, extreme('min', 1)),
    ),
  ),
  declare('indexOf', member('list_a_index_of_int', [LIST, T], INT, indexOf)),
  declare('lastIndexOf', member('list_a_last_index_of_int', [LIST, T], INT, lastIndexOf)),
  declare('slice', member('list_slice', [LIST, INT, INT], LIST, slice)),
  declare(
    'flatten',
    member('list_flatten', [listType(LIST)], LIST, flatten),
    member('list_flatten_int', [DYN_LIST, INT], DYN_LIST, flatten),
  ),
  declare(
    'sort',
    ...COMPARABLE.map(([name, type]) =>
      member(`list_${name}_sort`, [listType(type)], listType(type), (list) => sortByKeys(list, list)),
    ),
  ),
  declare(
    '@sortByAssociatedKeys',
    ...COMPARABLE.map(([name, type]) =>
      member(`list_${name}_sortByAssociatedKeys`, [LIST, listType(type)], LIST, sortByKeys),
    ),
  ),
  declare('lists.range', global('lists_range', [INT], listType(INT), range)),
  declare(
    'reverse',
    member('list_reverse', [LIST], LIST, (list) => listOf(itemsOf(list).reverse())),
  ),
  declare('distinct', member('list_distinct', [LIST], LIST, distinct)),
  declare('sets.contains', global('list_sets_contains_list', [LIST, LIST], BOOL, containsAll)),
  declare(
    'sets.equivalent',
    global('list_sets_equivalent_list', [LIST, LIST], BOOL, (a, b) => containsAll(a, b) && containsAll(b, a)),
  ),
  declare('sets.intersects', global('list_sets_intersects_list', [LIST, LIST], BOOL, intersects)),
  declare(
    'cel.@mapInsert',
    global(
      '@mapInsert_map_key_value',
      [mapType(paramType('K'), paramType('V')), paramType('K'), paramType('V')],
      mapType(paramType('K'), paramType('V')),
      insert,
    ),
    global(
      '@mapInsert_map_map',
      [mapType(paramType('K'), paramType('V')), mapType(paramType('K'), paramType('V'))],
      mapType(paramType('K'), paramType('V')),
      insertAll,
    ),
  ),
];
