import type { FieldError } from '@gantry/machinery/field-error';
import { deepClone, deepEqual, type JsonObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import type { SchemaView } from '@gantry/machinery/schema-view';
import { badRequest } from '@gantry/machinery/status';
import type { KindDefinition, KindRules, StrategyContext } from './kind.ts';
import { validateMetadata, validateMetadataUpdate } from './meta/v1/validate-metadata.ts';
import { structDecoder } from './schema/decode.ts';
import { DecodeError } from './schema/decode-scalar.ts';
import { semanticEqual } from './schema/deep-equal.ts';
import { structDefaulter } from './schema/defaults.ts';
import type { StructType } from './schema/dsl.ts';
import { type BodySource, describeFaults, strictError } from './schema/duplicate-fields.ts';
import { emptyObject } from './schema/empty-object.ts';
import { structImmutables } from './schema/immutable.ts';
import { type NullFields, structNulls } from './schema/null-fields.ts';
import { schemaView } from './schema/schema-view.ts';
import { structValidator } from './schema/validate.ts';
import { structNormaliser } from './schema/zero-values.ts';

/** The query parameter `fieldValidation`. */
export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

export interface Decoded<T = AnyObject> {
  readonly object: T;
  /** In mode Warn: texts for `Warning:` headers. */
  readonly warnings: string[];
}

/** A kind as the server runs it: every function specialised for the kind's type. Made once, by compileKind. */
export interface CompiledKind {
  readonly kind: KindDefinition;
  /** `v1` or `group/version`. */
  readonly apiVersion: string;
  /** Whether metadata.generation is kept. */
  readonly hasGeneration: boolean;
  /** Of kinds with fields that are null in the store when nobody set them. */
  readonly nulls?: NullFields;
  /** What is written of an object in which nothing is set; undefined: nothing. */
  readonly empty?: JsonObject;
  /** What strategic merge patch and server-side apply ask of the schema. */
  readonly view: SchemaView;
  /**
   * JSON value → pruned, canonical object. Changes `value` in place where it can. `source` is what `value` was parsed
   * from, for what it says of duplicate fields. Throws a 400 StatusError for wrong types, and in mode Strict for
   * unknown and duplicate fields. `keepNulls`: fields that are null stay, as server-side apply wants them.
   */
  decode(value: unknown, mode: FieldValidation, source?: BodySource, keepNulls?: boolean): Decoded;
  /**
   * In place; idempotent. Zeros as the original writes them, then defaults. Runs after decoding and after patching, on
   * create and on update.
   */
  applyDefaults(object: AnyObject, old?: AnyObject): void;
  /** In place; after mutating admission: clears status, sets generation and initial state. */
  prepareForCreate(object: AnyObject, context: StrategyContext): void;
  /** In place: restores what this subresource may not change, and counts the generation up. */
  prepareForUpdate(object: AnyObject, old: AnyObject, context: StrategyContext): void;
  /** Metadata, schema and rules. */
  validateCreate(object: AnyObject, context: StrategyContext): FieldError[];
  validateUpdate(object: AnyObject, old: AnyObject, context: StrategyContext): FieldError[];
  /** Texts for `Warning:` headers. */
  warnings(object: AnyObject, old?: AnyObject, subresource?: string): string[];
}

const compiled = new WeakMap<KindDefinition, CompiledKind>();

/** The compiled form of a kind, made on first use. */
export function compileKind(kind: KindDefinition): CompiledKind {
  if (kind.custom !== undefined) return kind.custom.compile();
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  const made = compile(kind);
  compiled.set(kind, made);
  return made;
}

function compile(kind: KindDefinition): CompiledKind {
  const rules = (kind.rules ?? {}) as KindRules<AnyObject>;
  const fillDefaults = structDefaulter(kind.type) as ((object: AnyObject) => void) | undefined;
  const normalise = structNormaliser(kind.type) as ((object: AnyObject) => void) | undefined;
  const checkSchema = structValidator(kind.type);
  const checkImmutables = structImmutables(kind.type);
  const generation = kind.generation ?? defaultGeneration(kind);
  const hasGeneration = generation !== false;
  const nulls = structNulls(kind.type);
  const empty = kind.type.name.startsWith('io.k8s.') ? emptyObject(kind.type) : undefined;
  const hasSpec = kind.type.fields.spec?.type === 'ref';
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  const schemaErrors = (object: AnyObject): FieldError[] => {
    const errors: FieldError[] = [];
    checkSchema?.(object, '', errors);
    return errors;
  };
  return {
    kind,
    apiVersion,
    hasGeneration,
    ...(nulls === undefined ? {} : { nulls }),
    ...(empty === undefined ? {} : { empty }),
    view: schemaView(kind.type),
    decode(value, mode, source, keepNulls) {
      const decoded = decodeType<AnyObject>(kind.type, kind, value, mode, source, keepNulls);
      decoded.object.metadata ??= { name: '' };
      return decoded;
    },
    applyDefaults(object, old) {
      normalise?.(object);
      if (hasSpec) object.spec ??= {};
      fillDefaults?.(object);
      rules.defaults?.(object, old);
    },
    prepareForCreate(object, context) {
      resetForCreate(kind, generation, object);
      rules.prepareForCreate?.(object, context);
    },
    prepareForUpdate(object, old, context) {
      isolate(kind, object, old, context.subresource);
      rules.prepareForUpdate?.(object, old, context);
      keepGeneration(generation, object, old, context.subresource);
    },
    validateCreate: (object, context) => [
      ...validateMetadata(kind, object.metadata),
      ...schemaErrors(object),
      ...(rules.validate?.(object, context) ?? []),
    ],
    validateUpdate(object, old, context) {
      const errors = validateMetadataUpdate(kind, object.metadata, old.metadata);
      errors.push(...schemaErrors(object));
      if (context.subresource === 'status')
        return errors.concat(rules.validateStatusUpdate?.(object, old, context) ?? []);
      checkImmutables?.(object, old, '', errors);
      if (context.subresource === '' || context.subresource === 'scale')
        errors.push(...(rules.validate?.(object, context, old) ?? []));
      return errors.concat(rules.validateUpdate?.(object, old, context) ?? []);
    },
    warnings(object, old, subresource = '') {
      if (subresource === 'status') return rules.statusWarnings?.(object) ?? [];
      return subresource === '' || subresource === 'scale' ? (rules.warnings?.(object, old) ?? []) : [];
    },
  };
}

/**
 * Decodes a value of any type, for bodies that are no stored kind (Binding, Eviction, Scale, DeleteOptions …).
 * `names` word the error. Throws like CompiledKind.decode.
 */
export function decodeType<T>(
  type: StructType,
  names: { readonly kind: string; readonly version: string },
  value: unknown,
  mode: FieldValidation,
  source?: BodySource,
  keepNulls = false,
): Decoded<T> {
  const unknown: string[] = [];
  const reject = (cause: string): Error =>
    badRequest(
      `${names.kind} in version ${JSON.stringify(names.version)} cannot be handled as a ${names.kind}: ${cause}`,
    );
  let object: T;
  try {
    object = structDecoder(type)(value, { path: [], unknown, keepNulls }, '') as T;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const rejected = reject(error.within(type).message);
    rejected.cause = error;
    throw rejected;
  }
  if (mode === 'Ignore') return { object, warnings: [] };
  const warnings = describeFaults(source, unknown);
  if (warnings.length > 0 && mode === 'Strict') throw reject(strictError(source, warnings));
  return { object, warnings };
}

type Generation = NonNullable<KindDefinition['generation']>;

const defaultGeneration = (kind: KindDefinition): boolean =>
  kind.subresources?.status === true && kind.type.fields.spec !== undefined;

function resetForCreate(kind: KindDefinition, generation: Generation, object: AnyObject): void {
  if (kind.subresources?.status === true) {
    const status = kind.statusOnCreate === true ? ((object.status ?? {}) as Record<string, unknown>) : {};
    const schema = kind.type.fields.status;
    if (schema?.type === 'ref') structDefaulter(schema.target())?.(status);
    object.status = status;
  }
  if (generation !== false && generation !== 'changes') object.metadata.generation = 1;
  else delete object.metadata.generation;
}

const OWN_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

function isolate(kind: KindDefinition, object: AnyObject, old: AnyObject, subresource: string): void {
  if (kind.subresources?.status !== true) return;
  if (subresource === '' || subresource === 'scale') restore(object, old, 'status');
  if (subresource !== 'status') return;
  for (const field of Object.keys(kind.type.fields))
    if (field !== 'status' && !OWN_FIELDS.has(field)) restore(object, old, field);
  const { metadata } = object;
  const { ownerReferences } = old.metadata;
  if (ownerReferences === undefined) delete metadata.ownerReferences;
  else if (!deepEqual(metadata.ownerReferences, ownerReferences))
    metadata.ownerReferences = deepClone(ownerReferences);
}

/** `old` is what the watch cache holds: nothing of it may become part of `object`, which is changed after this. */
function restore(object: AnyObject, old: AnyObject, field: string): void {
  if (old[field] === undefined) delete object[field];
  else if (object[field] === old[field] || !deepEqual(object[field], old[field]))
    object[field] = deepClone(old[field]);
}

function keepGeneration(
  generation: Generation,
  object: AnyObject,
  old: AnyObject,
  subresource: string,
): void {
  const before = old.metadata.generation;
  if (generation === false || generation === 'once') {
    if (before === undefined) delete object.metadata.generation;
    else object.metadata.generation = before;
    return;
  }
  const changed =
    subresource !== 'status' &&
    !(sameIntent(object, old) && (generation !== 'annotations' || sameAnnotations(object, old)));
  const first = generation !== 'changes' && before === undefined;
  if (changed || first) object.metadata.generation = (before ?? 0) + 1;
  else if (before === undefined) delete object.metadata.generation;
  else object.metadata.generation = before;
}

const sameAnnotations = (object: AnyObject, old: AnyObject): boolean =>
  semanticEqual(object.metadata.annotations, old.metadata.annotations);

/** Whether two states of an object ask for the same: the spec, or all but metadata and status where there is none. */
function sameIntent(object: AnyObject, old: AnyObject): boolean {
  if ('spec' in object || 'spec' in old) return semanticEqual(object.spec, old.spec);
  const strip = ({ metadata: _m, status: _s, apiVersion: _a, kind: _k, ...rest }: AnyObject) => rest;
  return semanticEqual(strip(object), strip(old));
}
