import { getOwn, isObject, type JsonObject, setOwn } from '@gantry/machinery/json';
import { inPlaceOf, isMissing, type Shape, setField, shapeOf, textOf } from './json-tree.ts';
import { completeValues, findElement, keyValues, putElement, usedKeys } from './keyed-list.ts';
import type { MergeSchema } from './merge-schema.ts';
import { StepError } from './problem.ts';

const DIRECTIVE = '$patch';

/**
 * Kustomize's strategic merge, which is not the API server's: elements that a patch names come first, elements in lists
 * know no `replace`, and there is no `$retainKeys`. Changes `target` and takes parts of `patch`, which therefore has to
 * be the caller's own copy. Undefined: the patch deletes the object. Throws StepError.
 */
export function strategicMerge(
  target: JsonObject,
  patch: JsonObject,
  schema: MergeSchema | undefined,
): JsonObject | undefined {
  const merged = merge(target, patch, schema, []);
  return isObject(merged) ? merged : undefined;
}

/** Undefined and null: the field goes. `undefined` as the patch: nothing is said about it. */
function merge(target: unknown, patch: unknown, schema: MergeSchema | undefined, path: string[]): unknown {
  const shape = isMissing(target) ? shapeOf(patch) : shapeOf(target);
  if (!isMissing(target) && !isMissing(patch) && shapeOf(patch) !== shape)
    throw wrongShape(shape, patch, path);
  if (shape === 'list') {
    if (schema?.merge === true) return mergeList(target, patch, schema, path);
    return patch === undefined ? target : patch;
  }
  if (shape === 'scalar') return patch === undefined ? target : inPlaceOf(target, patch);
  return mergeMap(target, patch, schema, path);
}

const NAMES: Readonly<Record<Shape, string>> = {
  map: 'a mapping',
  list: 'a list',
  scalar: 'a single value',
  nothing: 'nothing',
};

const wrongShape = (shape: Shape, patch: unknown, path: readonly string[]): StepError =>
  new StepError(
    `${path.join('.')}: the patch has ${NAMES[shapeOf(patch)]} (${JSON.stringify(patch).slice(0, 100)}) where the object has ${NAMES[shape]}`,
    path,
  );

function mergeMap(target: unknown, patch: unknown, schema: MergeSchema | undefined, path: string[]): unknown {
  let into: unknown = target;
  if (isMissing(target)) {
    if (!isObject(patch) || takeDirective(patch) === 'delete') return undefined;
    into = patch;
  } else {
    if (patch === null) return undefined;
    const directive = isObject(patch) ? takeDirective(patch) : 'merge';
    if (directive === 'delete') return undefined;
    // Of a whole object Kustomize takes nothing over.
    if (directive === 'replace' && path.length === 0) return target;
    if (directive === 'replace') into = patch;
  }
  if (!isObject(into)) return into;
  const own = into;
  const from = isObject(patch) ? patch : {};
  for (const key of [...new Set([...Object.keys(own), ...Object.keys(from)])].sort()) {
    const said = getOwn(from, key);
    // A null that was there and that the patch doesn't speak of stays.
    if (said === undefined && own[key] === null) continue;
    setField(own, key, merge(getOwn(own, key), said, childOf(schema, key), [...path, key]));
  }
  return own;
}

const childOf = (schema: MergeSchema | undefined, key: string): MergeSchema | undefined =>
  schema?.fields !== undefined && Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined;

function takeDirective(patch: JsonObject): 'delete' | 'replace' | 'merge' {
  const directive = patch[DIRECTIVE];
  if (isMissing(directive)) return 'merge';
  delete patch[DIRECTIVE];
  return known(directive);
}

function known(directive: unknown): 'delete' | 'replace' | 'merge' {
  if (directive === 'delete' || directive === 'replace' || directive === 'merge') return directive;
  throw new StepError(`unknown patch strategy '${textOf(directive)}': delete, replace or merge`);
}

/** A list's directive is an element of its own: `- $patch: replace`. */
function takeListDirective(patch: unknown[]): 'delete' | 'replace' | 'merge' {
  const element = patch.find((own) => isObject(own) && Object.hasOwn(own, DIRECTIVE));
  if (!isObject(element) || Object.keys(element).length > 1) return 'merge';
  const directive = known(element[DIRECTIVE]);
  putElement(patch, [DIRECTIVE], [directive]);
  return directive;
}

function mergeList(target: unknown, patch: unknown, schema: MergeSchema, path: string[]): unknown {
  let into = target;
  if (isMissing(target)) into = patch;
  else {
    if (patch === null) return undefined;
    const directive = Array.isArray(patch) ? takeListDirective(patch) : 'merge';
    if (directive === 'delete') return undefined;
    if (directive === 'replace') into = patch;
  }
  if (!Array.isArray(into)) return undefined;
  return mergeElements(into, patch, schema, path);
}

function mergeElements(into: unknown[], patch: unknown, schema: MergeSchema, path: string[]): unknown[] {
  const keys = schema.keys ?? [];
  const isKeyed = keys.length > 0;
  const found = keyValues([patch, into], keys);
  const all = keys.length > 1 ? completeValues(found) : found;
  const added: unknown[] = [];
  let used = { keys: isKeyed ? keys : [''], values: [''] as readonly string[] };
  for (const values of all) {
    used = isKeyed ? usedKeys(all, values, keys) : { keys: [''], values };
    // An element alone is looked for by those keys that it has.
    const look = isKeyed ? usedKeys([used.values], used.values, used.keys) : used;
    const merged = merge(
      findElement(into, look.keys, look.values),
      findElement(patch, look.keys, look.values),
      schema.items,
      [...path, `[${values.join(',')}]`],
    );
    if (isMissing(merged) || (isObject(merged) && Object.keys(merged).length === 0)) {
      putElement(into, used.keys, used.values);
      continue;
    }
    if (isObject(merged)) nameElement(merged, used.keys, used.values);
    putElement(added, used.keys, used.values, merged);
  }
  if (all.length === 0) return into;
  for (const element of [...into]) appendElement(added, element, used.keys);
  return added;
}

function nameElement(element: JsonObject, keys: readonly string[], values: readonly string[]): void {
  keys.forEach((key, index) => {
    const value = values[index] ?? '';
    if (getOwn(element, key) === undefined && value !== '')
      setOwn(element, key, /^[1-9]\d{0,14}$/.test(value) ? Number(value) : value);
  });
}

function appendElement(list: unknown[], element: unknown, keys: readonly string[]): void {
  if (keys[0] === '') {
    putElement(list, keys, [textOf(element)], element);
    return;
  }
  const values: string[] = [];
  for (const key of keys) {
    const value = isObject(element) ? getOwn(element, key) : undefined;
    if (value === undefined) list.push(element);
    else values.push(textOf(value));
  }
  if (keys.length > 1) putElement(list, keys, values);
  putElement(list, keys, values, element);
}
