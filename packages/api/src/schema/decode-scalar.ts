import { QUANTITY_FORMAT_MESSAGE } from '@gantry/machinery/quantity';
import { canonicalQuantity } from './canonical-quantity.ts';
import { canonicalMicroTime, canonicalTime } from './canonical-time.ts';
import type { ScalarType, Schema, SpecialType } from './dsl.ts';

/** A value that does not fit its type. The message is worded as the original's JSON decoder words it. */
export class DecodeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DecodeError';
  }

  /** `json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32`. */
  static unmarshal(
    found: string,
    path: readonly (string | number)[],
    owner: string,
    goType: string,
  ): DecodeError {
    // The original's path holds field names only: no indices.
    const fields = path.filter((part) => typeof part === 'string').join('.');
    return new DecodeError(
      fields === ''
        ? `json: cannot unmarshal ${found} into Go value of type ${goType}`
        : `json: cannot unmarshal ${found} into Go struct field ${owner}.${fields} of type ${goType}`,
    );
  }
}

const GO_TYPES: Readonly<Record<string, string>> = {
  boolean: 'bool',
  double: 'float64',
  bytes: '[]uint8',
  quantity: 'resource.Quantity',
  time: 'v1.Time',
  microTime: 'v1.MicroTime',
  intOrString: 'intstr.IntOrString',
  rawObject: 'runtime.RawExtension',
  raw: 'interface {}',
};

/** Name of a type as the original prints it: `v1.Container`, `int32`, `bool`. */
export function goTypeName(name: string): string {
  const parts = name.split('.');
  return parts.length > 1 ? parts.slice(-2).join('.') : (GO_TYPES[name] ?? name);
}

export function jsonTypeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

/** What a null in a list or a map decodes to. */
export function zeroValue(schema: Schema): unknown {
  switch (schema.type) {
    case 'int32':
    case 'int64':
    case 'double':
    case 'intOrString':
      return 0;
    case 'boolean':
      return false;
    case 'quantity':
      return '0';
    case 'array':
      return [];
    case 'ref':
    case 'map':
    case 'rawObject':
    case 'fieldsV1':
      return {};
    case 'raw':
      return null;
    default:
      return '';
  }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const INT64_LIMIT = 2 ** 63;
/** The largest number here that an int64 holds: what clients send for "without end" is the next one. */
const LARGEST_INT64 = INT64_LIMIT - 1024;

/** Checks one value, and writes it in canonical form. Throws DecodeError. */
export function decodeScalar(
  type: ScalarType | SpecialType,
  value: unknown,
  path: readonly (string | number)[],
  owner: string,
): unknown {
  const wrong = (found = jsonTypeName(value)): DecodeError =>
    DecodeError.unmarshal(found, path, owner, goTypeName(type));
  switch (type) {
    case 'string':
      if (typeof value !== 'string') throw wrong();
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrong();
      return value;
    case 'int32':
      if (typeof value !== 'number') throw wrong();
      if (value !== (value | 0)) throw wrong(`number ${value}`);
      return value;
    case 'int64':
      if (typeof value !== 'number') throw wrong();
      if (!Number.isInteger(value) || Math.abs(value) > INT64_LIMIT) throw wrong(`number ${value}`);
      return value === INT64_LIMIT ? LARGEST_INT64 : value;
    case 'double':
      if (typeof value !== 'number') throw wrong();
      return value;
    case 'bytes':
      return decodeBytes(value, wrong);
    case 'quantity':
      return decodeQuantity(value);
    case 'time':
      return decodeTime(value, canonicalTime);
    case 'microTime':
      return decodeTime(value, canonicalMicroTime);
    case 'intOrString':
      return decodeIntOrString(value);
    default:
      return value;
  }
}

function decodeBytes(value: unknown, wrong: () => DecodeError): string {
  if (typeof value !== 'string') throw wrong();
  const compact = /[\r\n]/.test(value) ? value.replace(/[\r\n]/g, '') : value;
  if (!BASE64.test(compact)) throw new DecodeError(`illegal base64 data at input byte ${badBase64(compact)}`);
  return compact;
}

function badBase64(text: string): number {
  const bad = text.search(/[^A-Za-z0-9+/]/);
  return bad < 0 ? text.length - (text.length % 4) : bad;
}

function decodeQuantity(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') throw new DecodeError(QUANTITY_FORMAT_MESSAGE);
  try {
    return canonicalQuantity(String(value));
  } catch (error) {
    throw new DecodeError(error instanceof Error ? error.message : String(error));
  }
}

function decodeTime(value: unknown, canonical: (text: string) => string | undefined): string {
  if (typeof value !== 'string')
    throw new DecodeError(`json: cannot unmarshal ${jsonTypeName(value)} into Go value of type string`);
  const text = canonical(value);
  if (text === undefined)
    throw new DecodeError(
      `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`,
    );
  return text;
}

function decodeIntOrString(value: unknown): string | number {
  if (typeof value === 'string') return value;
  const found =
    typeof value !== 'number' ? jsonTypeName(value) : value === (value | 0) ? undefined : `number ${value}`;
  if (found !== undefined)
    throw new DecodeError(`json: cannot unmarshal ${found} into Go value of type int32`);
  return value as number;
}
