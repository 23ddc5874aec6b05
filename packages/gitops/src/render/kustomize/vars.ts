import { isObject } from '@gantry/machinery/json';
import { type FieldSpec, visitFields } from './field-spec.ts';
import { gvkOf, isClusterScoped, type ObjectId, sameGvk, sameId } from './gvk.ts';
import { isMissing, isScalar, splitFieldPath } from './json-tree.ts';
import type { Var } from './kustomization.ts';
import { lookUp } from './path-matcher.ts';
import { StepError } from './problem.ts';
import type { Resource } from './resource.ts';
import type { ResourceSet } from './resource-set.ts';
import { setShared } from './shared-texts.ts';

/** Remembers which object a var reads from. Throws StepError. */
export function bindVar(set: ResourceSet, known: Map<string, Var>, one: Var): void {
  const wanted = idOf(one);
  const byNamespace = wanted.namespace !== '' || isClusterScoped(wanted);
  const matches = set.list.filter((resource) =>
    resource.allIds.some((id) =>
      byNamespace ? sameId(id, wanted) : id.name === wanted.name && sameGvk(id, wanted),
    ),
  );
  if (matches.length > 1)
    throw new StepError(`found ${matches.length} objects for var ${one.name} (unable to disambiguate)`);
  matches[0]?.varNames.push(one.name);
  addVar(known, one);
}

export function addVar(known: Map<string, Var>, one: Var): void {
  if (known.has(one.name)) throw new StepError(`var '${one.name}' already encountered`);
  known.set(one.name, one);
}

function idOf({ objref = {} }: Var): ObjectId {
  const { apiVersion = '', group = '', version = '', kind = '', name = '', namespace = '' } = objref;
  const gvk = apiVersion === '' ? { group, version, kind } : gvkOf(apiVersion, kind);
  return { ...gvk, name, namespace };
}

/** Puts the values of the vars into the texts that hold `$(NAME)`. Throws StepError. */
export function resolveVars(
  set: ResourceSet,
  vars: ReadonlyMap<string, Var>,
  specs: readonly FieldSpec[],
): void {
  if (vars.size === 0) return;
  set.budget.checkLooks(specs.length, set.list.length);
  const values = new Map([...vars].map(([name, one]) => [name, valueOfVar(set, one)]));
  for (const resource of set.list)
    for (const spec of specs)
      visitFields(resource, spec, undefined, (field) =>
        expandField(resource, field, (text) => expand(text, values, (length) => set.budget.take(length))),
      );
}

function valueOfVar(set: ResourceSet, one: Var): unknown {
  const resource = set.list.find((candidate) => candidate.varNames.includes(one.name));
  if (resource === undefined)
    throw new StepError(`var '${one.name}' cannot be mapped to a field in the set of known resources`);
  const path = one.fieldref?.fieldPath ?? 'metadata.name';
  const steps = splitFieldPath(path === '' ? 'metadata.name' : path).flatMap((step) => {
    const [, name, index] = /^(.+)\[(\d+)\]$/.exec(step) ?? [];
    return name === undefined || index === undefined ? [step] : [name, index];
  });
  const value = lookUp(resource.object, steps);
  if (value === undefined)
    throw new StepError(`var '${one.name}': there is no field ${path} in ${resource.title}`);
  return value;
}

function expandField(
  resource: Resource,
  field: { get(): unknown; set(value: unknown): void },
  expanded: (text: string) => unknown,
): void {
  const value = field.get();
  if (isMissing(value)) return;
  if (typeof value === 'string') field.set(expanded(value));
  else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      if (typeof item !== 'string')
        throw new StepError(
          `${resource.title}: expected texts in a list that may hold vars, found ${JSON.stringify(item)}`,
        );
      value[index] = expanded(item);
    });
  } else if (isObject(value))
    for (const [key, item] of Object.entries(value))
      if (typeof item === 'string') setShared(value, key, expanded(item));
}

/**
 * `$(NAME)` by its value, which keeps its type when it is the whole text; `$$` is a dollar; the unknown stays. `count` is
 * told of the length of each value before it is put in.
 */
export function expand(
  text: string,
  values: ReadonlyMap<string, unknown>,
  count: (length: number) => void = () => undefined,
): unknown {
  const lastEnd = text.lastIndexOf(')');
  let out = '';
  let i = 0;
  while (i < text.length) {
    const char = text[i] ?? '';
    const next = text[i + 1];
    if (char !== '$' || next === undefined) {
      out += char;
      i += 1;
    } else if (next === '$') {
      out += '$';
      i += 2;
    } else if (next === '(' && lastEnd >= i + 2) {
      const end = text.indexOf(')', i + 2);
      const name = text.slice(i + 2, end);
      const value = values.get(name);
      if (isScalar(value)) count(String(value).length);
      if (isScalar(value) && i === 0 && end === text.length - 1) return value;
      out += isScalar(value) ? String(value) : `$(${name})`;
      i = end + 1;
    } else {
      out += char + next;
      i += 2;
    }
  }
  return out;
}
