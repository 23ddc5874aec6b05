import {
  CelDouble,
  CelDuration,
  CelList,
  type CelMap,
  CelObject,
  CelOpaque,
  CelOptional,
  CelTimestamp,
  CelTypeValue,
  CelUint,
  fieldsOf,
  isMap,
  type Value,
} from './values.ts';
import { workOnItems } from './work.ts';

type Order = -1 | 0 | 1;

/** As JavaScript compares them, exactly even across number and bigint; undefined: no number. */
function numeric(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return value;
  }
  return value instanceof CelDouble || value instanceof CelUint ? value.value : undefined;
}

/** An integer beside a double counts as the double next to it. */
function compareNumbers(a: Value, b: Value): number | undefined {
  const left = numeric(a);
  const right = numeric(b);
  if (left === undefined || right === undefined) {
    return undefined;
  }
  if (a instanceof CelDouble || b instanceof CelDouble) {
    const x = Number(left);
    const y = Number(right);
    return Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : order(x, y);
  }
  return left < right ? -1 : left > right ? 1 : 0;
}

function order<T extends number | bigint | string>(a: T, b: T): Order {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** -1, 0 or 1; NaN of two numbers one of which is NaN; undefined where there is no order between the types. */
export function compareValues(a: Value, b: Value): number | undefined {
  const numbers = compareNumbers(a, b);
  if (numbers !== undefined) {
    return numbers;
  }
  if (typeof a === 'string') {
    return typeof b === 'string' ? compareStrings(a, b) : undefined;
  }
  if (typeof a === 'boolean') {
    return typeof b === 'boolean' ? order(Number(a), Number(b)) : undefined;
  }
  if (a instanceof CelTimestamp && b instanceof CelTimestamp) {
    return order(a.seconds, b.seconds) || order(a.nanos, b.nanos);
  }
  if (a instanceof CelDuration && b instanceof CelDuration) {
    return order(a.nanos, b.nanos);
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return Buffer.compare(a, b) as Order;
  }
  return undefined;
}

/** By code points: UTF-16 units order surrogates before U+E000 … U+FFFF. */
function compareStrings(a: string, b: string): Order {
  if (a === b) {
    return 0;
  }
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) {
      const [leftWide, rightWide] = [isSurrogate(left), isSurrogate(right)];
      return leftWide === rightWide ? order(left, right) : leftWide ? 1 : -1;
    }
  }
  return order(a.length, b.length);
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** Values of different types are not equal; numbers are compared by what they say. */
export function equalValues(a: Value, b: Value): boolean {
  if (a === b) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object') {
    return compareNumbers(a, b) === 0;
  }
  if (a === null || b === null) {
    return false;
  }
  if (a instanceof CelList) {
    return b instanceof CelList && equalLists(a, b);
  }
  if (isMap(a)) {
    return isMap(b) && equalMaps(a, b);
  }
  if (a instanceof CelObject) {
    return b instanceof CelObject && equalObjects(a, b);
  }
  if (a instanceof CelOpaque) {
    return b instanceof CelOpaque && a.typeName === b.typeName && a.equals(b);
  }
  if (a instanceof CelOptional) {
    return b instanceof CelOptional && equalOptionals(a, b);
  }
  if (a instanceof CelTypeValue) {
    return b instanceof CelTypeValue && a.name === b.name;
  }
  return compareValues(a, b) === 0;
}

function equalLists(a: CelList, b: CelList): boolean {
  if (a.size !== b.size) {
    return false;
  }
  workOnItems(a.size);
  for (let index = 0; index < a.size; index++) {
    if (!equalValues(a.at(index), b.at(index))) {
      return false;
    }
  }
  return true;
}

function equalMaps(a: CelMap, b: CelMap): boolean {
  return (
    a.size === b.size &&
    a.keys().every((key) => {
      const other = b.get(key);
      return other !== undefined && equalValues(a.get(key) as Value, other);
    })
  );
}

function equalObjects(a: CelObject, b: CelObject): boolean {
  const [fields, others] = [fieldsOf(a), new Map(fieldsOf(b))];
  return (
    a.shape.name === b.shape.name &&
    fields.length === others.size &&
    fields.every(([property, value]) => {
      const other = others.get(property);
      return other !== undefined && equalValues(value, other);
    })
  );
}

function equalOptionals(a: CelOptional, b: CelOptional): boolean {
  return a.value === undefined || b.value === undefined ? a.value === b.value : equalValues(a.value, b.value);
}
