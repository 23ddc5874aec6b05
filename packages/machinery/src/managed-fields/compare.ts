import { deepEqual, getOwn, isObject, type JsonObject } from '../json.ts';
import { childView, type SchemaView } from '../schema-view.ts';
import { EMPTY_SET, type FieldSet, makeNode } from './field-set.ts';
import { itemElement } from './path-element.ts';
import { isUntracked } from './untracked.ts';

/** Difference of two objects. A field is in one set only; both empty when the objects are equal. */
export interface Comparison {
  /** Fields that `after` has and `before` hasn't, or has with another value. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

const EMPTY_OBJECT: JsonObject = Object.freeze({});
const METADATA_LEVEL = 1;

/** Children of one node, made when the first is found. */
class Branch {
  changed: FieldSet | null = null;
  removed: FieldSet | null = null;
  change(element: string, node: FieldSet | null): void {
    if (node === null) return;
    this.changed ??= {};
    this.changed[element] = node;
  }
  remove(element: string, node: FieldSet | null): void {
    if (node === null) return;
    this.removed ??= {};
    this.removed[element] = node;
  }
}

/**
 * Compares two whole objects; fields whose owner is never tracked are left out.
 * Throws when items of an associative list can't be told apart.
 */
export function compareObjects(before: JsonObject, after: JsonObject, view: SchemaView): Comparison {
  const root = new Branch();
  walkFields(before, after, view, root, 0);
  return {
    changed: makeNode(false, root.changed) ?? EMPTY_SET,
    removed: makeNode(false, root.removed) ?? EMPTY_SET,
  };
}

/** An absent side is undefined: then everything of the other side is new or gone, down to the last struct. */
function walkFields(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  view: SchemaView,
  out: Branch,
  level: number,
): void {
  for (const name in after) {
    if (level < 2 && isUntracked(level, name)) continue;
    const child = childView(view, name);
    const next = level === 0 && name === 'metadata' ? METADATA_LEVEL : 2;
    const old = before === undefined ? undefined : filled(getOwn(before, name), child, next);
    walkValue(`f:${name}`, old, after[name], child, out, next);
  }
  for (const name in before) {
    if (level < 2 && isUntracked(level, name)) continue;
    if (after !== undefined && Object.hasOwn(after, name)) continue;
    const child = childView(view, name);
    const next = level === 0 && name === 'metadata' ? METADATA_LEVEL : 2;
    const now = after === undefined ? undefined : filled(undefined, child, next);
    walkValue(`f:${name}`, before[name], now, child, out, next);
  }
}

/** What stands for an absent field that the original would have serialised as empty. */
function filled(value: unknown, view: SchemaView, level: number): unknown {
  if (value !== undefined || (!view.alwaysPresent && level !== METADATA_LEVEL)) return value;
  return view.shape === 'list' ? null : view.shape === 'scalar' ? undefined : EMPTY_OBJECT;
}

function walkValue(
  element: string,
  b: unknown,
  a: unknown,
  view: SchemaView,
  out: Branch,
  level: number,
): void {
  if (a === b) return;
  if (isAnotherKind(b, a, view)) {
    // Both the value as a whole and what is inside of the one that has an inside.
    const inside = new Branch();
    walkFields(isObject(b) ? b : undefined, isObject(a) ? a : undefined, view, inside, level);
    out.change(element, makeNode(true, inside.changed));
    out.remove(element, makeNode(false, inside.removed));
    return;
  }
  const granular = isGranularMap(b, a, view);
  if (!granular && !isAssociative(b, a, view)) {
    if (a === undefined) out.remove(element, makeNode(true, null));
    else if (b === undefined || !deepEqual(a, b)) out.change(element, makeNode(true, null));
    return;
  }
  const branch = new Branch();
  if (granular) {
    walkFields(isObject(b) ? b : undefined, isObject(a) ? a : undefined, view, branch, level);
  } else {
    walkItems(Array.isArray(b) ? b : [], Array.isArray(a) ? a : [], view, branch);
  }
  out.change(element, makeNode(b === undefined, branch.changed));
  out.remove(element, makeNode(a === undefined, branch.removed));
}

/** A value without a declared type that was an object and is none now, or the other way round. */
function isAnotherKind(b: unknown, a: unknown, view: SchemaView): boolean {
  if (view.shape !== 'any' || a === undefined || a === null || b === undefined || b === null) return false;
  return isObject(a) !== isObject(b);
}

/** Empty or null on both sides counts as a leaf, which keeps the two apart. */
function isGranularMap(b: unknown, a: unknown, view: SchemaView): boolean {
  if (view.atomic || view.shape === 'scalar' || view.shape === 'list') return false;
  return hasKeys(a) || hasKeys(b);
}

function hasKeys(value: unknown): boolean {
  if (!isObject(value)) return false;
  for (const _ in value) return true;
  return false;
}

function isAssociative(b: unknown, a: unknown, view: SchemaView): boolean {
  if (view.shape !== 'list' || view.listType === 'atomic') return false;
  return (Array.isArray(a) && a.length > 0) || (Array.isArray(b) && b.length > 0);
}

/** Value of an element that occurs more than once: all its items. */
class Duplicates {
  readonly items: unknown[];
  constructor(items: unknown[]) {
    this.items = items;
  }
}

function index(list: readonly unknown[], view: SchemaView): Map<string, unknown> {
  const byElement = new Map<string, unknown>();
  for (const item of list) {
    const element = itemElement(item, view);
    const seen = byElement.get(element);
    if (seen === undefined) byElement.set(element, item);
    else if (seen instanceof Duplicates) seen.items.push(item);
    else byElement.set(element, new Duplicates([seen, item]));
  }
  return byElement;
}

function walkItems(
  before: readonly unknown[],
  after: readonly unknown[],
  view: SchemaView,
  out: Branch,
): void {
  const items = view.items;
  if (items === undefined || deepEqual(before, after)) return;
  const old = index(before, view);
  const now = index(after, view);
  for (const [element, a] of now) walkItem(element, old.get(element), a, items, out);
  for (const [element, b] of old) if (!now.has(element)) walkItem(element, b, undefined, items, out);
}

/** Items that share an element count as one atomic value. */
function walkItem(element: string, b: unknown, a: unknown, items: SchemaView, out: Branch): void {
  const manyBefore = b instanceof Duplicates;
  const manyAfter = a instanceof Duplicates;
  if (!manyBefore && !manyAfter) {
    walkValue(element, b, a, items, out, 2);
  } else if (manyBefore && manyAfter) {
    if (!deepEqual(b.items, a.items)) out.change(element, makeNode(true, null));
  } else if (manyBefore) {
    if (a !== undefined) walkValue(element, undefined, a, items, out, 2);
    out.remove(element, makeNode(true, null));
  } else {
    if (b !== undefined) walkValue(element, b, undefined, items, out, 2);
    out.change(element, makeNode(true, null));
  }
}
