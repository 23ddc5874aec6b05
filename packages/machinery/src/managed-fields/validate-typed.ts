import { goText } from '../go-text.ts';
import { isObject } from '../json.ts';
import type { SchemaView } from '../schema-view.ts';
import { formatElement, itemElement } from './path-element.ts';

/** More errors than this are of no use to anybody. */
const MAX_ERRORS = 100;

const show = goText;

function goType(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

/** What doesn't fit the type in an applied configuration, as `.path: reason`. Empty when it fits. */
export function typeErrors(value: unknown, view: SchemaView): string[] {
  const errors: string[] = [];
  check(value, view, '', errors);
  return errors;
}

function fail(errors: string[], path: string, reason: string): void {
  if (errors.length < MAX_ERRORS) errors.push(path === '' ? reason : `${path}: ${reason}`);
}

function check(value: unknown, view: SchemaView, path: string, errors: string[]): void {
  if (value === null || view.shape === 'any') return;
  if (view.shape === 'scalar') {
    const reason = scalarError(value, view);
    if (reason !== '') fail(errors, path, reason);
  } else if (view.shape === 'list') {
    if (!Array.isArray(value)) fail(errors, path, `expected list, got &{${show(value)}}`);
    else checkItems(value, view, path, errors);
  } else if (!isObject(value)) {
    fail(errors, path, `expected map, got &{${show(value)}}`);
  } else {
    for (const name in value) {
      const child = view.field(name) ?? view.values;
      if (child === undefined) fail(errors, `${path}.${name}`, 'field not declared in schema');
      else check(value[name], child, `${path}.${name}`, errors);
    }
  }
}

function scalarError(value: unknown, view: SchemaView): string {
  const type = typeof value;
  switch (view.scalar) {
    case 'number':
      return type === 'number' ? '' : `expected numeric (int or float), got ${goType(value)}`;
    case 'string':
      return type === 'string' ? '' : `expected string, got &value.valueUnstructured{Value:${show(value)}}`;
    case 'boolean':
      return type === 'boolean' ? '' : `expected boolean, got &{${show(value)}}`;
    default:
      return type === 'object' ? `expected any scalar, got &{${show(value)}}` : '';
  }
}

function checkItems(list: readonly unknown[], view: SchemaView, path: string, errors: string[]): void {
  const items = view.items;
  if (items === undefined) return;
  const seen = new Set<string>();
  for (const [i, item] of list.entries()) {
    let shown = `[${i}]`;
    if (view.listType !== 'atomic') {
      let element: string;
      try {
        element = itemElement(item, view);
      } catch (error) {
        fail(errors, path, `element ${i}: ${error instanceof Error ? error.message : String(error)}`);
        return;
      }
      shown = formatElement(element);
      if (seen.has(element)) fail(errors, path, `duplicate entries for key ${shown}`);
      seen.add(element);
    }
    check(item, items, path + shown, errors);
  }
}
