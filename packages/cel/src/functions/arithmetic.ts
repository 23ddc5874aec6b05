import {
  BYTES,
  DOUBLE,
  DURATION,
  INT,
  listType,
  paramType,
  STRING,
  TIMESTAMP,
  type Type,
  UINT,
} from '../check/types.ts';
import { OPERATOR } from '../syntax/ast.ts';
import { timestampFromNanos, timestampNanos } from '../values/time.ts';
import {
  CelDouble,
  CelDuration,
  type CelList,
  type CelTimestamp,
  CelUint,
  durationOf,
  fail,
  intOf,
  listOf,
  uintOf,
  type Value,
} from '../values/values.ts';
import { declare, global, type Library, type Overload } from './declaration.ts';

type Int = number | bigint;

const LIST = listType(paramType('A'));

/** Exact while numbers are; the result is checked against 64 bits. */
function intOperation(fast: (a: number, b: number) => number, exact: (a: bigint, b: bigint) => bigint) {
  return (left: Value, right: Value): Int => {
    if (typeof left === 'number' && typeof right === 'number') {
      const result = fast(left, right);
      if (Number.isSafeInteger(result)) {
        return result === 0 ? 0 : result;
      }
    }
    return intOf(exact(BigInt(left as Int), BigInt(right as Int))) ?? fail('integer overflow');
  };
}

function uintOperation(exact: (a: bigint, b: bigint) => bigint) {
  return (left: Value, right: Value): Value =>
    uintOf(exact((left as CelUint).value, (right as CelUint).value)) ?? fail('unsigned integer overflow');
}

function doubleOperation(operation: (a: number, b: number) => number) {
  return (left: Value, right: Value): Value =>
    new CelDouble(operation((left as CelDouble).value, (right as CelDouble).value));
}

function nonZero<T extends Value>(operation: (left: Value, right: Value) => T, message: string) {
  return (left: Value, right: Value): T => {
    const divisor = typeof right === 'object' ? (right as CelUint).value : right;
    return divisor === 0 || divisor === 0n ? fail(message) : operation(left, right);
  };
}

const addInts = intOperation(
  (a, b) => a + b,
  (a, b) => a + b,
);
const subtractInts = intOperation(
  (a, b) => a - b,
  (a, b) => a - b,
);
const multiplyInts = intOperation(
  (a, b) => a * b,
  (a, b) => a * b,
);
const divideInts = nonZero(
  intOperation(
    (a, b) => Math.trunc(a / b),
    (a, b) => a / b,
  ),
  'division by zero',
);
const moduloInts = nonZero(
  intOperation(
    (a, b) => a % b,
    (a, b) => a % b,
  ),
  'modulus by zero',
);

function moveTimestamp(time: Value, by: bigint): Value {
  const { offset } = time as CelTimestamp;
  return timestampFromNanos(timestampNanos(time as CelTimestamp) + by, offset) ?? fail('timestamp overflow');
}

function nanosOf(duration: Value): bigint {
  return (duration as CelDuration).nanos;
}

function toDuration(nanos: bigint, message = 'duration overflow'): Value {
  return durationOf(nanos) ?? fail(message);
}

/** Lists that a comprehension grows are appended to in place by the program; this one is for all others. */
function addLists(left: Value, right: Value): Value {
  return listOf([...(left as CelList).values(), ...(right as CelList).values()]);
}

function binary(id: string, left: Type, right: Type, result: Type, run: Overload['run']): Overload {
  return global(id, [left, right], result, run);
}

/** Sum of two values of the same type; the type must have one. */
export function addValues(left: Value, right: Value): Value {
  const overload = ADD.find(({ matches }) => matches(left) && matches(right));
  return overload ? overload.run(left, right) : fail('no such overload');
}

const isNumber = (value: Value) => typeof value === 'number' || typeof value === 'bigint';
const addUints = uintOperation((a, b) => a + b);
const addDoubles = doubleOperation((a, b) => a + b);
const addDurations = (left: Value, right: Value) => toDuration(nanosOf(left) + nanosOf(right));
const ADD: readonly { matches: (value: Value) => boolean; run: (a: Value, b: Value) => Value }[] = [
  { matches: isNumber, run: addInts },
  { matches: (value) => value instanceof CelUint, run: addUints },
  { matches: (value) => value instanceof CelDouble, run: addDoubles },
  { matches: (value) => value instanceof CelDuration, run: addDurations },
];

export const arithmetic: Library = [
  declare(
    OPERATOR.add,
    binary('add_int64', INT, INT, INT, addInts),
    binary('add_string', STRING, STRING, STRING, (left, right) => `${left}${right}`),
    binary('add_double', DOUBLE, DOUBLE, DOUBLE, addDoubles),
    binary('add_uint64', UINT, UINT, UINT, addUints),
    binary('add_list', LIST, LIST, LIST, addLists),
    binary('add_bytes', BYTES, BYTES, BYTES, (left, right) =>
      Uint8Array.from(Buffer.concat([left as Uint8Array, right as Uint8Array])),
    ),
    binary('add_duration_duration', DURATION, DURATION, DURATION, addDurations),
    binary('add_duration_timestamp', DURATION, TIMESTAMP, TIMESTAMP, (left, right) =>
      moveTimestamp(right, nanosOf(left)),
    ),
    binary('add_timestamp_duration', TIMESTAMP, DURATION, TIMESTAMP, (left, right) =>
      moveTimestamp(left, nanosOf(right)),
    ),
  ),
  declare(
    OPERATOR.subtract,
    binary('subtract_int64', INT, INT, INT, subtractInts),
    binary(
      'subtract_uint64',
      UINT,
      UINT,
      UINT,
      uintOperation((a, b) => a - b),
    ),
    binary(
      'subtract_double',
      DOUBLE,
      DOUBLE,
      DOUBLE,
      doubleOperation((a, b) => a - b),
    ),
    binary('subtract_duration_duration', DURATION, DURATION, DURATION, (left, right) =>
      toDuration(nanosOf(left) - nanosOf(right)),
    ),
    binary('subtract_timestamp_duration', TIMESTAMP, DURATION, TIMESTAMP, (left, right) =>
      moveTimestamp(left, -nanosOf(right)),
    ),
    binary('subtract_timestamp_timestamp', TIMESTAMP, TIMESTAMP, DURATION, (left, right) =>
      toDuration(timestampNanos(left as CelTimestamp) - timestampNanos(right as CelTimestamp)),
    ),
  ),
  declare(
    OPERATOR.multiply,
    binary('multiply_int64', INT, INT, INT, multiplyInts),
    binary(
      'multiply_uint64',
      UINT,
      UINT,
      UINT,
      uintOperation((a, b) => a * b),
    ),
    binary(
      'multiply_double',
      DOUBLE,
      DOUBLE,
      DOUBLE,
      doubleOperation((a, b) => a * b),
    ),
  ),
  declare(
    OPERATOR.divide,
    binary('divide_int64', INT, INT, INT, divideInts),
    binary(
      'divide_uint64',
      UINT,
      UINT,
      UINT,
      nonZero(
        uintOperation((a, b) => a / b),
        'division by zero',
      ),
    ),
    binary(
      'divide_double',
      DOUBLE,
      DOUBLE,
      DOUBLE,
      doubleOperation((a, b) => a / b),
    ),
  ),
  declare(
    OPERATOR.modulo,
    binary('modulo_int64', INT, INT, INT, moduloInts),
    binary(
      'modulo_uint64',
      UINT,
      UINT,
      UINT,
      nonZero(
        uintOperation((a, b) => a % b),
        'modulus by zero',
      ),
    ),
  ),
  declare(
    OPERATOR.negate,
    global('negate_int64', [INT], INT, (value) => subtractInts(0, value)),
    global('negate_double', [DOUBLE], DOUBLE, (value) => new CelDouble(-(value as CelDouble).value)),
  ),
];
