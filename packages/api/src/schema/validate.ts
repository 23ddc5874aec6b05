import { type FieldError, invalid, notSupported, required } from '@gantry/machinery/field-error';
import type { Schema, StructType } from './dsl.ts';
import { keepsZero } from './zero-facts.ts';

type Validator = (value: unknown, path: string, errors: FieldError[]) => void;

const structs = new WeakMap<StructType, { run: Validator | undefined }>();

/**
 * Rules that the schema itself states: enums, bounds, and required fields. Required is enforced here for types of our
 * own only: in the original's types it is a note in the OpenAPI document, and the rules of the kind say, each in its
 * own words, what must be there. Undefined when the type states no rule.
 */
export function structValidator(type: StructType): Validator | undefined {
  const known = structs.get(type);
  if (known !== undefined) return known.run;
  const entry: { run: Validator | undefined } = { run: undefined };
  structs.set(type, entry);
  const steps: ((object: Record<string, unknown>, path: string, errors: FieldError[]) => void)[] = [];
  entry.run = (value, path, errors) => {
    for (const step of steps) step(value as Record<string, unknown>, path, errors);
  };
  const enforceRequired = !type.name.startsWith('io.k8s.');
  for (const [name, schema] of Object.entries(type.fields)) {
    const mustBeThere = enforceRequired && schema.required === true;
    const inner = valueValidator(schema);
    if (!mustBeThere && inner === undefined) continue;
    // The original tells an empty text that was sent from none.
    const byPointer = !enforceRequired && keepsZero(type.name, name);
    steps.push((object, path, errors) => {
      const value = object[name];
      const at = path === '' ? name : `${path}.${name}`;
      if (isEmpty(value) && !(byPointer && value === '')) {
        if (mustBeThere) errors.push(required(at));
      } else inner?.(value, at, errors);
    });
  }
  if (steps.length === 0) entry.run = undefined;
  return entry.run;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function valueValidator(schema: Schema): Validator | undefined {
  if (schema.type === 'ref') return structValidator(schema.target());
  if (schema.type === 'array') {
    const item = valueValidator(schema.items);
    if (item === undefined) return undefined;
    return (value, path, errors) => {
      for (const [index, element] of (value as unknown[]).entries())
        item(element, `${path}[${index}]`, errors);
    };
  }
  if (schema.type === 'map') {
    const item = valueValidator(schema.values);
    if (item === undefined) return undefined;
    return (value, path, errors) => {
      for (const [key, element] of Object.entries(value as object)) item(element, `${path}[${key}]`, errors);
    };
  }
  return scalarValidator(schema);
}

function scalarValidator(schema: Schema): Validator | undefined {
  const { enum: allowed, minimum, maximum } = schema;
  if (allowed !== undefined) {
    const set = new Set<unknown>(allowed);
    return (value, path, errors) => {
      if (!set.has(value)) errors.push(notSupported(path, value, allowed));
    };
  }
  if (minimum === undefined && maximum === undefined) return undefined;
  return (value, path, errors) => {
    const number = value as number;
    if (minimum !== undefined && number < minimum)
      errors.push(invalid(path, value, `must be greater than or equal to ${minimum}`));
    if (maximum !== undefined && number > maximum)
      errors.push(invalid(path, value, `must be less than or equal to ${maximum}`));
  };
}
