import type { Schema, StructType } from './dsl.ts';
import { lateEmptiesOf, nullFieldsOf } from './zero-facts.ts';

type Step = (object: Record<string, unknown>) => void;

/** The two ways between an object as rules see it and as it is stored. Both work in place and are idempotent. */
export interface NullFields {
  /** Writes the nulls of the original for what is absent or empty. Before an object is stored. */
  readonly fill: Step;
  /** Takes them away: rules know absent fields only. */
  readonly clear: Step;
}

const fills = new WeakMap<StructType, { run: Step | undefined }>();
const clears = new WeakMap<StructType, { run: Step | undefined }>();

/** Undefined when no object of the type can have such a field: nothing is walked then. */
export function structNulls(type: StructType): NullFields | undefined {
  const fill = structStep(type, fills, filler);
  const clear = structStep(type, clears, clearer);
  return fill === undefined || clear === undefined ? undefined : { fill, clear };
}

/** Rows of definitions are kept as JSON by the original, which tells an empty list from none. */
const KEEPS_EMPTY = 'io.k8s.apiextensions-apiserver.';

function filler(definition: string, names: readonly string[], empties: readonly string[]): Step {
  const keepsEmpty = definition.startsWith(KEEPS_EMPTY);
  return (object) => {
    for (const name of names) {
      const value = object[name];
      if (value === undefined || (!keepsEmpty && isEmptyList(value))) object[name] = null;
    }
    for (const name of empties) if (isEmptyList(object[name])) delete object[name];
  };
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const clearer =
  (_definition: string, names: readonly string[]): Step =>
  (object) => {
    for (const name of names) if (object[name] === null) delete object[name];
  };

function structStep(
  type: StructType,
  known: WeakMap<StructType, { run: Step | undefined }>,
  own: (definition: string, names: readonly string[], empties: readonly string[]) => Step,
): Step | undefined {
  const made = known.get(type);
  if (made !== undefined) return made.run;
  const entry: { run: Step | undefined } = { run: undefined };
  known.set(type, entry);
  const steps: Step[] = [];
  const names = nullFieldsOf(type.name);
  const empties = lateEmptiesOf(type.name);
  if (names.length > 0 || empties.length > 0) steps.push(own(type.name, names, empties));
  for (const [name, schema] of Object.entries(type.fields)) {
    const inner = valueStep(schema, (target) => structStep(target, known, own));
    if (inner === undefined) continue;
    steps.push((object) => {
      const value = object[name];
      if (typeof value === 'object' && value !== null) inner(value as Record<string, unknown>);
    });
  }
  if (steps.length > 0)
    entry.run = (object) => {
      for (const step of steps) step(object);
    };
  return entry.run;
}

/** None of the types that contain themselves has such a field inside the circle, so that a half made one has none. */
function valueStep(schema: Schema, structOf: (type: StructType) => Step | undefined): Step | undefined {
  if (schema.type === 'ref') return structOf(schema.target());
  const nested = schema.type === 'array' ? schema.items : schema.type === 'map' ? schema.values : undefined;
  const inner = nested === undefined ? undefined : valueStep(nested, structOf);
  if (inner === undefined) return undefined;
  return (values) => {
    for (const key in values) {
      const value = values[key];
      if (typeof value === 'object' && value !== null) inner(value as Record<string, unknown>);
    }
  };
}
