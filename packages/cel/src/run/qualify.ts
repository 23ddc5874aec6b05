import { showValue } from '../values/text.ts';
import {
  CelDouble,
  CelList,
  CelObject,
  CelOptional,
  CelUint,
  fail,
  isInt,
  isMap,
  type ObjectShape,
  type ShapeField,
  type Value,
} from '../values/values.ts';

/** An operand's field or entry; undefined: it has none. Throws Failure on a key that can be none. */
function lookUp(operand: Value, key: Value): Value | undefined {
  if (operand instanceof CelObject) {
    return typeof key === 'string' ? operand.get(key) : undefined;
  }
  if (operand instanceof CelList) {
    const index = listIndex(key);
    return index >= 0 && index < operand.size ? operand.at(index) : undefined;
  }
  return isMap(operand) ? operand.get(key) : undefined;
}

function listIndex(key: Value): number {
  if (isInt(key)) {
    return Number(key);
  }
  if (key instanceof CelUint) {
    return Number(key.value);
  }
  if (key instanceof CelDouble) {
    return Number.isInteger(key.value)
      ? key.value
      : fail(`unsupported index value ${showValue(key)} in list`);
  }
  return fail(`unsupported index type '${typeof key === 'boolean' ? 'bool' : typeof key}' in list`);
}

/** `operand.name`. Made for each place: the values that come by are mostly of one type. */
export function fieldReader(name: string): (operand: Value) => Value {
  let shape: ObjectShape | undefined;
  let field: ShapeField | undefined;
  return (operand) => {
    if (!(operand instanceof CelObject)) {
      return select(operand, name);
    }
    if (operand.shape !== shape) {
      shape = operand.shape;
      field = shape.field(name);
    }
    const value = field && operand.read(field);
    return value === undefined ? select(operand, name) : value;
  };
}

/** `operand.key` or `operand[key]`. */
export function select(operand: Value, key: Value): Value {
  const value = lookUp(operand, key);
  if (value !== undefined) {
    return value;
  }
  return fail(`${operand instanceof CelList ? 'index out of bounds' : 'no such key'}: ${showValue(key)}`);
}

/** `operand.?key` or `operand[?key]`. */
export function selectOptional(operand: Value, key: Value): CelOptional {
  if (operand instanceof CelOptional) {
    return operand.value === undefined ? CelOptional.none : selectOptional(operand.value, key);
  }
  const value = lookUp(operand, key);
  return value === undefined ? CelOptional.none : CelOptional.of(value);
}

/** `has(operand.key)` */
export function isPresent(operand: Value, key: string): boolean {
  if (operand instanceof CelOptional) {
    return operand.value !== undefined && isPresent(operand.value, key);
  }
  return lookUp(operand, key) !== undefined;
}
