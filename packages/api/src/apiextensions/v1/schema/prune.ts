import { isObject } from '@gantry/machinery/json';
import type { JsonSchema } from '../definition.ts';
import { allowsUndeclared, isEmbedded, itemsOf, META_FIELDS, propertyOf, valuesOf } from './nodes.ts';

/** Where pruning notes what it removed; absent, nobody asks. */
export interface Pruned {
  readonly paths: string[];
  readonly path: (string | number)[];
}

/** Unknown fields that one object may report. */
const MAX_REPORTED = 100;

const EMPTY: JsonSchema = {};

/**
 * Removes what the schema does not declare, in place. `isRoot`: the value is a resource, whose type and metadata stay
 * whatever the schema says. Without a schema everything goes.
 */
export function prune(
  value: unknown,
  schema: JsonSchema | undefined,
  isRoot: boolean,
  pruned: Pruned | undefined,
): void {
  const walk = new Pruner(pruned);
  if (isRoot) walk.object(value, schema ?? EMPTY, true);
  else walk.value(value, schema);
}

class Pruner {
  readonly #pruned: Pruned | undefined;

  constructor(pruned: Pruned | undefined) {
    this.#pruned = pruned;
  }

  value(value: unknown, schema: JsonSchema | undefined): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      const items = itemsOf(schema);
      if (schema?.['x-kubernetes-preserve-unknown-fields'] === true) this.#keepItems(value, schema);
      else this.#items(value, items);
      return;
    }
    this.object(value, schema, schema !== undefined && isEmbedded(schema));
  }

  /** Of an object; `embedded` keeps its type and metadata. */
  object(value: unknown, schema: JsonSchema | undefined, embedded: boolean): void {
    if (!isObject(value)) {
      this.value(value, schema);
      return;
    }
    const keep = schema?.['x-kubernetes-preserve-unknown-fields'] === true;
    for (const key of Object.keys(value)) {
      if (embedded && META_FIELDS.has(key)) continue;
      const property = propertyOf(schema, key);
      if (property !== undefined) this.#child(value[key], property, key);
      else if (schema !== undefined && allowsUndeclared(schema))
        this.#child(value[key], valuesOf(schema), key);
      else if (!keep) this.#drop(value, key);
    }
  }

  #child(value: unknown, schema: JsonSchema | undefined, key: string | number): void {
    if (typeof value !== 'object' || value === null) return;
    this.#pruned?.path.push(key);
    this.value(value, schema);
    this.#pruned?.path.pop();
  }

  #items(list: readonly unknown[], items: JsonSchema | undefined): void {
    for (let index = 0; index < list.length; index++) this.#child(list[index], items, index);
  }

  /** Items of a list that keeps unknown fields: what their schema declares is pruned, the rest stays. */
  #keepItems(list: readonly unknown[], schema: JsonSchema): void {
    const items = itemsOf(schema);
    if (items === undefined) return;
    for (let index = 0; index < list.length; index++) {
      const item = list[index];
      if (typeof item !== 'object' || item === null) continue;
      this.#pruned?.path.push(index);
      this.#keep(item, items);
      this.#pruned?.path.pop();
    }
  }

  #keep(value: object, schema: JsonSchema): void {
    if (Array.isArray(value)) this.#keepItems(value, schema);
    else this.object(value, { ...schema, 'x-kubernetes-preserve-unknown-fields': true }, isEmbedded(schema));
  }

  #drop(object: Record<string, unknown>, key: string): void {
    delete object[key];
    const pruned = this.#pruned;
    if (pruned === undefined || pruned.paths.length >= MAX_REPORTED) return;
    if (pruned.path.length === 0 && META_FIELDS.has(key)) return;
    pruned.paths.push(renderPath([...pruned.path, key]));
  }
}

/** `spec.list[0].field`; keys of maps are joined as fields are. */
export function renderPath(path: readonly (string | number)[]): string {
  let text = '';
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : text === '' ? part : `.${part}`;
  return text;
}
