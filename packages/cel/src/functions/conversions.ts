import {
  BOOL,
  BYTES,
  CIDR,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  IP,
  paramType,
  STRING,
  TIMESTAMP,
  typeType,
  UINT,
} from '../check/types.ts';
import { formatDouble } from '../values/text.ts';
import {
  formatDuration,
  formatTimestamp,
  parseDuration,
  parseTimestamp,
  timestampOf,
} from '../values/time.ts';
import {
  CelDouble,
  CelDuration,
  type CelOpaque,
  type CelTimestamp,
  CelTypeValue,
  type CelUint,
  fail,
  intOf,
  typeName,
  uintOf,
  type Value,
} from '../values/values.ts';
import { declare, global, type Library } from './declaration.ts';

const A = paramType('A');
const same = (value: Value): Value => value;

function conversionError(from: string, to: string): never {
  return fail(`type conversion error from '${from}' to '${to}'`);
}

const INTEGER = /^[+-]?[0-9]+$/;
const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?|nan)$/i;

function stringToInt(value: Value): Value {
  const text = value as string;
  return (
    (INTEGER.test(text) ? intOf(BigInt(text.replace(/^\+/, ''))) : undefined) ??
    conversionError('string', 'int')
  );
}

function stringToUint(value: Value): Value {
  const text = value as string;
  return (/^[0-9]+$/.test(text) ? uintOf(BigInt(text)) : undefined) ?? conversionError('string', 'uint');
}

function stringToDouble(value: Value): Value {
  const text = value as string;
  if (!FLOAT.test(text)) {
    return conversionError('string', 'double');
  }
  const number = Number(text.replace(/inf(?:inity)?/i, 'Infinity').replace(/nan/i, 'NaN'));
  const isBeyond = !Number.isFinite(number) && /\d/.test(text);
  return isBeyond ? conversionError('string', 'double') : new CelDouble(number);
}

function stringToBool(value: Value): Value {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value as string)) {
    return true;
  }
  return ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value as string)
    ? false
    : conversionError('string', 'bool');
}

/** Doubles at the very edge of the range count as beyond it. */
function doubleToInt(value: Value): Value {
  const { value: number } = value as CelDouble;
  return Number.isFinite(number) && number > -(2 ** 63) && number < 2 ** 63
    ? (intOf(BigInt(Math.trunc(number))) ?? fail('integer overflow'))
    : fail('integer overflow');
}

function doubleToUint(value: Value): Value {
  const { value: number } = value as CelDouble;
  return Number.isFinite(number) && number >= 0 && number < 2 ** 64
    ? (uintOf(BigInt(Math.trunc(number))) ?? fail('unsigned integer overflow'))
    : fail('unsigned integer overflow');
}

function bytesToString(value: Value): Value {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value as Uint8Array);
  } catch {
    return fail('invalid UTF-8 in bytes, cannot convert to string');
  }
}

function intToTimestamp(value: Value): Value {
  return timestampOf(Number(value), 0) ?? fail('timestamp overflow');
}

function stringToTimestamp(value: Value): Value {
  return parseTimestamp(value as string) ?? conversionError('string', 'google.protobuf.Timestamp');
}

function stringToDuration(value: Value): Value {
  return parseDuration(value as string) ?? conversionError('string', 'google.protobuf.Duration');
}

const uintValue = (value: Value): bigint => (value as CelUint).value;

export const conversions: Library = [
  declare(
    'int',
    global('int64_to_int64', [INT], INT, same),
    global('double_to_int64', [DOUBLE], INT, doubleToInt),
    global('duration_to_int64', [DURATION], INT, (value) => intOf((value as CelDuration).nanos) ?? 0),
    global('string_to_int64', [STRING], INT, stringToInt),
    global('timestamp_to_int64', [TIMESTAMP], INT, (value) => (value as CelTimestamp).seconds),
    global('uint64_to_int64', [UINT], INT, (value) => intOf(uintValue(value)) ?? fail('integer overflow')),
  ),
  declare(
    'uint',
    global('uint64_to_uint64', [UINT], UINT, same),
    global('double_to_uint64', [DOUBLE], UINT, doubleToUint),
    global(
      'int64_to_uint64',
      [INT],
      UINT,
      (value) => uintOf(BigInt(value as number)) ?? fail('unsigned integer overflow'),
    ),
    global('string_to_uint64', [STRING], UINT, stringToUint),
  ),
  declare(
    'double',
    global('double_to_double', [DOUBLE], DOUBLE, same),
    global('int64_to_double', [INT], DOUBLE, (value) => new CelDouble(Number(value))),
    global('string_to_double', [STRING], DOUBLE, stringToDouble),
    global('uint64_to_double', [UINT], DOUBLE, (value) => new CelDouble(Number(uintValue(value)))),
  ),
  declare(
    'bool',
    global('bool_to_bool', [BOOL], BOOL, same),
    global('string_to_bool', [STRING], BOOL, stringToBool),
  ),
  declare(
    'bytes',
    global('bytes_to_bytes', [BYTES], BYTES, same),
    global('string_to_bytes', [STRING], BYTES, (value) => Uint8Array.from(Buffer.from(value as string))),
  ),
  declare(
    'string',
    global('string_to_string', [STRING], STRING, same),
    global('bool_to_string', [BOOL], STRING, String),
    global('bytes_to_string', [BYTES], STRING, bytesToString),
    global('double_to_string', [DOUBLE], STRING, (value) => formatDouble((value as CelDouble).value)),
    global('duration_to_string', [DURATION], STRING, (value) => formatDuration(value as CelDuration)),
    global('int64_to_string', [INT], STRING, String),
    global('timestamp_to_string', [TIMESTAMP], STRING, (value) => formatTimestamp(value as CelTimestamp)),
    global('uint64_to_string', [UINT], STRING, (value) => String(uintValue(value))),
    global('ip_to_string', [IP], STRING, (value) => String((value as CelOpaque).toJson())),
    global('cidr_to_string', [CIDR], STRING, (value) => String((value as CelOpaque).toJson())),
  ),
  declare(
    'timestamp',
    global('timestamp_to_timestamp', [TIMESTAMP], TIMESTAMP, same),
    global('int64_to_timestamp', [INT], TIMESTAMP, intToTimestamp),
    global('string_to_timestamp', [STRING], TIMESTAMP, stringToTimestamp),
  ),
  declare(
    'duration',
    global('duration_to_duration', [DURATION], DURATION, same),
    global('int64_to_duration', [INT], DURATION, (value) => new CelDuration(BigInt(value as number))),
    global('string_to_duration', [STRING], DURATION, stringToDuration),
  ),
  declare('dyn', global('to_dyn', [A], DYN, same)),
  declare(
    'type',
    global('type', [A], typeType(A), (value) => new CelTypeValue(typeName(value))),
  ),
];
