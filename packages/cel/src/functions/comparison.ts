import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  INT,
  listType,
  mapType,
  paramType,
  STRING,
  TIMESTAMP,
  type Type,
  UINT,
} from '../check/types.ts';
import { OPERATOR } from '../syntax/ast.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { type CelList, type CelMap, fail, type Value } from '../values/values.ts';
import { workOnItems } from '../values/work.ts';
import { declare, type FunctionDeclaration, global, type Library, type Overload } from './declaration.ts';

const A = paramType('A');
const B = paramType('B');

/** Types that have an order, and how the cost model names them. */
const ORDERED: readonly (readonly [name: string, type: Type])[] = [
  ['bool', BOOL],
  ['int64', INT],
  ['uint64', UINT],
  ['double', DOUBLE],
  ['string', STRING],
  ['bytes', BYTES],
  ['timestamp', TIMESTAMP],
  ['duration', DURATION],
];
const NUMBERS = ORDERED.slice(1, 4);

function ordering(name: string, id: string, holds: (order: number) => boolean): FunctionDeclaration {
  const run = (left: Value, right: Value): Value => {
    if (typeof left === 'number' && typeof right === 'number') {
      return holds(left - right);
    }
    const order = compareValues(left, right) ?? fail('no such overload');
    return Number.isNaN(order) ? fail('NaN values cannot be ordered') : holds(order);
  };
  const overload = (suffix: string, left: Type, right: Type): Overload => ({
    ...global(`${id}_${suffix}`, [left, right], BOOL, run),
    checksItself: true,
  });
  const same = ORDERED.map(([suffix, type]) => overload(suffix, type, type));
  const mixed = NUMBERS.flatMap(([left, leftType]) =>
    NUMBERS.filter(([right]) => right !== left).map(([right, rightType]) =>
      overload(`${left}_${right}`, leftType, rightType),
    ),
  );
  return declare(name, ...same, ...mixed);
}

function listContains(value: Value, list: CelList): boolean {
  workOnItems(list.size);
  for (let index = 0; index < list.size; index++) {
    if (equalValues(value, list.at(index))) {
      return true;
    }
  }
  return false;
}

export const comparison: Library = [
  declare(
    OPERATOR.equals,
    global('equals', [A, A], BOOL, (left, right) => equalValues(left, right)),
  ),
  declare(
    OPERATOR.notEquals,
    global('not_equals', [A, A], BOOL, (left, right) => !equalValues(left, right)),
  ),
  ordering(OPERATOR.less, 'less', (order) => order < 0),
  ordering(OPERATOR.lessOrEqual, 'less_equals', (order) => order <= 0),
  ordering(OPERATOR.greater, 'greater', (order) => order > 0),
  ordering(OPERATOR.greaterOrEqual, 'greater_equals', (order) => order >= 0),
  declare(
    OPERATOR.in,
    global('in_list', [A, listType(A)], BOOL, (value, list) => listContains(value, list as CelList)),
    global('in_map', [A, mapType(A, B)], BOOL, (key, map) => (map as CelMap).get(key) !== undefined),
  ),
];
