import { duplicate, type FieldError, invalid } from '@gantry/machinery/field-error';
import { isObject, stableStringify } from '@gantry/machinery/json';
import type { JsonSchema } from '../definition.ts';
import { contentsOf, itemsOf, propertyOf, valuesOf } from './nodes.ts';

/** Items of lists of type `set` and `map` that are there more than once; each reported at its second place. */
export function validateListTypes(value: unknown, schema: JsonSchema | undefined, path = ''): FieldError[] {
  const errors: FieldError[] = [];
  walk(value, schema, path, errors);
  return errors;
}

function walk(value: unknown, schema: JsonSchema | undefined, path: string, errors: FieldError[]): void {
  if (schema === undefined || typeof value !== 'object' || value === null) return;
  if (!contentsOf(schema).uniqueLists) return;
  if (Array.isArray(value)) {
    checkList(value, schema, path, errors);
    const items = itemsOf(schema);
    for (let index = 0; index < value.length; index++) walk(value[index], items, `${path}[${index}]`, errors);
    return;
  }
  const values = valuesOf(schema);
  for (const key of Object.keys(value)) {
    const child = (value as Record<string, unknown>)[key];
    if (values !== undefined) walk(child, values, `${path}[${key}]`, errors);
    walk(child, propertyOf(schema, key), path === '' ? key : `${path}.${key}`, errors);
  }
}

function checkList(list: readonly unknown[], schema: JsonSchema, path: string, errors: FieldError[]): void {
  const type = schema['x-kubernetes-list-type'];
  if (type === 'set') {
    for (const index of repeated(list)) errors.push(duplicate(`${path}[${index}]`, list[index]));
    return;
  }
  if (type !== 'map') return;
  const odd = list.findIndex((item) => item !== null && !isObject(item));
  if (odd >= 0) {
    errors.push(invalid(`${path}[${odd}]`, list[odd], 'must be an object for an array of list-type map'));
    return;
  }
  const names = schema['x-kubernetes-list-map-keys'] ?? [];
  const keys = list.map((item) => keyOf(item as Record<string, unknown> | null, names));
  for (const index of repeated(keys)) errors.push(duplicate(`${path}[${index}]`, keys[index]));
}

function keyOf(item: Record<string, unknown> | null, names: readonly string[]): Record<string, unknown> {
  const key: Record<string, unknown> = {};
  if (item !== null) for (const name of names) if (Object.hasOwn(item, name)) key[name] = item[name];
  return key;
}

/** Indices at which a value appears for the second time. */
function repeated(list: readonly unknown[]): number[] {
  if (list.length < 2) return [];
  const seen = new Map<unknown, number>();
  const found: number[] = [];
  for (const [index, item] of list.entries()) {
    const key = typeof item === 'object' && item !== null ? `o${stableStringify(item)}` : item;
    const text = typeof key === 'string' && key === item ? `s${key}` : key;
    const times = seen.get(text) ?? 0;
    seen.set(text, times + 1);
    if (times === 1) found.push(index);
  }
  return found;
}
