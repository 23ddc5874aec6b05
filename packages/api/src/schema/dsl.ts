/**
 * The schema language in which every kind is written, once. From these descriptions derive OpenAPI, discovery,
 * defaulting, pruning, validation, merge keys for patches and server-side apply, and the TypeScript types.
 *
 * A schema is plain immutable data: the compilers in this folder turn it into specialised functions.
 */

/** What may be said of any field, whatever its type. */
export interface FieldOptions {
  readonly description?: string;
  /** Must be present. Absent or empty is a `Required value` error. */
  readonly required?: boolean;
  /** Set on create and update when the field is absent. Server-side defaulting, as the original does it. */
  readonly default?: unknown;
  /** Closed set of values: anything else is an `Unsupported value` error. */
  readonly enum?: readonly string[];
  /** Inclusive bounds of an integer. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** May not change after creation: `field is immutable`. */
  readonly immutable?: boolean;
  /** `atomic` structs and maps are owned and replaced as a whole by server-side apply. */
  readonly mapType?: 'atomic' | 'granular';
  readonly patchStrategy?: string;
  readonly patchMergeKey?: string;
  /**
   * The default that OpenAPI states, where it is not the zero of a required scalar; null for none. What the server sets
   * (`default`) is no part of the published schemas of the original.
   */
  readonly published?: string | number | boolean | null;
  /**
   * Whether the original keeps a struct by value: then it is serialised even when empty, and OpenAPI states `{}` as its
   * default. Absent: so are required structs, and any metadata, spec and status.
   */
  readonly byValue?: boolean;
  /** Of lists; the original publishes it for some bytes too. */
  readonly listType?: 'atomic' | 'set' | 'map';
}

export interface ArrayOptions extends FieldOptions {
  readonly listMapKeys?: readonly string[];
}

export type ScalarType = 'string' | 'boolean' | 'int32' | 'int64' | 'double';
/** String formats that carry meaning in the API; `raw` is any JSON value. */
export type SpecialType =
  | 'bytes'
  | 'time'
  | 'microTime'
  | 'quantity'
  | 'intOrString'
  | 'raw'
  | 'rawObject'
  | 'fieldsV1';

export interface ScalarSchema extends FieldOptions {
  readonly type: ScalarType | SpecialType;
  /** Of a `raw` value: its own OpenAPI definition, which says nothing of its shape. */
  readonly definition?: string;
  /** Of a `raw` value: prunes it, and throws DecodeError for a shape that is none of its own. */
  readonly parse?: (value: unknown) => unknown;
}
export interface ArraySchema extends ArrayOptions {
  readonly type: 'array';
  readonly items: Schema;
}
export interface MapSchema extends FieldOptions {
  readonly type: 'map';
  readonly values: Schema;
}
export interface RefSchema extends FieldOptions {
  readonly type: 'ref';
  /** A function, so that types may refer to each other and to themselves. */
  readonly target: () => StructType;
}
export type Schema = ScalarSchema | ArraySchema | MapSchema | RefSchema;

/** A named object type. `name` is its OpenAPI definition name, e.g. `io.k8s.api.core.v1.Container`. */
export interface StructType {
  readonly name: string;
  readonly description?: string;
  readonly fields: Readonly<Record<string, Schema>>;
  readonly mapType?: 'atomic' | 'granular';
  readonly unions?: readonly Union[];
}

/** At most one of some fields may be set; `discriminator` says which. A note in OpenAPI: rules enforce it. */
export interface Union {
  readonly discriminator?: string;
  readonly 'fields-to-discriminateBy': Readonly<Record<string, string>>;
}

export interface StructOptions {
  readonly description?: string;
  readonly mapType?: 'atomic' | 'granular';
  readonly unions?: readonly Union[];
}

/** See FieldOptions.byValue. */
export const isByValue = (name: string, schema: Schema): boolean =>
  schema.byValue ?? (schema.required === true || BY_VALUE.has(name));
const BY_VALUE: ReadonlySet<string> = new Set(['metadata', 'spec', 'status']);

export function struct(
  name: string,
  fields: Record<string, Schema>,
  options: StructOptions = {},
): StructType {
  return { name, fields, ...options };
}

const scalar =
  (type: ScalarType | SpecialType) =>
  (options: FieldOptions = {}): ScalarSchema => ({ type, ...options });

export const string = scalar('string');
export const boolean = scalar('boolean');
export const int32 = scalar('int32');
export const int64 = scalar('int64');
export const double = scalar('double');

/** base64 text in JSON. */
export const bytes = scalar('bytes');
/** RFC 3339, whole seconds, UTC. */
export const time = scalar('time');
/** RFC 3339 with six fractional digits, UTC. */
export const microTime = scalar('microTime');
/** A resource quantity: `100m`, `1Gi`. */
export const quantity = scalar('quantity');
export const intOrString = scalar('intOrString');
/** Any JSON value, kept as it is. */
export const raw = scalar('raw');
/** Any JSON object, kept as it is. */
export const rawObject = scalar('rawObject');
/** The trie of owned fields in managedFields. */
export const fieldsV1 = scalar('fieldsV1');

export const array = (items: Schema, options: ArrayOptions = {}): ArraySchema => ({
  type: 'array',
  items,
  ...options,
});
export const map = (values: Schema, options: FieldOptions = {}): MapSchema => ({
  type: 'map',
  values,
  ...options,
});
export const ref = (target: () => StructType, options: FieldOptions = {}): RefSchema => ({
  type: 'ref',
  target,
  ...options,
});
