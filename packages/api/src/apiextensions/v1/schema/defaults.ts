import { deepClone, isObject, setOwn } from '@gantry/machinery/json';
import type { JsonSchema } from '../definition.ts';
import { contentsOf, itemsOf, propertyOf, valuesOf } from './nodes.ts';

const isRefusedNull = (value: unknown, schema: JsonSchema | undefined): schema is JsonSchema =>
  value === null && schema !== undefined && schema.nullable !== true;

/** Removes nulls that the schema does not allow and that no default will replace, in place. */
export function dropRefusedNulls(value: unknown, schema: JsonSchema | undefined): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    for (const item of value) dropRefusedNulls(item, items);
    return;
  }
  const object = value as Record<string, unknown>;
  for (const key of Object.keys(object)) {
    const child = propertyOf(schema, key) ?? valuesOf(schema);
    if (isRefusedNull(object[key], child) && child.default === undefined) delete object[key];
    else dropRefusedNulls(object[key], child);
  }
}

/** Fills in defaults, in place. Idempotent. */
export function applyDefaults(value: unknown, schema: JsonSchema | undefined): void {
  if (schema === undefined || typeof value !== 'object' || value === null) return;
  if (!contentsOf(schema).defaults) return;
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    if (items === undefined) return;
    for (let index = 0; index < value.length; index++) {
      if (isRefusedNull(value[index], items) && items.default !== undefined)
        value[index] = deepClone(items.default);
      applyDefaults(value[index], items);
    }
    return;
  }
  if (isObject(value)) defaultFields(value, schema);
}

function defaultFields(object: Record<string, unknown>, schema: JsonSchema): void {
  for (const name in schema.properties) {
    const property = schema.properties[name];
    if (property?.default === undefined) continue;
    const present = Object.hasOwn(object, name);
    if (!present || isRefusedNull(object[name], property)) setOwn(object, name, deepClone(property.default));
  }
  const values = valuesOf(schema);
  for (const key of Object.keys(object)) {
    const property = propertyOf(schema, key);
    if (property === undefined && isRefusedNull(object[key], values) && values.default !== undefined)
      object[key] = deepClone(values.default);
    applyDefaults(object[key], property ?? values);
  }
}
