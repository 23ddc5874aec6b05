import { getOwn, isObject, setOwn } from '@gantry/machinery/json';
import { compareGvk, type Gvk, gvkOf, isSelected } from './gvk.ts';
import { isMissing, splitPath } from './json-tree.ts';
import type { FieldSpecFields } from './kustomization.ts';
import { onObject, StepError } from './problem.ts';
import type { Path, Resource } from './resource.ts';

/** A field of some kinds; an empty part of the kind stands for any. */
export interface FieldSpec extends Gvk {
  /** `spec/template/metadata/labels`, with `\/` for a slash in a name and `[]` after a list's. */
  readonly path: string;
  readonly create: boolean;
}

/** A field that was found, to be read and written. */
export interface Field {
  readonly path: Path;
  get(): unknown;
  set(value: unknown): void;
}

/** What a field that isn't there is made as; none: it is passed over. */
export type Make = 'map' | 'scalar' | undefined;

export const fieldSpec = (fields: FieldSpecFields): FieldSpec => ({
  group: fields.group ?? '',
  version: fields.version ?? '',
  kind: fields.kind ?? '',
  path: fields.path ?? '',
  create: fields.create ?? false,
});

const STEPS = new WeakMap<FieldSpec, readonly string[]>();

function stepsOf(spec: FieldSpec): readonly string[] {
  const known = STEPS.get(spec);
  if (known !== undefined) return known;
  const steps = splitPath(spec.path, '/');
  STEPS.set(spec, steps);
  return steps;
}

/** Calls `visit` for each field of the object that the spec leads to, through all elements of lists on the way. */
export function visitFields(
  resource: Resource,
  spec: FieldSpec,
  make: Make,
  visit: (field: Field) => void,
): void {
  if (!isSelected(gvkOf(resource.apiVersion, resource.kind), spec)) return;
  const steps = stepsOf(spec);
  try {
    const root: Field = {
      path: [],
      get: () => resource.object,
      set: (value) => {
        if (isObject(value)) resource.object = value;
      },
    };
    onObject(resource, () => walk(root, steps, spec.create ? make : undefined, visit));
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    throw new StepError(`considering field '${spec.path}' of ${resource.title}: ${error.message}`);
  }
}

function walk(field: Field, steps: readonly string[], make: Make, visit: (field: Field) => void): void {
  const [step, ...rest] = steps;
  if (step === undefined) {
    visit(field);
    return;
  }
  const value = field.get();
  if (isMissing(value)) return;
  if (Array.isArray(value)) {
    for (const index of value.keys()) walk(elementOf(field, value, index), steps, make, visit);
    return;
  }
  if (!isObject(value))
    throw new StepError(
      `expected a list or a mapping in ${field.path.join('/')}, found ${JSON.stringify(value)}`,
    );
  const isList = step.endsWith('[]');
  const name = isList ? step.slice(0, -2) : step;
  if (name === '') throw new StepError('cannot set or create an empty field name');
  if (make === undefined || isList) {
    if (!Object.hasOwn(value, name)) return;
  } else if (isMissing(getOwn(value, name))) {
    setOwn(value, name, rest.length > 0 || make === 'map' ? {} : '');
  }
  walk(
    { path: [...field.path, name], get: () => getOwn(value, name), set: (next) => setOwn(value, name, next) },
    rest,
    make,
    visit,
  );
}

const elementOf = (field: Field, list: unknown[], index: number): Field => ({
  path: [...field.path, index],
  get: () => list[index],
  set: (next) => {
    list[index] = next;
  },
});

const isSame = (a: FieldSpec, b: FieldSpec): boolean => isSelected(a, b) && a.path === b.path;

const COMPARED_MAX = 20_000_000;

/** Adds what isn't there. Throws StepError where the two disagree about making the field. */
export function mergeSpecs(specs: readonly FieldSpec[], more: readonly FieldSpec[]): FieldSpec[] {
  if (specs.length * more.length > COMPARED_MAX)
    throw new StepError(`${specs.length + more.length} fields are configured: that is too much work`);
  const out = [...specs];
  for (const spec of more) {
    const known = out.find((own) => isSame(own, spec));
    if (known === undefined) out.push(spec);
    else if (known.create !== spec.create)
      throw new StepError(`conflicting fieldspecs: ${spec.path} of ${spec.kind || 'any kind'}`);
  }
  return out;
}

export const sortSpecs = (specs: readonly FieldSpec[]): FieldSpec[] => [...specs].sort(compareGvk);
