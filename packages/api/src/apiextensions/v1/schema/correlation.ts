import { deepEqual, isObject } from '@gantry/machinery/json';
import type { JsonSchema } from '../definition.ts';
import { itemsOf, propertyOf, valuesOf } from './nodes.ts';

/**
 * A value of an update and the one that it replaces. Children are paired by field name, items of lists of type `map`
 * by their keys, all other items not at all. What did not change keeps passing rules that came later.
 */
export class Correlated {
  readonly value: unknown;
  readonly old: unknown;
  readonly #schema: JsonSchema | undefined;
  #equal: boolean | undefined;
  #oldByKey: Map<string, unknown> | undefined;

  constructor(value: unknown, old: unknown, schema: JsonSchema | undefined) {
    this.value = value;
    this.old = old;
    this.#schema = schema;
  }

  /** Nothing changed, the order of list items included unless they have keys. */
  get unchanged(): boolean {
    this.#equal ??= deepEqual(this.value, this.old);
    return this.#equal;
  }

  /** The field on both sides; undefined when one lacks it or no schema covers it. */
  field(name: string): Correlated | undefined {
    if (!isObject(this.value) || !isObject(this.old)) return undefined;
    if (!Object.hasOwn(this.value, name) || !Object.hasOwn(this.old, name)) return undefined;
    const schema = propertyOf(this.#schema, name) ?? valuesOf(this.#schema);
    return schema && new Correlated(this.value[name], this.old[name], schema);
  }

  /** The item at this index and the old item with the same keys. */
  item(index: number): Correlated | undefined {
    const items = itemsOf(this.#schema);
    if (items === undefined || !Array.isArray(this.value)) return undefined;
    const item: unknown = this.value[index];
    const old = this.oldItem(item);
    return old === undefined ? undefined : new Correlated(item, old, items);
  }

  /** The old item of a list of type `map` with the keys of `item`. */
  oldItem(item: unknown): unknown {
    if (this.#schema === undefined || !Array.isArray(this.old)) return undefined;
    this.#oldByKey ??= itemsByKey(this.old, this.#schema);
    const key = mapKey(item, this.#schema);
    return key === undefined ? undefined : this.#oldByKey.get(key);
  }
}

/** Text of the keys of an item of a list of type `map`; undefined when one is missing or no scalar. */
function mapKey(item: unknown, schema: JsonSchema): string | undefined {
  const names = schema['x-kubernetes-list-map-keys'] ?? [];
  if (schema['x-kubernetes-list-type'] !== 'map' || names.length === 0 || !isObject(item)) return undefined;
  const parts: unknown[] = [];
  for (const name of names) {
    const part = Object.hasOwn(item, name) ? item[name] : undefined;
    if (part === undefined || part === null || typeof part === 'object') return undefined;
    parts.push(part);
  }
  return JSON.stringify(parts);
}

function itemsByKey(list: readonly unknown[], schema: JsonSchema): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const item of list) {
    const key = mapKey(item, schema);
    if (key !== undefined && !found.has(key)) found.set(key, item);
  }
  return found;
}

/** The old counterpart of an item of a list of type `map`; undefined for other lists. */
export function oldItemOf(list: unknown, old: unknown, schema: JsonSchema, item: unknown): unknown {
  return new Correlated(list, old, schema).oldItem(item);
}
