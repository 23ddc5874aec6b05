import { workOnItems } from './work.ts';

/**
 * Values while an expression runs. bool, string, null and bytes are JavaScript's own; an int is a number while that is
 * exact and a bigint beyond (so that the ints of JSON need no wrapping); everything else is an instance of a class here.
 */

/** Thrown by evaluation; `&&`, `||` and the macros made of them can absorb it. Not an Error: it needs no stack. */
export class Failure {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export function fail(message: string): never {
  throw new Failure(message);
}

export class CelUint {
  /** 0 … 2^64-1 */
  readonly value: bigint;

  constructor(value: bigint) {
    this.value = value;
  }
}

export class CelDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

export class CelDuration {
  /** Nanoseconds, 64-bit signed. */
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

export class CelTimestamp {
  /** Since 1970, may be negative. */
  readonly seconds: number;
  /** 0 … 999,999,999 */
  readonly nanos: number;
  /** Minutes east of UTC where it was written; only its text shows that. */
  readonly offset: number;

  constructor(seconds: number, nanos: number, offset = 0) {
    this.seconds = seconds;
    this.nanos = nanos;
    this.offset = offset;
  }
}

export class CelTypeValue {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

export class CelOptional {
  static readonly none: CelOptional = new CelOptional(undefined);
  /** undefined: none. */
  readonly value: Value | undefined;

  private constructor(value: Value | undefined) {
    this.value = value;
  }

  static of(value: Value): CelOptional {
    return new CelOptional(value);
  }

  get(): Value {
    return this.value === undefined ? fail('optional.none() dereference') : this.value;
  }
}

/** Reads a JSON value as one of a declared type. Values pass through it unchanged. */
export type Adapter = (raw: unknown) => Value;

/** A list over the array that it was made of; items become values when they are read. */
export class CelList {
  readonly items: readonly unknown[];
  readonly adapt: Adapter;

  constructor(items: readonly unknown[], adapt: Adapter) {
    this.items = items;
    this.adapt = adapt;
  }

  get size(): number {
    return this.items.length;
  }

  at(index: number): Value {
    return this.adapt(this.items[index]);
  }

  values(): Value[] {
    workOnItems(this.items.length);
    return this.items.map(this.adapt);
  }
}

/** A map; keys are bool, int, uint or string, and 1, 1u and 1.0 are the same key. */
export interface CelMap {
  readonly isMap: true;
  readonly size: number;
  get(key: Value): Value | undefined;
  keys(): Value[];
}

const own = Object.prototype.hasOwnProperty;

/** A map over a JSON object. */
export class JsonMap implements CelMap {
  readonly isMap = true;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly adapt: Adapter;

  constructor(raw: Readonly<Record<string, unknown>>, adapt: Adapter) {
    this.raw = raw;
    this.adapt = adapt;
  }

  get size(): number {
    return this.keys().length;
  }

  get(key: Value): Value | undefined {
    if (typeof key !== 'string' || !own.call(this.raw, key)) {
      return undefined;
    }
    const value = this.raw[key];
    return value === undefined ? undefined : this.adapt(value);
  }

  keys(): Value[] {
    const keys = Object.keys(this.raw);
    workOnItems(keys.length);
    return keys;
  }
}

type CanonicalKey = string | number | bigint | boolean;

/** The key as JavaScript's Map compares it; undefined: no value of this type can be a key. */
function canonicalKey(key: Value): CanonicalKey | undefined {
  if (
    typeof key === 'string' ||
    typeof key === 'number' ||
    typeof key === 'bigint' ||
    typeof key === 'boolean'
  ) {
    return key;
  }
  if (key instanceof CelUint) {
    return key.value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(key.value) : key.value;
  }
  if (key instanceof CelDouble && Number.isInteger(key.value)) {
    return Number.isSafeInteger(key.value) ? key.value : BigInt(key.value);
  }
  return undefined;
}

/** A map that an expression made. */
export class LiteralMap implements CelMap {
  readonly isMap = true;
  readonly #entries = new Map<CanonicalKey, readonly [key: Value, value: Value]>();

  get size(): number {
    return this.#entries.size;
  }

  get(key: Value): Value | undefined {
    const canonical = canonicalKey(key);
    return canonical === undefined ? undefined : this.#entries.get(canonical)?.[1];
  }

  keys(): Value[] {
    return [...this.#entries.values()].map(([key]) => key);
  }

  /** false: the key is there already, or no key. */
  insert(key: Value, value: Value): boolean {
    const canonical = key instanceof CelDouble ? undefined : canonicalKey(key);
    if (canonical === undefined || this.#entries.has(canonical)) {
      return false;
    }
    this.#entries.set(canonical, [key, value]);
    return true;
  }

  /** The last value of a key counts; undefined removes it. false: no key. */
  set(key: Value, value: Value | undefined): boolean {
    const canonical = key instanceof CelDouble ? undefined : canonicalKey(key);
    if (canonical === undefined) {
      return false;
    }
    if (value === undefined) {
      this.#entries.delete(canonical);
    } else {
      this.#entries.set(canonical, [key, value]);
    }
    return true;
  }
}

/** How the fields of an object type are read. */
export interface ObjectShape {
  readonly name: string;
  field(name: string): ShapeField | undefined;
  /** By its property of the JSON object. */
  fieldOfJson(property: string): ShapeField | undefined;
}

export interface ShapeField {
  /** The property of the JSON object. */
  readonly json: string;
  readonly adapt: Adapter;
}

/** A value of an object type: over the JSON object that holds its fields. */
export class CelObject {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly shape: ObjectShape;

  constructor(raw: Readonly<Record<string, unknown>>, shape: ObjectShape) {
    this.raw = raw;
    this.shape = shape;
  }

  /** undefined: not set. */
  get(name: string): Value | undefined {
    const field = this.shape.field(name);
    return field && this.read(field);
  }

  /** undefined: not set. */
  read(field: ShapeField): Value | undefined {
    if (!own.call(this.raw, field.json)) {
      return undefined;
    }
    const value = this.raw[field.json];
    return value === undefined ? undefined : field.adapt(value);
  }
}

/** The fields that are set, by their properties of the JSON object. */
export function fieldsOf({ raw, shape }: CelObject): (readonly [property: string, value: Value])[] {
  return Object.keys(raw).flatMap((property) => {
    const value = raw[property];
    const field = value === undefined ? undefined : shape.fieldOfJson(property);
    return field ? [[property, field.adapt(value)] as const] : [];
  });
}

/** A value of one of the libraries' types. */
export abstract class CelOpaque {
  abstract readonly typeName: string;
  abstract equals(other: CelOpaque): boolean;
  /** In the units of the cost model; undefined: values of the type have no size. */
  get size(): number | undefined {
    return undefined;
  }

  /** What the evaluation hands out. */
  toJson(): unknown {
    return this;
  }
}

export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | CelUint
  | CelDouble
  | CelDuration
  | CelTimestamp
  | CelTypeValue
  | CelOptional
  | CelList
  | CelMap
  | CelObject
  | CelOpaque;

const identity: Adapter = (raw) => raw as Value;

export function listOf(values: readonly Value[]): CelList {
  return new CelList(values, identity);
}

export function isMap(value: Value): value is CelMap {
  return value !== null && typeof value === 'object' && 'isMap' in value;
}

export function isInt(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;

/** undefined: outside of 64 bits. */
export function intOf(value: bigint): number | bigint | undefined {
  if (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) {
    return Number(value);
  }
  return value >= MIN_INT && value <= MAX_INT ? value : undefined;
}

/** undefined: outside of 64 bits. */
export function uintOf(value: bigint): CelUint | undefined {
  return value >= 0n && value <= MAX_UINT ? new CelUint(value) : undefined;
}

/** undefined: outside of 64 bits. */
export function durationOf(nanos: bigint): CelDuration | undefined {
  return nanos >= MIN_INT && nanos <= MAX_INT ? new CelDuration(nanos) : undefined;
}

/** As `type(x)` names it. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
    case 'bigint':
      return 'int';
    case 'string':
      return 'string';
    default:
      return objectTypeName(value);
  }
}

function objectTypeName(value: Exclude<Value, boolean | number | bigint | string>): string {
  if (value === null) {
    return 'null_type';
  }
  if (value instanceof CelList) {
    return 'list';
  }
  if (value instanceof CelObject) {
    return value.shape.name;
  }
  if (value instanceof CelOpaque) {
    return value.typeName;
  }
  if (value instanceof CelDouble) {
    return 'double';
  }
  if (value instanceof CelUint) {
    return 'uint';
  }
  if (value instanceof Uint8Array) {
    return 'bytes';
  }
  if (value instanceof CelTimestamp) {
    return 'google.protobuf.Timestamp';
  }
  if (value instanceof CelDuration) {
    return 'google.protobuf.Duration';
  }
  if (value instanceof CelTypeValue) {
    return 'type';
  }
  return value instanceof CelOptional ? 'optional_type' : 'map';
}
