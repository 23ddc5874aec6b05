import { isObject, type JsonObject, setOwn } from '../json.ts';
import { childView, type SchemaView } from '../schema-view.ts';
import { below, type FieldSet, makeNode, nodeIsMember } from './field-set.ts';
import { itemElement } from './path-element.ts';

/** The object without the members of a set. Maps and lists that end empty become null. */
export function removeFields(object: JsonObject, set: FieldSet, view: SchemaView): JsonObject {
  const left = removeFrom(object, set, view);
  return isObject(left) ? left : {};
}

function removeFrom(value: unknown, set: FieldSet, view: SchemaView): unknown {
  if (Array.isArray(value)) return removeItems(value, set, view);
  if (!isObject(value)) return view.shape === 'scalar' || view.shape === 'any' ? value : undefined;
  if (view.atomic || view.shape === 'scalar' || view.shape === 'list') return undefined;
  const out: JsonObject = {};
  let left = false;
  for (const name in value) {
    const node = set[`f:${name}`];
    if (nodeIsMember(node)) continue;
    const rest = below(node);
    const kept = rest === undefined ? value[name] : removeFrom(value[name], rest, childView(view, name));
    // The key of an emptied map stays as null: who owns the map itself still owns it. Decoding drops the null.
    setOwn(out, name, kept === undefined ? null : kept);
    left = true;
  }
  return left ? out : undefined;
}

function removeItems(list: readonly unknown[], set: FieldSet, view: SchemaView): unknown {
  const items = view.items;
  if (view.shape !== 'list' || view.listType === 'atomic' || items === undefined) return undefined;
  const out: unknown[] = [];
  for (const item of list) {
    const node = set[itemElement(item, view)];
    if (nodeIsMember(node)) continue;
    const rest = below(node);
    const kept = rest === undefined ? item : removeFrom(item, rest, items);
    if (kept !== undefined) out.push(kept);
  }
  return out.length > 0 ? out : undefined;
}

/**
 * The set with every declared struct field that has members below it as a member too: `a.b.c` also names `a` when
 * `a` is declared, but not the keys of free maps.
 */
export function withNamedFields(set: FieldSet, view: SchemaView): FieldSet {
  return nodeWithNamedFields(set, view, false) ?? set;
}

function nodeWithNamedFields(node: FieldSet, view: SchemaView, member: boolean): FieldSet | null {
  let children: FieldSet | null = null;
  for (const element in node) {
    const child = node[element];
    if (element === '.' || child === undefined) continue;
    children ??= {};
    const rest = below(child);
    if (rest === undefined) {
      children[element] = child;
      continue;
    }
    const isField = element.startsWith('f:');
    const declared = isField ? view.field(element.slice(2)) : undefined;
    const next = isField ? (declared ?? childView(view, element.slice(2))) : (view.items ?? view);
    const named = nodeWithNamedFields(rest, next, nodeIsMember(child) || declared !== undefined);
    if (named !== null) children[element] = named;
  }
  return makeNode(member, children);
}
