import type { Schema, StructType } from './dsl.ts';
import { noteEmptied } from './emptied.ts';
import { alwaysWritten, keepsZero, lateEmptiesOf, nullFieldsOf, nullTimesOf } from './zero-facts.ts';

type Step = (object: Record<string, unknown>) => void;

const structs = new WeakMap<StructType, { run: Step | undefined }>();

/**
 * Writes zeros as the original's types do: optional scalars, lists and maps that are empty go, unless they are held by
 * pointer; times held by value become null. Works in place and is idempotent. Undefined when the type has none of it.
 */
export function structNormaliser(type: StructType): Step | undefined {
  const known = structs.get(type);
  if (known !== undefined) return known.run;
  const entry: { run: Step | undefined } = { run: undefined };
  structs.set(type, entry);
  const { droppable, steps } = stepsOf(type);
  const nullTimes = nullTimesOf(type.name);
  // A type that contains itself calls the entry, which is complete by then.
  entry.run = (object) => {
    for (const name in object) {
      const step = steps.get(name);
      const value = object[name];
      if (step !== undefined && typeof value === 'object' && value !== null) step(value as never);
      if (!droppable.has(name) || !isZero(value)) continue;
      if (typeof value === 'object' && value !== null) noteEmptied(object, name, value);
      delete object[name];
    }
    for (const name of nullTimes) object[name] ??= null;
  };
  if (steps.size === 0 && droppable.size === 0 && nullTimes.length === 0) entry.run = undefined;
  return entry.run;
}

function isZero(value: unknown): boolean {
  if (value === '' || value === 0 || value === false) return true;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length === 0;
  for (const _ in value) return false;
  return true;
}

const SCALARS: ReadonlySet<string> = new Set(['string', 'boolean', 'int32', 'int64', 'double', 'bytes']);

function stepsOf(type: StructType): { droppable: ReadonlySet<string>; steps: ReadonlyMap<string, Step> } {
  const droppable = new Set<string>();
  const steps = new Map<string, Step>();
  const late = [...nullFieldsOf(type.name), ...lateEmptiesOf(type.name)];
  if (!type.name.startsWith('io.k8s.')) return { droppable, steps };
  for (const [name, schema] of Object.entries(type.fields)) {
    const holds = schema.type === 'array' || schema.type === 'map';
    if (name in alwaysWritten(type.name)) continue;
    // An empty list that a client sent is its own field until the object is stored (see null-fields.ts).
    if (
      !late.includes(name) &&
      schema.required !== true &&
      (holds || (SCALARS.has(schema.type) && !keepsZero(type.name, name)))
    )
      droppable.add(name);
    const step = stepOf(schema);
    if (step !== undefined) steps.set(name, step);
  }
  return { droppable, steps };
}

function stepOf(schema: Schema): Step | undefined {
  if (schema.type === 'ref') {
    const target = schema.target();
    structNormaliser(target);
    const entry = structs.get(target);
    // The target may be half made when types refer to each other.
    return (object) => entry?.run?.(object);
  }
  const nested = schema.type === 'array' ? schema.items : schema.type === 'map' ? schema.values : undefined;
  if (nested === undefined || (nested.type !== 'ref' && nested.type !== 'array' && nested.type !== 'map'))
    return undefined;
  const inner = stepOf(nested);
  if (inner === undefined) return undefined;
  return (values) => {
    for (const key in values) {
      const value = values[key];
      if (typeof value === 'object' && value !== null) inner(value as Record<string, unknown>);
    }
  };
}
