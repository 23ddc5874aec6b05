import type { CelField, CelType } from '@gantry/cel/port';
import type { JsonSchema } from '../definition.ts';
import { isEmbedded, itemsOf, propertyOf, valuesOf } from './nodes.ts';

/**
 * A schema as expressions see it, with the sizes that the static estimate of costs needs.
 * https://kubernetes.io/docs/reference/using-api/cel/
 */
export interface Declared {
  readonly type: CelType;
  /** Items of a list, entries of a map, bytes of a string; 0 for other scalars. */
  readonly maxElements: number;
  /** Bytes that a value takes in JSON at least. */
  readonly minSize: number;
}

export const MAX_REQUEST_BYTES = 3 * 1024 * 1024;
const MAX_TIME_TEXT = 32;
const MAX_DATE_TEXT = 12;
const MIN_STRING = 2;

const RESERVED: ReadonlySet<string> = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);
const ESCAPES: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
};

/** The name of a property in expressions; undefined when it can't be one. */
export function escapeName(name: string): string | undefined {
  if (name === '' || /^[0-9]/.test(name) || /[^a-zA-Z0-9_.\-/]/.test(name)) return undefined;
  if (RESERVED.has(name)) return `__${name}__`;
  return name.replace(/__|[-./]/g, (part) => ESCAPES[part] ?? part);
}

const plain = (kind: 'bool' | 'int' | 'double', minSize: number): Declared => ({
  type: { kind },
  maxElements: 0,
  minSize,
});
const BOOL = plain('bool', 4);
const INT = plain('int', 1);
const DOUBLE = plain('double', 1);

const STRING_SCHEMA: JsonSchema = { type: 'string' };
const METADATA_SCHEMA: JsonSchema = {
  type: 'object',
  properties: { name: STRING_SCHEMA, generateName: STRING_SCHEMA },
};

const declared = new WeakMap<JsonSchema, Declared | null>();
const declaredRoots = new WeakMap<JsonSchema, Declared | null>();

/** undefined: values of this schema are out of reach of expressions. Made once. */
export function declaredType(schema: JsonSchema, isRoot = isEmbedded(schema)): Declared | undefined {
  const known = isRoot ? declaredRoots : declared;
  let made = known.get(schema);
  if (made === undefined) {
    made = declare(schema, isRoot) ?? null;
    known.set(schema, made);
  }
  return made ?? undefined;
}

function declare(schema: JsonSchema, isRoot: boolean): Declared | undefined {
  if (schema['x-kubernetes-int-or-string'] === true)
    return { type: { kind: 'dyn' }, maxElements: stringSize(schema, MAX_REQUEST_BYTES - 2), minSize: 1 };
  switch (schema.type ?? '') {
    case 'array':
      return declareList(schema);
    case 'object':
      return declareObject(isRoot ? withMetadata(schema) : schema);
    case 'string':
      return declareString(schema);
    case 'boolean':
      return BOOL;
    case 'number':
      return DOUBLE;
    case 'integer':
      return INT;
    default:
      return undefined;
  }
}

const atLeastZero = (value: number): number => Math.max(0, value);

const stringSize = (schema: JsonSchema, unbounded: number): number =>
  schema.maxLength === undefined ? unbounded : atLeastZero(schema.maxLength) * 4;

function declareList(schema: JsonSchema): Declared | undefined {
  const items = itemsOf(schema);
  const item = items && declaredType(items);
  if (item === undefined) return undefined;
  const maxItems =
    schema.maxItems === undefined
      ? Math.floor((MAX_REQUEST_BYTES - 2) / (item.minSize + 1))
      : atLeastZero(schema.maxItems);
  return { type: { kind: 'list', element: sized(item), maxItems }, maxElements: maxItems, minSize: 2 };
}

function declareObject(schema: JsonSchema): Declared | undefined {
  const values = valuesOf(schema);
  if (values !== undefined) {
    const value = declaredType(values);
    if (value === undefined) return undefined;
    const maxProperties =
      schema.maxProperties === undefined
        ? Math.floor((MAX_REQUEST_BYTES - 2) / (value.minSize + 6))
        : atLeastZero(schema.maxProperties);
    return {
      // The original declares no size of keys, which it reads as none.
      type: { kind: 'map', key: { kind: 'string', maxSize: 0 }, value: sized(value), maxProperties },
      maxElements: maxProperties,
      minSize: 2,
    };
  }
  const required = new Set(schema.required);
  let minSize = 2;
  for (const name of required) {
    const property = propertyOf(schema, name);
    const type = property?.default === undefined ? property && declaredType(property) : undefined;
    if (type !== undefined) minSize += name.length + type.minSize + 4;
  }
  let fields: Map<string, CelField> | undefined;
  return {
    type: { kind: 'object', name: 'object', fields: () => (fields ??= fieldsOf(schema, required)) },
    maxElements: 0,
    minSize,
  };
}

function fieldsOf(schema: JsonSchema, required: ReadonlySet<string>): Map<string, CelField> {
  const fields = new Map<string, CelField>();
  for (const name in schema.properties) {
    const property = propertyOf(schema, name);
    const type = property && declaredType(property);
    const escaped = escapeName(name);
    if (type === undefined || escaped === undefined) continue;
    fields.set(escaped, {
      type: sized(type),
      ...(escaped === name ? {} : { json: name }),
      ...(required.has(name) ? { required: true } : {}),
      maxSize: type.maxElements,
    });
  }
  return fields;
}

/** Elements of lists and maps carry the size of their text. */
function sized({ type, maxElements }: Declared): CelType {
  // A text that must be empty has a size: none.
  if (maxElements === 0 && type.kind !== 'string' && type.kind !== 'bytes') return type;
  if (type.kind === 'list' || type.kind === 'map' || type.kind === 'object') return type;
  if (type.kind === 'optional' || type.kind === 'opaque') return type;
  return { ...type, maxSize: maxElements };
}

function declareString(schema: JsonSchema): Declared {
  const text = (
    kind: 'string' | 'bytes' | 'duration' | 'timestamp',
    maxElements: number,
    minSize: number,
  ) => ({
    type: { kind },
    maxElements,
    minSize,
  });
  switch (schema.format ?? '') {
    case 'byte':
      return text('bytes', atLeastZero(schema.maxLength ?? MAX_REQUEST_BYTES - 2), MIN_STRING);
    case 'duration':
      return text('duration', MAX_TIME_TEXT, 3);
    case 'date':
      return text('timestamp', MAX_DATE_TEXT, MAX_DATE_TEXT);
    case 'date-time':
      return text('timestamp', MAX_TIME_TEXT, 21);
  }
  if (schema.maxLength === undefined && schema.enum !== undefined && schema.enum.length > 0) {
    const lengths = schema.enum.map((one) => (typeof one === 'string' ? Buffer.byteLength(one) : 0));
    return text('string', Math.max(...lengths), MIN_STRING);
  }
  return text('string', stringSize(schema, MAX_REQUEST_BYTES - 2), MIN_STRING);
}

/** A resource, whose type, name and name prefix can always be reached. */
function withMetadata(schema: JsonSchema): JsonSchema {
  const { kind, apiVersion, metadata } = schema.properties ?? {};
  const named = metadata?.properties;
  if (
    kind?.type === 'string' &&
    apiVersion?.type === 'string' &&
    metadata?.type === 'object' &&
    named?.name?.type === 'string' &&
    named.generateName?.type === 'string'
  )
    return schema;
  return {
    ...schema,
    properties: {
      ...schema.properties,
      kind: STRING_SCHEMA,
      apiVersion: STRING_SCHEMA,
      metadata: METADATA_SCHEMA,
    },
  };
}
