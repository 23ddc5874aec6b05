import { type FieldError, invalid } from '@gantry/machinery/field-error';
import { deepClone, deepEqual, isObject } from '@gantry/machinery/json';
import type { JsonSchema } from '../definition.ts';
import { coerceEmbedded, validateEmbedded, validateResource } from '../schema/embedded-resources.ts';
import { contentsOf, isEmbedded, itemsOf, META_FIELDS, propertyOf } from '../schema/nodes.ts';
import { prune } from '../schema/prune.ts';
import { RuleBudget } from '../schema/rule-budget.ts';
import { validateRules } from '../schema/rules.ts';
import { toFieldErrors } from '../schema/value-errors.ts';
import { validateValue } from '../schema/value-validation.ts';

/**
 * Default values must be what the schema allows: pruned, with valid metadata where they are resources, of the right type
 * and accepted by the rules. `path` is that of the schema.
 */
export function validateDefaultValues(schema: JsonSchema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (contentsOf(schema).defaults) walk(schema, path, true, false, new RuleBudget(), errors);
  return errors;
}

function walk(
  schema: JsonSchema,
  path: string,
  isRoot: boolean,
  insideMeta: boolean,
  budget: RuleBudget,
  errors: FieldError[],
): void {
  if (budget.isSpent || !contentsOf(schema).defaults) return;
  const embedded = isRoot || isEmbedded(schema);
  if (schema.default !== undefined)
    errors.push(
      ...checkDefault(
        embedded ? { ...schema, 'x-kubernetes-embedded-resource': true } : schema,
        schema.default,
        `${path}.default`,
        insideMeta && !embedded,
        budget,
      ),
    );
  const inside = embedded ? false : insideMeta;
  const items = itemsOf(schema);
  if (items !== undefined) walk(items, `${path}.items`, false, inside, budget, errors);
  for (const name in schema.properties) {
    const property = propertyOf(schema, name);
    if (property === undefined) continue;
    const meta = inside || (embedded && META_FIELDS.has(name));
    walk(property, `${path}.properties[${name}]`, false, meta, budget, errors);
  }
}

function checkDefault(
  schema: JsonSchema,
  value: unknown,
  path: string,
  insideMeta: boolean,
  budget: RuleBudget,
): FieldError[] {
  const errors: FieldError[] = [];
  const copy = deepClone(value);
  const embedded = isEmbedded(schema);
  if (!insideMeta) {
    prune(copy, schema, embedded, undefined);
    if (!deepEqual(copy, value)) errors.push(invalid(path, value, 'must not have unknown fields'));
    const wrong = coerceEmbedded(copy, schema, []);
    if (wrong !== undefined) return [...errors, { ...wrong, field: `${path}.${wrong.field}` }];
    if (embedded && isObject(copy)) errors.push(...validateResource(path, copy));
    errors.push(
      ...validateEmbedded(copy, schema).map((error) => ({ ...error, field: `${path}.${error.field}` })),
    );
  }
  errors.push(...toFieldErrors(validateValue(value, schema).errors, path));
  if (errors.length > 0) return errors;
  const first = validateRules(value, value, schema, { path, isRoot: false, budget, warn: () => undefined });
  if (first.length > 0) return first;
  return validateRules(value, undefined, schema, { path, isRoot: false, budget, warn: () => undefined });
}
