import { QUANTITY_FORMAT_MESSAGE } from '@gantry/machinery/quantity';
import { canonicalQuantity } from './canonical-quantity.ts';
import { canonicalMicroTime, canonicalTime } from './canonical-time.ts';
import type { ScalarType, Schema, SpecialType, StructType } from './dsl.ts';
import { embeddedPath } from './embedded-structs.ts';

interface Misfit {
  readonly found: string;
  /** Names of fields; no indices. */
  readonly path: readonly string[];
  readonly owner: string;
  readonly goType: string;
  /** What was met, and the kind of Go's types that was wanted; absent when the type reads itself. */
  readonly given?: { readonly value: unknown; readonly kind: string };
  /** The text before `under`: of a type that reads itself. */
  readonly inner?: string;
}

/** A key of a map on the way to a value: the original's decoder names it for unknown fields, but in no misfit. */
export class MapKey {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Names of fields, indices of lists, keys of maps. */
export type PathStep = string | number | MapKey;

/** A value that does not fit its type. The message is worded as the original's JSON decoder words it. */
export class DecodeError extends Error {
  readonly #misfit: Misfit | undefined;

  constructor(message: string, misfit?: Misfit) {
    super(message);
    this.name = 'DecodeError';
    this.#misfit = misfit;
  }

  /** `json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32`. */
  static unmarshal(
    found: string,
    path: readonly PathStep[],
    owner: string,
    goType: string,
    more: Pick<Misfit, 'given' | 'inner'> = {},
  ): DecodeError {
    // The original's path holds field names only: no indices, no keys.
    const names = path.filter((part) => typeof part === 'string');
    const misfit = { found, path: names, owner, goType, ...more };
    return new DecodeError(misfitText(misfit), misfit);
  }

  /** The same error, found at a place below `path`. */
  under(path: readonly PathStep[]): DecodeError {
    if (this.#misfit === undefined) return this;
    const { found, path: below, owner, goType, inner = this.message } = this.#misfit;
    return DecodeError.unmarshal(found, [...path, ...below], owner, goType, { inner });
  }

  /** The same error, its path as in a value of type `root`: with the names of the structs that are embedded on the way. */
  within(root: StructType): DecodeError {
    if (this.#misfit === undefined) return this;
    const misfit = { ...this.#misfit, path: embeddedPath(root, this.#misfit.path) };
    return new DecodeError(misfitText(misfit), misfit);
  }

  /** As the original words it where it reads an object from values instead of from text: in a strategic merge patch. */
  restored(): string {
    return this.#misfit === undefined ? this.message : restoredText(this.#misfit);
  }
}

function misfitText({ found, path, owner, goType }: Misfit): string {
  return path.length === 0
    ? `json: cannot unmarshal ${found} into Go value of type ${goType}`
    : `json: cannot unmarshal ${found} into Go struct field ${owner}.${path.join('.')} of type ${goType}`;
}

const GO_KINDS: Readonly<Record<string, string>> = { array: 'slice', object: 'map' };

function restoredText({ found, goType, given, inner }: Misfit): string {
  if (inner !== undefined) return inner;
  if (given === undefined) return `json: cannot unmarshal ${found} into Go value of type ${goType}`;
  const { value, kind } = given;
  const met = jsonTypeName(value);
  const from = met === 'number' ? (Number.isInteger(value) ? 'int64' : 'float64') : (GO_KINDS[met] ?? met);
  if (kind === 'slice' || kind === 'map') return `cannot restore ${kind} from ${from}`;
  if (kind === 'struct') return `cannot restore struct from: ${from}`;
  const converts = kind === 'string' ? from === 'int64' : met === 'number' && kind !== 'bool';
  return converts ? `cannot convert ${from} to ${goType}` : `unrecognized type: ${kind}`;
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

/** Bytes are a list of them. */
const goKind = (type: string): string => (type === 'bytes' ? 'slice' : (GO_TYPES[type] ?? type));

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

/** Checks one value, and writes it in canonical form. `named`: what the original calls the type. Throws DecodeError. */
export function decodeScalar(
  type: ScalarType | SpecialType,
  value: unknown,
  path: readonly PathStep[],
  owner: string,
  named?: string,
): unknown {
  const wrong = (found = jsonTypeName(value)): DecodeError =>
    DecodeError.unmarshal(found, path, owner, named ?? goTypeName(type), {
      given: { value, kind: goKind(type) },
    });
  // The original's times read themselves from a string.
  const stringWanted = (): DecodeError => DecodeError.unmarshal(jsonTypeName(value), path, owner, 'string');
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
      return decodeTime(value, canonicalTime, SECONDS, stringWanted);
    case 'microTime':
      return decodeTime(value, canonicalMicroTime, MICROSECONDS, stringWanted);
    case 'intOrString':
      return decodeIntOrString(value, (found) => DecodeError.unmarshal(found, path, owner, 'int32'));
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

const SECONDS = '2006-01-02T15:04:05Z07:00';
const MICROSECONDS = '2006-01-02T15:04:05.000000Z07:00';

/** As Go's time.Parse tells where a text leaves its layout; of the places, those that people get wrong. */
function timeProblem(text: string, layout: string): string {
  const [, seconds = '', rest = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(.*)$/.exec(text) ?? [];
  const [left, wanted] =
    layout === MICROSECONDS && seconds !== '' && !/^[.,]\d{6}/.test(rest)
      ? [rest, '.000000']
      : [text, '2006'];
  return `parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: cannot parse ${JSON.stringify(left)} as ${JSON.stringify(wanted)}`;
}

function decodeTime(
  value: unknown,
  canonical: (text: string) => string | undefined,
  layout: string,
  wrong: () => DecodeError,
): string {
  if (typeof value !== 'string') throw wrong();
  const text = canonical(value);
  if (text === undefined) throw new DecodeError(timeProblem(value, layout));
  return text;
}

function decodeIntOrString(value: unknown, wrong: (found: string) => DecodeError): string | number {
  if (typeof value === 'string') return value;
  const found =
    typeof value !== 'number' ? jsonTypeName(value) : value === (value | 0) ? undefined : `number ${value}`;
  if (found !== undefined) throw wrong(found);
  return value as number;
}
