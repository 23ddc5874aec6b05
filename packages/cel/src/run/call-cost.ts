import { textLength } from '../values/text.ts';
import {
  CelDouble,
  CelList,
  CelObject,
  CelOpaque,
  CelOptional,
  fieldsOf,
  isMap,
  type Value,
} from '../values/values.ts';

/** Units of the original's cost model. */
export const COST = {
  select: 1,
  list: 10,
  map: 30,
  struct: 40,
  perCharacter: 0.1,
  perPatternCharacter: 0.25,
  authorizationCheck: 350_000,
} as const;

/**
 * What a call costs, from its arguments (target first): most always the same. What can be told before is charged before,
 * so that nothing runs that no one could pay for.
 */
export type CallCost =
  | number
  | ((args: readonly Value[]) => number)
  | { readonly ofResult: (result: Value) => number };

/** Length in the units of the cost model; 1 of what has none. */
export function sizeOf(value: Value | undefined): number {
  if (typeof value === 'string') {
    return textLength(value);
  }
  if (value === null || typeof value !== 'object') {
    return 1;
  }
  if (value instanceof CelList || isMap(value)) {
    return value.size;
  }
  if (value instanceof Uint8Array) {
    return value.length;
  }
  if (value instanceof CelOpaque) {
    return value.size ?? 1;
  }
  return value instanceof CelOptional && value.value !== undefined ? sizeOf(value.value) : 1;
}

const characters = (size: number, factor = 1): number => Math.ceil(size * factor * COST.perCharacter);
const ofTarget = (args: readonly Value[]): number => characters(sizeOf(args[0]));
const ofTargetTwice = (args: readonly Value[]): number => characters(sizeOf(args[0]), 2);

function ofPattern([text, pattern]: readonly Value[]): number {
  return characters(1 + sizeOf(text)) * Math.ceil(sizeOf(pattern) * COST.perPatternCharacter);
}

/** Everything that is inside of a value, once. */
function traversal(value: Value): number {
  if (typeof value === 'string') {
    return Math.floor(Buffer.byteLength(value) * COST.perCharacter);
  }
  if (value instanceof Uint8Array) {
    return Math.floor(value.length * COST.perCharacter);
  }
  if (value instanceof CelList) {
    return value.values().reduce<number>((sum, item) => sum + traversal(item), 0);
  }
  if (value instanceof CelObject) {
    return fieldsOf(value).reduce((sum, [name, field]) => sum + traversal(name) + traversal(field), 0);
  }
  if (isMap(value)) {
    return value
      .keys()
      .reduce<number>((sum, key) => sum + traversal(key) + traversal(value.get(key) ?? null), 0);
  }
  return 1;
}

function ofShorter(args: readonly Value[]): number {
  return characters(Math.min(sizeOf(args[0]), sizeOf(args[1])));
}

function ofBoth(args: readonly Value[]): number {
  return characters(sizeOf(args[0]) + sizeOf(args[1]));
}

function ofEquality(args: readonly Value[]): number {
  return args[0] instanceof CelOpaque ? 1 : ofShorter(args);
}

/** A selector of half as many requirements as it has characters. */
function ofSelector(args: readonly Value[]): number {
  const length = sizeOf(args[1]);
  return COST.list + characters(length) + Math.ceil(length * 0.5) * (COST.list + COST.struct);
}

function ofContainedIp(overload: string) {
  return (args: readonly Value[]): number =>
    characters(sizeOf(args[0]), 2) +
    (overload === 'cidr_contains_ip_string' ? characters(sizeOf(args[1])) : 0);
}

function ofContainedCidr(overload: string) {
  return (args: readonly Value[]): number =>
    characters(sizeOf(args[0]), 2) +
    characters(sizeOf(args[0])) +
    1 +
    (overload === 'cidr_contains_cidr_string' ? characters(sizeOf(args[1])) : 0);
}

/** A format's check counts as matching a pattern of the format's own size. */
function ofFormat([format, text]: readonly Value[]): number {
  const patternSize = format instanceof CelOpaque && 'patternSize' in format ? Number(format.patternSize) : 0;
  return characters(1 + sizeOf(text)) * Math.ceil(patternSize * COST.perPatternCharacter);
}

const ofResult: CallCost = { ofResult: (result) => COST.list + 1 + sizeOf(result) };

function ofComparingAll(list: Value | undefined): number {
  const size = sizeOf(list);
  const first = list instanceof CelList && size > 0 ? list.at(0) : null;
  const perPair = typeof first === 'string' || first instanceof Uint8Array ? 2 + COST.perCharacter : 2;
  return Math.floor(size * size * perPair) + 1 + COST.list;
}

function ofPairs(factor: number) {
  return (args: readonly Value[]): number => 1 + sizeOf(args[0]) * sizeOf(args[1]) * factor;
}

function ofFlattening([list, depth]: readonly Value[]): number {
  const levels = depth === undefined ? 1 : depth instanceof CelDouble ? depth.value : Number(depth);
  return Math.floor(sizeOf(list) * levels) + 1 + COST.list;
}

/** By overload; these win over the function's name. */
const BY_OVERLOAD: Readonly<Record<string, CallCost>> = {
  list_slice: ofResult,
  list_flatten: ofFlattening,
  list_flatten_int: ofFlattening,
  lists_range: ofResult,
  list_reverse: ofResult,
  list_distinct: (args) => ofComparingAll(args[0]),
  cidr_ip: 1,
  list_sets_contains_list: ofPairs(1),
  list_sets_intersects_list: ofPairs(1),
  list_sets_equivalent_list: ofPairs(2),
};

const NAMES_OF_ONE =
  'serviceAccount path group resource subresource namespace name allowed reason error errored masked prefixLength ' +
  'family isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast format.named sign asInteger ' +
  'isInteger asApproximateFloat isGreaterThan isLessThan compareTo add sub major minor patch getScheme getHostname ' +
  'getHost getPort getEscapedPath getQuery';

const BY_NAME: Readonly<Record<string, CallCost>> = {
  ...Object.fromEntries(NAMES_OF_ONE.split(' ').map((name) => [name, 1])),
  ...Object.fromEntries(
    ['isSorted', 'sum', 'max', 'min', 'indexOf', 'lastIndexOf'].map((name) => [
      name,
      ([list]: readonly Value[]) => traversal(list ?? null),
    ]),
  ),
  ...Object.fromEntries(
    'url lowerAscii upperAscii substring trim jsonpatch.escapeKey cidr isIP isCIDR ip quantity isQuantity semver isSemver'
      .split(' ')
      .map((name) => [name, ofTarget]),
  ),
  check: COST.authorizationCheck,
  fieldSelector: ofSelector,
  labelSelector: ofSelector,
  replace: ofTargetTwice,
  split: ofTargetTwice,
  join: { ofResult: (result) => characters(sizeOf(result), 2) },
  find: ofPattern,
  findAll: ofPattern,
  'ip.isCanonical': ofTargetTwice,
  validate: ofFormat,
  '_==_': ofEquality,
};

/** The language's own functions, whose cost depends on the overload being known. */
const STANDARD: Readonly<Record<string, CallCost>> = {
  ...Object.fromEntries(
    [
      'starts_with_string',
      'ends_with_string',
      'string_to_bytes',
      'bytes_to_string',
      'strings_quote',
      'string_format',
    ].map((id) => [id, ofTarget]),
  ),
  ...Object.fromEntries(
    ['less', 'less_equals', 'greater', 'greater_equals'].flatMap((id) => [
      [`${id}_string`, ofShorter],
      [`${id}_bytes`, ofShorter],
    ]),
  ),
  in_list: (args) => sizeOf(args[1]),
  equals: ofShorter,
  not_equals: ofShorter,
  add_string: ofBoth,
  add_bytes: ofBoth,
  matches_string: ofPattern,
  contains_string: (args) => ofTarget(args) * characters(sizeOf(args[1])),
};

/** `overload` is '' where several fit and only the arguments decide. */
export function callCost(name: string, overload: string): CallCost {
  if (/^list_.*_sortByAssociatedKeys$/.test(overload)) {
    return (args) => ofComparingAll(args[1]);
  }
  if (/^list_.*_sort$/.test(overload)) {
    return (args) => ofComparingAll(args[0]);
  }
  if (name === 'containsIP') {
    return ofContainedIp(overload);
  }
  if (name === 'containsCIDR') {
    return ofContainedCidr(overload);
  }
  return own(BY_OVERLOAD, overload) ?? own(BY_NAME, name) ?? own(STANDARD, overload) ?? 1;
}

function own(costs: Readonly<Record<string, CallCost>>, key: string): CallCost | undefined {
  return Object.hasOwn(costs, key) ? costs[key] : undefined;
}
