import { type FieldError, forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isObject } from '@gantry/machinery/json';
import type { JsonSchema } from '../definition.ts';
import { isEmbedded, itemsOf, META_FIELDS, propertyOf, valuesOf } from '../schema/nodes.ts';
import { resolveFieldPath } from './field-path.ts';
import { listErrors } from './list-rules.ts';
import { checkRules, type RuleScope } from './rule-cost.ts';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

/** What holds for a node because of where it lies. */
interface Place {
  readonly isRoot: boolean;
  /** Why defaults may not be set here; undefined: they may. */
  readonly noDefaults: string | undefined;
  readonly insideMeta: boolean;
  /** The highest list whose items can't be paired with those before an update. */
  readonly uncorrelated: string | undefined;
  /** undefined: rules are not looked at (inside junctors, or the structure is wrong). */
  readonly rules: RuleScope | undefined;
}

/** Errors of the schema itself come first, those of its rules after them. */
export interface SchemaErrors {
  readonly schema: FieldError[];
  readonly rules: FieldError[];
}

/** Rules that every node of a definition's schema obeys, structural or not. `rules` undefined leaves CEL out. */
export function validateSchema(schema: JsonSchema, path: string, rules: RuleScope | undefined): SchemaErrors {
  const errors: SchemaErrors = { schema: [], rules: [] };
  visit(
    schema,
    path,
    { isRoot: true, noDefaults: undefined, insideMeta: false, uncorrelated: undefined, rules },
    errors,
  );
  return errors;
}

function visit(schema: JsonSchema, path: string, place: Place, errors: SchemaErrors): void {
  const before = errors.schema.length;
  errors.schema.push(...unsupported(schema, path, place));
  visitChildren(schema, path, place, errors);
  if (schema['x-kubernetes-preserve-unknown-fields'] === false)
    errors.schema.push(
      invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined'),
    );
  errors.schema.push(...listErrors(schema, path));
  const rules = schema['x-kubernetes-validations'] ?? [];
  if (rules.length === 0) return;
  errors.schema.push(...ruleTexts(schema, path));
  // Rules are only compiled where the schema is right: their errors would mislead.
  if (errors.schema.length === before && place.rules !== undefined)
    errors.rules.push(...checkRules(schema, path, place.rules, place.uncorrelated));
}

function unsupported(schema: JsonSchema, path: string, place: Place): FieldError[] {
  const errors: FieldError[] = [];
  const type = schema.type ?? '';
  const refuse = (name: string, detail = `${name} is not supported`): void => {
    errors.push(forbidden(`${path}.${name}`, detail));
  };
  if (type !== '' && !TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type, TYPES));
  if (schema.default !== undefined && place.noDefaults !== undefined)
    refuse('default', `must not be set ${place.noDefaults}`);
  if (schema.id) refuse('id');
  if (schema.additionalItems !== undefined) refuse('additionalItems');
  if (Object.keys(schema.patternProperties ?? {}).length > 0) refuse('patternProperties');
  if (Object.keys(schema.definitions ?? {}).length > 0) refuse('definitions');
  if (schema.dependencies !== undefined) refuse('dependencies');
  if (schema.$ref !== undefined) refuse('$ref');
  if (type === 'null') refuse('type', 'type cannot be set to null, use nullable as an alternative');
  if (Array.isArray(schema.items) && schema.items.length > 0)
    refuse('items', 'items must be a schema object and not an array');
  if (place.insideMeta && isEmbedded(schema))
    refuse('x-kubernetes-embedded-resource', 'must not be used inside of resource meta');
  if (schema.uniqueItems === true)
    refuse('uniqueItems', 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic');
  if (
    schema.additionalProperties !== undefined &&
    schema.additionalProperties !== true &&
    Object.keys(schema.properties ?? {}).length > 0
  )
    refuse('additionalProperties', 'additionalProperties and properties are mutual exclusive');
  return errors;
}

function visitChildren(schema: JsonSchema, path: string, place: Place, errors: SchemaErrors): void {
  const inner = { ...place, isRoot: false };
  const values = valuesOf(schema);
  if (values !== undefined) {
    const noDefaults = place.insideMeta
      ? 'inside additionalProperties applying to object metadata'
      : place.noDefaults;
    const rules = place.rules?.child(schema, values);
    visit(values, `${path}.additionalProperties`, { ...inner, noDefaults, rules }, errors);
  }
  for (const name in schema.properties) {
    const property = propertyOf(schema, name);
    if (property === undefined) continue;
    const isMeta = (place.isRoot || isEmbedded(schema)) && META_FIELDS.has(name);
    visit(
      property,
      `${path}.properties[${name}]`,
      {
        ...inner,
        insideMeta: place.insideMeta || isMeta,
        noDefaults: isMeta && place.isRoot ? `in top-level ${name}` : place.noDefaults,
        rules: place.rules?.child(schema, property),
      },
      errors,
    );
  }
  const nested = { ...inner, rules: undefined };
  if (schema.not !== undefined) visit(schema.not, `${path}.not`, nested, errors);
  for (const junctor of ['allOf', 'oneOf', 'anyOf'] as const)
    for (const [index, branch] of (schema[junctor] ?? []).entries())
      visit(branch, `${path}.${junctor}[${index}]`, nested, errors);
  for (const [name, child] of Object.entries(schema.definitions ?? {}))
    visit(child, `${path}.definitions[${name}]`, nested, errors);
  visitItems(schema, path, inner, errors);
  for (const [name, child] of Object.entries(schema.dependencies ?? {}))
    if (isObject(child)) visit(child, `${path}.dependencies[${name}]`, nested, errors);
}

function visitItems(schema: JsonSchema, path: string, place: Place, errors: SchemaErrors): void {
  const isKeyed = schema['x-kubernetes-list-type'] === 'map';
  const uncorrelated = place.uncorrelated ?? (isKeyed ? undefined : path);
  const each = (items: JsonSchema, at: string): void =>
    visit(items, at, { ...place, uncorrelated, rules: place.rules?.child(schema, items) }, errors);
  if (Array.isArray(schema.items))
    for (const [index, item] of schema.items.entries()) each(item, `${path}.items[${index}]`);
  const items = itemsOf(schema);
  if (items !== undefined) each(items, `${path}.items`);
}

const hasLineBreak = (text: string): boolean => /[\n\r]/.test(text);

function ruleTexts(schema: JsonSchema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, rule] of (schema['x-kubernetes-validations'] ?? []).entries()) {
    const at = `${path}.x-kubernetes-validations[${index}]`;
    const { rule: text = '', message = '', messageExpression = '', reason, fieldPath = '' } = rule;
    const plain = message.trim();
    if (text.trim() === '') errors.push(required(`${at}.rule`, 'rule is not specified'));
    else if (message !== '' && plain === '')
      errors.push(invalid(`${at}.message`, message, 'must be non-empty if specified'));
    else if (hasLineBreak(plain))
      errors.push(invalid(`${at}.message`, message, 'must not contain line breaks'));
    else if (hasLineBreak(text.trim()) && plain === '')
      errors.push(required(`${at}.message`, 'message must be specified if rule contains line breaks'));
    if (messageExpression !== '' && messageExpression.trim() === '')
      errors.push(required(`${at}.messageExpression`, 'messageExpression must be non-empty if specified'));
    if (reason !== undefined && !REASONS.includes(reason))
      errors.push(notSupported(`${at}.reason`, reason, REASONS));
    if (fieldPath === '') continue;
    if (fieldPath.trim() === '')
      errors.push(invalid(`${at}.fieldPath`, fieldPath, 'must be non-empty if specified'));
    if (hasLineBreak(fieldPath))
      errors.push(invalid(`${at}.fieldPath`, fieldPath, 'must not contain line breaks'));
    if (typeof resolveFieldPath(fieldPath, schema) === 'string')
      errors.push(invalid(`${at}.fieldPath`, fieldPath, 'must be a valid path'));
  }
  return errors;
}
