import { deepClone, isObject, setOwn } from '@gantry/machinery/json';
import { requestEntityTooLarge } from '@gantry/machinery/status';
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

/** Bytes, as JSON, that defaults may add to one object: a small object with many items could ask for any amount. */
const MAX_ADDED = 8 << 20;

/** Fills in defaults, in place. Idempotent. Throws RequestEntityTooLarge. */
export function applyDefaults(value: unknown, schema: JsonSchema | undefined): void {
  new Filler().value(value, schema);
}

const weights = new WeakMap<JsonSchema, number>();

function weightOf(schema: JsonSchema): number {
  const known = weights.get(schema);
  if (known !== undefined) return known;
  const weight = JSON.stringify(schema.default).length;
  weights.set(schema, weight);
  return weight;
}

class Filler {
  #left = MAX_ADDED;

  value(value: unknown, schema: JsonSchema | undefined): void {
    if (schema === undefined || typeof value !== 'object' || value === null) return;
    if (!contentsOf(schema).defaults) return;
    if (Array.isArray(value)) {
      const items = itemsOf(schema);
      if (items !== undefined) this.#items(value, items);
    } else if (isObject(value)) this.#fields(value, schema);
  }

  #defaultOf(schema: JsonSchema): unknown {
    this.#left -= weightOf(schema);
    if (this.#left < 0)
      throw requestEntityTooLarge(
        `defaults of the definition add more than ${MAX_ADDED} bytes to the object`,
      );
    return deepClone(schema.default);
  }

  #items(list: unknown[], items: JsonSchema): void {
    for (let index = 0; index < list.length; index++) {
      if (isRefusedNull(list[index], items) && items.default !== undefined)
        list[index] = this.#defaultOf(items);
      this.value(list[index], items);
    }
  }

  #fields(object: Record<string, unknown>, schema: JsonSchema): void {
    for (const name in schema.properties) {
      const property = propertyOf(schema, name);
      if (property?.default === undefined) continue;
      const present = Object.hasOwn(object, name);
      if (!present || isRefusedNull(object[name], property)) setOwn(object, name, this.#defaultOf(property));
    }
    const values = valuesOf(schema);
    for (const key of Object.keys(object)) {
      const property = propertyOf(schema, key);
      if (property === undefined && isRefusedNull(object[key], values) && values.default !== undefined)
        object[key] = this.#defaultOf(values);
      this.value(object[key], property ?? values);
    }
  }
}
