import { formatType, nameOf, type Type } from '../check/types.ts';
import type { CostRange } from '../port.ts';
import { COST } from '../run/call-cost.ts';
import { fixed, product, scale, sum, UNKNOWN, UNLIMITED, union } from './range.ts';

/** What an estimate may look at of a target or an argument. */
export interface Node {
  readonly type: Type;
  /** Undefined: unknown. */
  readonly size: CostRange | undefined;
  /** Size of the elements of a list, if declared. */
  readonly itemSize: CostRange | undefined;
  /** The value of a literal int. */
  readonly literal: number | undefined;
}

export interface CallEstimate {
  readonly cost: CostRange;
  readonly resultSize?: CostRange;
}

type Estimator = (
  target: Node | undefined,
  args: readonly Node[],
  overload: string,
) => CallEstimate | undefined;

const sizeOf = (node: Node | undefined): CostRange => node?.size ?? UNKNOWN;
const characters = (size: CostRange, factor = 1): CostRange => scale(size, factor * COST.perCharacter);
const ONE: CallEstimate = { cost: fixed(1) };

const always: Estimator = () => ONE;
const ofArgument: Estimator = (_target, [arg]) => arg && { cost: characters(sizeOf(arg)) };
const ofArgumentWithSize: Estimator = (_target, [arg]) =>
  arg && { cost: characters(sizeOf(arg)), resultSize: sizeOf(arg) };
const ofTargetWithSize: Estimator = (target) =>
  target && { cost: characters(sizeOf(target)), resultSize: sizeOf(target) };

const ofSelector: Estimator = (_target, [arg]) => {
  const length = sizeOf(arg);
  return {
    cost: sum(fixed(COST.list), characters(length), scale(scale(length, 0.5), COST.list + COST.struct)),
  };
};

const ofTraversal: Estimator = (target) => {
  if (!target) {
    return undefined;
  }
  const [element] = 'params' in target.type ? target.type.params : [];
  if (!element) {
    return { cost: characters(sizeOf(target)) };
  }
  const hasSize = element.kind === 'string' || element.kind === 'bytes';
  const perItem = hasSize ? sum(fixed(1), characters(target.itemSize ?? UNKNOWN)) : fixed(1);
  return { cost: product(sizeOf(target), perItem) };
};

/** How often `old` fits into the text decides how long the result is. */
const ofReplace: Estimator = (target, [old, replacement]) => {
  if (!target || !old || !replacement) {
    return undefined;
  }
  const [text, gone, put] = [sizeOf(target), sizeOf(old), sizeOf(replacement)];
  const most =
    gone.min === 0
      ? [text.max + 1, text.max]
      : put.max <= gone.min
        ? [0, text.max]
        : [Math.ceil(text.max / gone.min), 0];
  const least =
    gone.max === 0
      ? [text.min + 1, text.min]
      : gone.max <= put.min
        ? [0, text.min]
        : [Math.ceil(text.min / gone.max), 0];
  const count = { min: least[0] as number, max: most[0] as number };
  const kept = { min: least[1] as number, max: most[1] as number };
  return { cost: characters(text, 2), resultSize: sum(product(count, put), kept) };
};

const ofSplit: Estimator = (target, args) => {
  const size = sizeOf(target);
  return { cost: characters(size, 2), resultSize: { min: 0, max: args[1]?.literal ?? size.max } };
};

const ofJoin: Estimator = (target, [separator]) => {
  const list = sizeOf(target);
  const items = product(list, target?.itemSize ?? UNKNOWN);
  const between = { min: Math.max(list.min - 1, 0), max: Math.max(list.max - 1, 0) };
  const size = separator ? sum(items, product(sizeOf(separator), between)) : items;
  return { cost: characters(size), resultSize: size };
};

function patternCost(text: Node | undefined, pattern: Node | undefined): CostRange {
  return product(characters(sum(sizeOf(text), fixed(1))), scale(sizeOf(pattern), COST.perPatternCharacter));
}

const ofFind: Estimator = (target, [pattern]) =>
  target &&
  pattern && { cost: patternCost(target, pattern), resultSize: { min: 0, max: sizeOf(target).max } };

const ADDRESS_SIZE: CostRange = { min: 4, max: 16 };

const ofContained: Estimator = (_target, [arg], overload) => {
  const isCidr = overload.startsWith('cidr_contains_cidr');
  const compared = characters(sum(ADDRESS_SIZE, ADDRESS_SIZE));
  const masked = isCidr ? sum(characters(ADDRESS_SIZE), fixed(1)) : fixed(0);
  return { cost: sum(compared, masked, overload.endsWith('_string') ? characters(sizeOf(arg)) : fixed(0)) };
};

const MAX_FORMAT_PATTERN = 128;
const MAX_FORMAT_SIZE = 64;

const ofFormat: Estimator = (_target, [arg]) => ({
  cost: scale(characters(sizeOf(arg)), MAX_FORMAT_PATTERN * COST.perPatternCharacter),
});

/** Types whose values compare in one step. */
const SIMPLE =
  /^(?:net\.(?:IP|CIDR)|kubernetes\.(?:Quantity|Semver|authorization\.(?:Authorizer|PathCheck|GroupCheck|ResourceCheck|Decision)))$/;

const ofEquality: Estimator = (_target, [left, right]) => {
  if (!left || !right || formatType(left.type) !== formatType(right.type)) {
    return undefined;
  }
  const name = nameOf(left.type);
  if (SIMPLE.test(name)) {
    return ONE;
  }
  if (name === 'kubernetes.NamedFormat') {
    return { cost: characters({ min: 1, max: MAX_FORMAT_SIZE }) };
  }
  return name === 'kubernetes.URL' ? { cost: characters({ min: 1, max: right.size?.max ?? 1 }) } : undefined;
};

/** Lists of cel-go, which are made anew. */
function madeList(factor: number, size: CostRange): CallEstimate {
  return { cost: sum(scale(size, factor), fixed(1 + COST.list)), resultSize: size };
}

function ofComparingAll(node: Node | undefined, element: string): CallEstimate {
  const size = sizeOf(node);
  const factor = element === 'string' || element === 'bytes' ? 2 + COST.perCharacter : 2;
  return madeList(factor, product(size, size));
}

const LISTS: Readonly<Record<string, Estimator>> = {
  list_slice: (target, [start, end]) =>
    madeList(1, fixed(Math.max(0, (end?.literal ?? sizeOf(target).max) - (start?.literal ?? 0)))),
  lists_range: (_target, [count]) => madeList(1, fixed(count?.literal ?? UNLIMITED)),
  list_reverse: (target) => madeList(1, sizeOf(target)),
  list_flatten: (target) => madeList(1, sizeOf(target)),
  list_flatten_int: (target, [depth]) => madeList(depth?.literal ?? UNLIMITED, sizeOf(target)),
  list_distinct: (target) => ofComparingAll(target, ''),
};

function pairs(factor: number): Estimator {
  return (_target, [a, b]) => ({ cost: sum(scale(product(sizeOf(a), sizeOf(b)), factor), fixed(1)) });
}

const BY_OVERLOAD: Readonly<Record<string, Estimator>> = {
  ...LISTS,
  list_sets_contains_list: pairs(1),
  list_sets_intersects_list: pairs(1),
  list_sets_equivalent_list: pairs(2),
  cidr_ip: always,
};

function named(names: string, estimator: Estimator): Readonly<Record<string, Estimator>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, estimator]));
}

const BY_NAME: Readonly<Record<string, Estimator>> = {
  ...named(
    'serviceAccount path group resource subresource namespace name allowed reason error errored masked prefixLength ' +
      'family isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast format.named sign ' +
      'asInteger isInteger asApproximateFloat isGreaterThan isLessThan compareTo add sub major minor patch getScheme ' +
      'getHostname getHost getPort getEscapedPath getQuery',
    always,
  ),
  ...named('isSorted sum max min indexOf lastIndexOf', ofTraversal),
  ...named('url jsonpatch.escapeKey', ofArgumentWithSize),
  ...named('lowerAscii upperAscii substring trim', ofTargetWithSize),
  ...named('cidr isIP isCIDR ip quantity isQuantity semver isSemver', ofArgument),
  ...named('fieldSelector labelSelector', ofSelector),
  ...named('find findAll', ofFind),
  ...named('containsIP containsCIDR', ofContained),
  check: () => ({ cost: fixed(COST.authorizationCheck) }),
  replace: ofReplace,
  split: ofSplit,
  join: ofJoin,
  'ip.isCanonical': (_target, [arg]) => arg && { cost: characters(sizeOf(arg), 2) },
  validate: ofFormat,
  '_==_': ofEquality,
};

function ofShorter(a: Node | undefined, b: Node | undefined): CallEstimate {
  const smallest = Math.min(sizeOf(a).max, sizeOf(b).max);
  return { cost: characters({ min: smallest > 0 ? 1 : 0, max: smallest }) };
}

const comparing: Estimator = (_target, [a, b]) => ofShorter(a, b);
const prefixed: Estimator = (_target, [part]) => part && { cost: characters(sizeOf(part)) };
const joined: Estimator = (_target, [a, b]) => {
  const size = sum(sizeOf(a), sizeOf(b));
  return { cost: characters(size), resultSize: size };
};

/** The language's own functions. */
const STANDARD: Readonly<Record<string, Estimator>> = {
  ...named('starts_with_string ends_with_string', prefixed),
  ...named(
    ['less', 'less_equals', 'greater', 'greater_equals'].map((id) => `${id}_string ${id}_bytes`).join(' '),
    comparing,
  ),
  ...named('equals not_equals', comparing),
  ...named('add_string add_bytes', joined),
  add_list: (_target, [a, b]) => ({ cost: fixed(1), resultSize: sum(sizeOf(a), sizeOf(b)) }),
  string_format: (target) => target && { cost: characters(sizeOf(target)) },
  string_to_bytes: (_target, [arg]) => ({
    cost: characters(sizeOf(arg)),
    resultSize: { min: sizeOf(arg).min, max: sizeOf(arg).max * 4 },
  }),
  bytes_to_string: (_target, [arg]) => ({
    cost: characters(sizeOf(arg)),
    resultSize: { min: Math.floor(sizeOf(arg).min / 4), max: sizeOf(arg).max },
  }),
  strings_quote: (_target, [arg]) => ({
    cost: characters(sizeOf(arg)),
    resultSize: { min: sizeOf(arg).min + 2, max: sizeOf(arg).max * 2 + 2 },
  }),
  in_list: (_target, [, list]) => ({ cost: sizeOf(list) }),
  matches_string: (target, [pattern]) => target && { cost: patternCost(target, pattern) },
  contains_string: (target, [part]) =>
    target && { cost: product(characters(sizeOf(target)), characters(sizeOf(part))) },
};

/** What a call may cost besides its arguments. */
export function estimateCall(
  name: string,
  overload: string,
  target: Node | undefined,
  args: readonly Node[],
): CallEstimate {
  const sorted = /^list_(.*)_(sort|sortByAssociatedKeys)$/.exec(overload);
  if (sorted) {
    return ofComparingAll(sorted[2] === 'sort' ? target : args[0], sorted[1] ?? '');
  }
  for (const [estimators, key] of [
    [BY_OVERLOAD, overload],
    [BY_NAME, name],
    [STANDARD, overload],
  ] as const) {
    const estimate = Object.hasOwn(estimators, key) ? estimators[key]?.(target, args, overload) : undefined;
    if (estimate) {
      return estimate;
    }
  }
  return ONE;
}

/** Of several signatures that may be the one. */
export function unionOf(estimates: readonly CallEstimate[]): CallEstimate {
  return estimates.reduce((a, b) => {
    const cost = union(a.cost, b.cost);
    const resultSize =
      a.resultSize && b.resultSize ? union(a.resultSize, b.resultSize) : (a.resultSize ?? b.resultSize);
    return resultSize ? { cost, resultSize } : { cost };
  });
}
