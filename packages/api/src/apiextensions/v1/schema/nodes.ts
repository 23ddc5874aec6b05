import { isObject } from '@gantry/machinery/json';
import type { JsonSchema } from '../definition.ts';

/** Schema of a named property; never something inherited. */
export function propertyOf(schema: JsonSchema | undefined, name: string): JsonSchema | undefined {
  const properties = schema?.properties;
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** Schema of the items; a list of schemas is not structural and counts as none. */
export function itemsOf(schema: JsonSchema | undefined): JsonSchema | undefined {
  const items = schema?.items;
  return isObject(items) ? (items as JsonSchema) : undefined;
}

/** Schema of undeclared properties; undefined when there is none or it is a boolean. */
export function valuesOf(schema: JsonSchema | undefined): JsonSchema | undefined {
  const values = schema?.additionalProperties;
  return isObject(values) ? (values as JsonSchema) : undefined;
}

/** Whether undeclared properties are kept: `additionalProperties` is present. */
export const allowsUndeclared = (schema: JsonSchema): boolean => schema.additionalProperties !== undefined;

export const isEmbedded = (schema: JsonSchema): boolean => schema['x-kubernetes-embedded-resource'] === true;

export const hasRules = (schema: JsonSchema): boolean =>
  (schema['x-kubernetes-validations']?.length ?? 0) > 0;

export const META_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** What lies somewhere in the structural part of a schema, so that walks can skip whole branches. */
export interface Contents {
  readonly defaults: boolean;
  readonly embedded: boolean;
  readonly uniqueLists: boolean;
  readonly rules: boolean;
}

const contents = new WeakMap<JsonSchema, Contents>();

/** Computed once a schema, on first use. */
export function contentsOf(schema: JsonSchema): Contents {
  const known = contents.get(schema);
  if (known !== undefined) return known;
  const children = childrenOf(schema).map(contentsOf);
  const listType = schema['x-kubernetes-list-type'];
  const found: Contents = {
    defaults: children.some((child) => child.defaults) || hasDefault(schema),
    embedded: isEmbedded(schema) || children.some((child) => child.embedded),
    uniqueLists: listType === 'set' || listType === 'map' || children.some((child) => child.uniqueLists),
    rules:
      hasRules(schema) || (schema.allOf?.some(nestedRules) ?? false) || children.some((child) => child.rules),
  };
  contents.set(schema, found);
  return found;
}

const hasDefault = (schema: JsonSchema): boolean => schema.default !== undefined;

const nestedRules = (schema: JsonSchema): boolean =>
  hasRules(schema) || (schema.allOf?.some(nestedRules) ?? false) || childrenOf(schema).some(nestedRules);

/** Direct children in the structural part. */
export function childrenOf(schema: JsonSchema): JsonSchema[] {
  const children = schema.properties === undefined ? [] : Object.values(schema.properties);
  const items = itemsOf(schema);
  const values = valuesOf(schema);
  if (items !== undefined) children.push(items);
  if (values !== undefined) children.push(values);
  return children;
}
