import type { CelField, CelType } from '../port.ts';
import { formatDuration, formatTimestamp, parseDuration, parseTimestamp } from './time.ts';
import {
  type Adapter,
  CelDouble,
  CelDuration,
  CelList,
  CelObject,
  CelOpaque,
  CelOptional,
  CelTimestamp,
  CelTypeValue,
  CelUint,
  fail,
  fieldsOf,
  intOf,
  isMap,
  JsonMap,
  type ObjectShape,
  type ShapeField,
  type Value,
} from './values.ts';

/** Reads JSON without a declared type: a number without a fraction is an int. */
export const adaptDynamic: Adapter = (raw) => {
  switch (typeof raw) {
    case 'string':
    case 'boolean':
      return raw;
    case 'number':
      return adaptNumber(raw);
    case 'bigint':
      return intOf(raw) ?? new CelDouble(Number(raw));
    case 'object':
      return raw === null ? null : adaptObject(raw);
    default:
      return fail(`unsupported conversion to a value: ${typeof raw}`);
  }
};

function adaptNumber(raw: number): Value {
  if (Number.isSafeInteger(raw)) {
    return raw === 0 ? 0 : raw;
  }
  return Number.isInteger(raw) && Math.abs(raw) < 2 ** 63 ? BigInt(raw) : new CelDouble(raw);
}

/** Everything that is no JSON is a value already. */
function adaptObject(raw: object): Value {
  if (isPlainObject(raw)) {
    return new JsonMap(raw, adaptDynamic);
  }
  return Array.isArray(raw) ? new CelList(raw, adaptDynamic) : (raw as Value);
}

/** What adapts the bindings of library types; by the type's name. */
export type OpaqueAdapters = ReadonlyMap<string, Adapter>;

/** Adapters for declared types. Object types are compiled once each. */
export class Adapters {
  readonly #opaque: OpaqueAdapters;
  readonly #shapes = new WeakMap<object, ObjectShape>();

  constructor(opaque: OpaqueAdapters) {
    this.#opaque = opaque;
  }

  /** null is null under every type; JSON that is not of the type is read without one. */
  for(type: CelType): Adapter {
    switch (type.kind) {
      case 'list': {
        const element = this.for(type.element);
        return (raw) => (Array.isArray(raw) ? new CelList(raw, element) : adaptDynamic(raw));
      }
      case 'map': {
        const value = this.for(type.value);
        return (raw) => (isPlainObject(raw) ? new JsonMap(raw, value) : adaptDynamic(raw));
      }
      case 'object':
        return this.#object(type);
      case 'optional': {
        const of = this.for(type.of);
        return (raw) => (raw === undefined ? CelOptional.none : CelOptional.of(of(raw)));
      }
      case 'opaque':
        return this.#opaque.get(type.name) ?? adaptDynamic;
      default:
        return SCALARS[type.kind] ?? adaptDynamic;
    }
  }

  #object(type: CelType & { kind: 'object' }): Adapter {
    const shape = this.shape(type);
    return (raw) => (isPlainObject(raw) ? new CelObject(raw, shape) : adaptDynamic(raw));
  }

  shape(type: CelType & { kind: 'object' }): ObjectShape {
    const known = this.#shapes.get(type.fields);
    if (known) {
      return known;
    }
    const shape = new LazyShape(type.name, type.fields, (field) => this.for(field));
    this.#shapes.set(type.fields, shape);
    return shape;
  }
}

/** Fields are compiled when they are first read, since types may contain themselves. */
class LazyShape implements ObjectShape {
  readonly name: string;
  readonly #declared: () => ReadonlyMap<string, CelField>;
  readonly #adapterOf: (type: CelType) => Adapter;
  readonly #fields = new Map<string, ShapeField | undefined>();

  constructor(
    name: string,
    declared: () => ReadonlyMap<string, CelField>,
    adapterOf: (type: CelType) => Adapter,
  ) {
    this.name = name;
    this.#declared = declared;
    this.#adapterOf = adapterOf;
  }

  field(name: string): ShapeField | undefined {
    const known = this.#fields.get(name);
    if (known || this.#fields.has(name)) {
      return known;
    }
    const declared = this.#declared().get(name);
    const field = declared && { json: declared.json ?? name, adapt: this.#adapterOf(declared.type) };
    this.#fields.set(name, field);
    return field;
  }

  fieldOfJson(property: string): ShapeField | undefined {
    const fields = this.#declared();
    const same = fields.get(property);
    if (same && (same.json ?? property) === property) {
      return this.field(property);
    }
    for (const [name, { json }] of fields) {
      if (json === property) {
        return this.field(name);
      }
    }
    return undefined;
  }
}

function isPlainObject(raw: unknown): raw is Record<string, unknown> {
  if (raw === null || typeof raw !== 'object') {
    return false;
  }
  const prototype = Object.getPrototypeOf(raw);
  return prototype === Object.prototype || prototype === null;
}

const SCALARS: Partial<Record<CelType['kind'], Adapter>> = {
  double: (raw) => (typeof raw === 'number' ? new CelDouble(raw) : adaptDynamic(raw)),
  uint: (raw) =>
    typeof raw === 'number' || typeof raw === 'bigint' ? new CelUint(BigInt(raw)) : adaptDynamic(raw),
  bytes: (raw) => (typeof raw === 'string' ? new Uint8Array(Buffer.from(raw, 'base64')) : adaptDynamic(raw)),
  timestamp: (raw) => (typeof raw === 'string' ? readTimestamp(raw) : adaptDynamic(raw)),
  duration: (raw) =>
    typeof raw === 'string'
      ? (parseDuration(raw) ?? fail(`Invalid duration ${raw} on object`))
      : adaptDynamic(raw),
};

/** A date, or a date and time. */
function readTimestamp(raw: string): Value {
  const text = /^\d{4}-\d{2}-\d{2}$/.test(raw) ? `${raw}T00:00:00Z` : raw;
  return parseTimestamp(text) ?? fail(`Invalid timestamp ${raw} on object`);
}

/** What an evaluation hands out: JSON, where the value has a form in it. */
export function toJson(value: Value): unknown {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  if (value instanceof CelList) {
    return value.values().map(toJson);
  }
  if (isMap(value)) {
    return Object.fromEntries(
      value.keys().map((key) => [String(toJson(key)), toJson(value.get(key) ?? null)]),
    );
  }
  if (value instanceof CelObject) {
    return Object.fromEntries(fieldsOf(value).map(([property, field]) => [property, toJson(field)]));
  }
  return scalarToJson(value);
}

function scalarToJson(value: Exclude<Value, null | boolean | number | bigint | string>): unknown {
  if (value instanceof CelDouble) {
    return value.value;
  }
  if (value instanceof CelUint) {
    return value.value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value.value) : value.value;
  }
  if (value instanceof CelTimestamp) {
    return formatTimestamp(value);
  }
  if (value instanceof CelDuration) {
    return formatDuration(value);
  }
  if (value instanceof CelTypeValue) {
    return value.name;
  }
  if (value instanceof CelOptional) {
    return value.value === undefined ? undefined : toJson(value.value);
  }
  return value instanceof CelOpaque ? value.toJson() : value;
}
