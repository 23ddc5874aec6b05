import { type FieldError, invalid, required } from '@gantry/machinery/field-error';
import { isObject } from '@gantry/machinery/json';
import type { ObjectMeta as Metadata } from '@gantry/machinery/object';
import { validateObjectMeta } from '@gantry/machinery/object-meta';
import { isDNS1035Label, nameIsPathSegment } from '@gantry/machinery/validation';
import { ObjectMeta } from '../../../meta/v1/meta.ts';
import { structDecoder } from '../../../schema/decode.ts';
import { DecodeError } from '../../../schema/decode-scalar.ts';
import type { JsonSchema } from '../definition.ts';
import { contentsOf, isEmbedded, itemsOf, propertyOf, valuesOf } from './nodes.ts';

const decodeMetadata = structDecoder(ObjectMeta);

/** Metadata in canonical form. `unknown` gets the paths of what was dropped, below `path`. Throws DecodeError. */
export function canonicalMetadata(value: unknown, path: string, unknown: string[]): Metadata {
  const dropped: string[] = [];
  const metadata = decodeMetadata(value, { path: [], unknown: dropped }, '') as Metadata;
  for (const name of dropped) unknown.push(`${path}.${name}`);
  return withoutEmpty(metadata);
}

/** What the original leaves out of metadata when it is empty: all but the name. */
function withoutEmpty(metadata: Metadata): Metadata {
  const fields = metadata as unknown as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value === '' || value === 0 || (typeof value === 'object' && isEmpty(value))) {
      if (name !== 'name' && name !== 'deletionGracePeriodSeconds') delete fields[name];
    }
  }
  return metadata;
}

const isEmpty = (value: object | null): boolean => value !== null && Object.keys(value).length === 0;

/** What is wrong with one embedded resource. */
type Visit = (path: string, object: Record<string, unknown>) => void;

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** Calls `visit` for every embedded resource below the root. */
function eachEmbedded(value: unknown, schema: JsonSchema | undefined, path: string, visit: Visit): void {
  if (schema === undefined || typeof value !== 'object' || value === null) return;
  if (!contentsOf(schema).embedded) return;
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    for (let index = 0; index < value.length; index++)
      eachEmbedded(value[index], items, `${path}[${index}]`, visit);
    return;
  }
  const object = value as Record<string, unknown>;
  if (isEmbedded(schema) && path !== '') visit(path, object);
  for (const key of Object.keys(object)) {
    const property = propertyOf(schema, key);
    if (property !== undefined) eachEmbedded(object[key], property, join(path, key), visit);
    else eachEmbedded(object[key], valuesOf(schema), `${path}[${key}]`, visit);
  }
}

/**
 * Brings type and metadata of embedded resources into canonical form, in place; unknown fields of their metadata go.
 * Returns the first value of a wrong type.
 */
export function coerceEmbedded(
  value: unknown,
  schema: JsonSchema | undefined,
  unknown: string[],
): FieldError | undefined {
  let found: FieldError | undefined;
  const dropped: string[] = [];
  eachEmbedded(value, schema, '', (path, object) => {
    found ??= coerceOne(path, object, dropped);
  });
  unknown.push(...dropped.sort());
  return found;
}

function coerceOne(path: string, object: Record<string, unknown>, unknown: string[]): FieldError | undefined {
  for (const name of ['apiVersion', 'kind'])
    if (object[name] !== undefined && typeof object[name] !== 'string')
      return invalid(`${path}.${name}`, object[name], 'must be a string');
  if (object.metadata === undefined) return undefined;
  try {
    const metadata = canonicalMetadata(object.metadata, `${path}.metadata`, unknown);
    if (metadata.creationTimestamp === null) delete metadata.creationTimestamp;
    object.metadata = metadata;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return invalid(`${path}.metadata`, object.metadata, error.message);
  }
  return undefined;
}

/** Type and metadata of embedded resources below the root. */
export function validateEmbedded(value: unknown, schema: JsonSchema | undefined): FieldError[] {
  const errors: FieldError[] = [];
  eachEmbedded(value, schema, '', (path, object) => {
    errors.push(...validateResource(path, object));
  });
  return errors;
}

/** One embedded resource, `path` in front of its fields. */
export function validateResource(path: string, object: Record<string, unknown>): FieldError[] {
  const errors: FieldError[] = [];
  const { apiVersion, kind, metadata } = object;
  const at = (name: string): string => join(path, name);
  if (apiVersion === undefined) errors.push(required(at('apiVersion')));
  else if (typeof apiVersion !== 'string')
    errors.push(invalid(at('apiVersion'), apiVersion, 'must be a string'));
  else if (apiVersion === '') errors.push(invalid(at('apiVersion'), apiVersion, 'must not be empty'));
  else if (apiVersion.split('/').length > 2)
    errors.push(invalid(at('apiVersion'), apiVersion, `unexpected GroupVersion string: ${apiVersion}`));
  if (kind === undefined) errors.push(required(at('kind')));
  else if (typeof kind !== 'string') errors.push(invalid(at('kind'), kind, 'must be a string'));
  else if (kind === '') errors.push(invalid(at('kind'), kind, 'must not be empty'));
  else {
    const wrong = isDNS1035Label(kind.toLowerCase());
    if (wrong.length > 0)
      errors.push(
        invalid(at('kind'), kind, `may have mixed case, but should otherwise match: ${wrong.join(',')}`),
      );
  }
  if (isObject(metadata)) {
    const meta = { ...metadata, name: metadata.name || 'fakename' } as Metadata;
    errors.push(
      ...validateObjectMeta(meta, (meta.namespace ?? '') !== '', nameIsPathSegment, at('metadata')),
    );
  }
  return errors;
}
