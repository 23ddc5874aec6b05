import { BOOL, INT, listType, mapType, optionalType, paramType } from '../check/types.ts';
import { OPERATOR } from '../syntax/ast.ts';
import { showValue } from '../values/text.ts';
import {
  CelDouble,
  CelDuration,
  type CelList,
  CelOptional,
  CelUint,
  fail,
  isMap,
  listOf,
  type Value,
} from '../values/values.ts';
import { declare, global, type Library, member } from './declaration.ts';

const V = paramType('V');
const K = paramType('K');
const OPTIONAL = optionalType(V);
const LIST = listType(V);
const MAP = mapType(K, V);

/** Whether a value is the zero of its type, which ofNonZeroValue makes none. */
function isZero(value: Value): boolean {
  if (value === null || value === false || value === 0 || value === '') {
    return true;
  }
  if (typeof value !== 'object') {
    return false;
  }
  if (value instanceof Uint8Array) {
    return value.length === 0;
  }
  if (value instanceof CelDouble || value instanceof CelUint) {
    return Number(value.value) === 0;
  }
  return value instanceof CelDuration ? value.nanos === 0n : isEmpty(value);
}

function isEmpty(value: object): boolean {
  return 'size' in value && (isMap(value as Value) || 'items' in value) && value.size === 0;
}

function unwrap(list: Value): Value {
  return listOf(
    (list as CelList).values().flatMap((item) => {
      if (!(item instanceof CelOptional)) {
        return fail(`value ${showValue(item)} is not optional`);
      }
      return item.value === undefined ? [] : [item.value];
    }),
  );
}

function edge(index: (size: number) => number) {
  return (value: Value): Value => {
    const list = value as CelList;
    return list.size === 0 ? CelOptional.none : CelOptional.of(list.at(index(list.size)));
  };
}

const unplanned = (): Value => fail('no such overload');

export const optionals: Library = [
  declare(
    'optional.of',
    global('optional_of', [V], OPTIONAL, (value) => CelOptional.of(value)),
  ),
  declare(
    'optional.ofNonZeroValue',
    global('optional_ofNonZeroValue', [V], OPTIONAL, (value) =>
      isZero(value) ? CelOptional.none : CelOptional.of(value),
    ),
  ),
  declare(
    'optional.none',
    global('optional_none', [], OPTIONAL, () => CelOptional.none),
  ),
  declare(
    'value',
    member('optional_value', [OPTIONAL], V, (value) => (value as CelOptional).get()),
  ),
  declare(
    'hasValue',
    member('optional_hasValue', [OPTIONAL], BOOL, (value) => (value as CelOptional).value !== undefined),
  ),
  declare('or', member('optional_or_optional', [OPTIONAL, OPTIONAL], OPTIONAL, unplanned)),
  declare('orValue', member('optional_orValue_value', [OPTIONAL, V], V, unplanned)),
  declare(
    'first',
    member(
      'list_first',
      [LIST],
      OPTIONAL,
      edge(() => 0),
    ),
  ),
  declare(
    'last',
    member(
      'list_last',
      [LIST],
      OPTIONAL,
      edge((size) => size - 1),
    ),
  ),
  declare('optional.unwrap', global('optional_unwrap', [listType(OPTIONAL)], LIST, unwrap)),
  declare('unwrapOpt', member('optional_unwrapOpt', [listType(OPTIONAL)], LIST, unwrap)),
  declare(
    OPERATOR.optionalIndex,
    global('list_optindex_optional_int', [LIST, INT], OPTIONAL, unplanned),
    global('optional_list_optindex_optional_int', [optionalType(LIST), INT], OPTIONAL, unplanned),
    global('map_optindex_optional_value', [MAP, K], OPTIONAL, unplanned),
    global('optional_map_optindex_optional_value', [optionalType(MAP), K], OPTIONAL, unplanned),
  ),
  declare(
    OPERATOR.index,
    global('optional_list_index_int', [optionalType(LIST), INT], OPTIONAL, unplanned),
    global('optional_map_index_value', [optionalType(MAP), K], OPTIONAL, unplanned),
  ),
];
