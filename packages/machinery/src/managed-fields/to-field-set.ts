import { isObject, type JsonObject } from '../json.ts';
import { childView, type SchemaView } from '../schema-view.ts';
import { EMPTY_SET, type FieldSet, makeNode } from './field-set.ts';
import { itemElement } from './path-element.ts';
import { isUntracked } from './untracked.ts';

/**
 * The fields that an applied configuration names: leaves, items of associative lists, keys of maps. Structs and maps
 * that hold something are not fields of their own. Fields that are never tracked are left out.
 */
export function toFieldSet(object: JsonObject, view: SchemaView): FieldSet {
  return makeNode(false, fieldsOf(object, view, 0)) ?? EMPTY_SET;
}

function add(children: FieldSet | null, element: string, node: FieldSet | null): FieldSet | null {
  if (node === null) return children;
  const out = children ?? {};
  out[element] = node;
  return out;
}

function fieldsOf(object: JsonObject, view: SchemaView, level: number): FieldSet | null {
  let children: FieldSet | null = null;
  for (const name in object) {
    const value = object[name];
    if (value === undefined || (level < 2 && isUntracked(level, name))) continue;
    const declared = view.field(name);
    const child = declared ?? childView(view, name);
    const next = level === 0 && name === 'metadata' ? 1 : 2;
    const empty = value === null || (isObject(value) && Object.keys(value).length === 0);
    const self = next === 2 && (empty || declared === undefined);
    children = add(children, `f:${name}`, nodeOf(value, child, self, next));
  }
  return children;
}

function nodeOf(value: unknown, view: SchemaView, self: boolean, level: number): FieldSet | null {
  if (isObject(value) && view.shape !== 'scalar' && view.shape !== 'list' && !view.atomic) {
    return makeNode(self, fieldsOf(value, view, level));
  }
  if (view.shape === 'list' && view.listType !== 'atomic') {
    return makeNode(self, Array.isArray(value) ? itemsOf(value, view) : null);
  }
  const granularNull = value === null && view.shape !== 'scalar' && !view.atomic && view.shape !== 'list';
  return makeNode(self || !granularNull, null);
}

function itemsOf(list: readonly unknown[], view: SchemaView): FieldSet | null {
  const items = view.items;
  if (items === undefined) return null;
  let children: FieldSet | null = null;
  const seen = new Set<string>();
  for (const item of list) {
    const element = itemElement(item, view);
    const repeated = seen.has(element);
    seen.add(element);
    children = add(children, element, repeated ? makeNode(true, null) : nodeOf(item, items, true, 2));
  }
  return children;
}
