import { type FieldError, invalid } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import type { Schema, StructType } from './dsl.ts';

type Check = (
  now: Record<string, unknown>,
  old: Record<string, unknown>,
  path: string,
  errors: FieldError[],
) => void;

const structs = new WeakMap<StructType, { run: Check | undefined }>();

/**
 * Compares the fields marked immutable with those of the old object: `Invalid value: …: field is immutable`. Lists are
 * compared as a whole only, since their items have no identity here. Undefined when the type marks none.
 */
export function structImmutables(type: StructType): Check | undefined {
  const known = structs.get(type);
  if (known !== undefined) return known.run;
  const entry: { run: Check | undefined } = { run: undefined };
  structs.set(type, entry);
  const steps: Check[] = [];
  for (const [name, schema] of Object.entries(type.fields)) {
    const step = schema.immutable === true ? wholeField(name) : nested(name, schema);
    if (step !== undefined) steps.push(step);
  }
  if (steps.length > 0)
    entry.run = (now, old, path, errors) => {
      for (const step of steps) step(now, old, path, errors);
    };
  return entry.run;
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function wholeField(name: string): Check {
  return (now, old, path, errors) => {
    if (!deepEqual(now[name], old[name]))
      errors.push(invalid(join(path, name), now[name] ?? null, 'field is immutable'));
  };
}

function nested(name: string, schema: Schema): Check | undefined {
  if (schema.type !== 'ref') return undefined;
  const inner = structImmutables(schema.target());
  if (inner === undefined) return undefined;
  return (now, old, path, errors) => {
    inner(
      (now[name] ?? {}) as Record<string, unknown>,
      (old[name] ?? {}) as Record<string, unknown>,
      join(path, name),
      errors,
    );
  };
}
