import {
  type FieldError,
  forbidden,
  formatFieldError,
  invalid,
  required,
} from '@gantry/machinery/field-error';
import type { JsonSchema } from '../definition.ts';
import { isEmbedded, itemsOf, propertyOf, valuesOf } from '../schema/nodes.ts';
import { compilePattern } from '../schema/pattern.ts';

/**
 * Rules of a structural schema: types and structure are said outside of allOf, anyOf, oneOf and not, and whatever those
 * restrict is declared. https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
 */

type Level = 'root' | 'item' | 'field';

const MISSING_TYPE: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

/** What makes it impossible to read the schema as a structural one, or undefined. */
export function conversionError(schema: JsonSchema): string | undefined {
  const text = (name: string): string => `OpenAPIV3Schema '${name}' is not supported`;
  if (schema.id) return text('id');
  if (schema.$schema) return text('schema');
  if (schema.$ref) return text('$ref');
  if (Object.keys(schema.patternProperties ?? {}).length > 0) return text('patternProperties');
  if (Object.keys(schema.dependencies ?? {}).length > 0) return text('dependencies');
  if (schema.additionalItems !== undefined) return text('additionalItems');
  if (Object.keys(schema.definitions ?? {}).length > 0) return text('definitions');
  if (schema['x-kubernetes-preserve-unknown-fields'] === false)
    return "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined";
  if (Array.isArray(schema.items)) return "OpenAPIV3Schema 'items' must be a schema, but is an array";
  for (const child of allChildren(schema)) {
    const wrong = conversionError(child);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Every schema directly below, junctors included. */
export function allChildren(schema: JsonSchema): JsonSchema[] {
  const children: JsonSchema[] = schema.properties === undefined ? [] : Object.values(schema.properties);
  const items = itemsOf(schema);
  const values = valuesOf(schema);
  if (items !== undefined) children.push(items);
  if (values !== undefined) children.push(values);
  if (schema.not !== undefined) children.push(schema.not);
  return children.concat(schema.allOf ?? [], schema.anyOf ?? [], schema.oneOf ?? []);
}

/** Broken rules, sorted by their text. */
export function validateStructural(schema: JsonSchema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  invariants(schema, 'root', path, errors);
  valueCompleteness(schema, schema, path, path, errors);
  const texts = new Map(errors.map((error) => [error, formatFieldError(error)]));
  return errors.sort((a, b) => ((texts.get(a) ?? '') < (texts.get(b) ?? '') ? -1 : 1));
}

function invariants(schema: JsonSchema, level: Level, path: string, errors: FieldError[]): void {
  const items = itemsOf(schema);
  if (schema.type === 'array' && items === undefined)
    errors.push(required(`${path}.items`, 'must be specified'));
  if (items !== undefined) invariants(items, 'item', `${path}.items`, errors);
  for (const name in schema.properties) {
    const property = propertyOf(schema, name);
    if (property !== undefined) invariants(property, 'field', `${path}.properties[${name}]`, errors);
  }
  if (schema.additionalProperties !== undefined) {
    if (level === 'root')
      errors.push(forbidden(`${path}.additionalProperties`, 'must not be used at the root'));
    const values = valuesOf(schema);
    if (values !== undefined) invariants(values, 'field', `${path}.additionalProperties`, errors);
  }
  checkExtensions(schema, path, errors);
  checkValues(
    schema,
    isIntOrStringPattern(schema),
    isIntOrStringPattern(schema.allOf?.[0]),
    level,
    path,
    errors,
  );
  checkType(schema, level, path, errors);
  checkMetadata(schema, level, path, errors);
}

function checkExtensions(schema: JsonSchema, path: string, errors: FieldError[]): void {
  if (schema['x-kubernetes-int-or-string'] !== true) return;
  const detail = 'must be false if x-kubernetes-int-or-string is true';
  for (const name of ['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource'] as const)
    if (schema[name] === true) errors.push(invalid(`${path}.${name}`, true, detail));
}

function checkType(schema: JsonSchema, level: Level, path: string, errors: FieldError[]): void {
  const type = schema.type ?? '';
  const embedded = isEmbedded(schema);
  const keepsUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (embedded && type !== 'object') {
    const detail = 'must be object if x-kubernetes-embedded-resource is true';
    errors.push(type === '' ? required(`${path}.type`, detail) : invalid(`${path}.type`, type, detail));
  } else if (type === '' && schema['x-kubernetes-int-or-string'] !== true && !keepsUnknown)
    errors.push(required(`${path}.type`, MISSING_TYPE[level]));
  if (embedded && schema.additionalProperties !== undefined)
    errors.push(
      forbidden(`${path}.additionalProperties`, 'must not be used if x-kubernetes-embedded-resource is set'),
    );
  if (level === 'root' && type !== '' && type !== 'object')
    errors.push(invalid(`${path}.type`, type, 'must be object at the root'));
  if (embedded && !keepsUnknown && Object.keys(schema.properties ?? {}).length === 0)
    errors.push(
      required(
        `${path}.properties`,
        'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields',
      ),
    );
}

function checkMetadata(schema: JsonSchema, level: Level, path: string, errors: FieldError[]): void {
  const isResource = level === 'root' || isEmbedded(schema);
  if (isResource)
    for (const name of ['kind', 'apiVersion']) {
      const property = propertyOf(schema, name);
      if (property !== undefined && property.type !== 'string')
        errors.push(invalid(`${path}.properties[${name}].type`, property.type ?? '', 'must be string'));
    }
  const metadata = propertyOf(schema, 'metadata');
  if (metadata === undefined) return;
  const at = `${path}.properties[metadata]`;
  if (isResource && metadata.type !== 'object')
    errors.push(invalid(`${at}.type`, metadata.type ?? '', 'must be object'));
  if (level !== 'root') return;
  const { type: _type, default: _default, properties, ...rest } = metadata;
  const others = Object.keys(properties ?? {}).filter((name) => name !== 'name' && name !== 'generateName');
  if (others.length > 0 || Object.keys(rest).length > 0)
    errors.push(
      forbidden(
        at,
        'must not specify anything other than name and generateName, but metadata is implicitly specified',
      ),
    );
}

/** `anyOf: [{type: integer}, {type: string}]` and nothing else in the two. */
function isIntOrStringPattern(schema: JsonSchema | undefined): boolean {
  const branches = schema?.anyOf;
  if (branches?.length !== 2) return false;
  return branches.every(
    (branch, index) =>
      branch.type === (index === 0 ? 'integer' : 'string') && Object.keys(branch).length === 1,
  );
}

function checkValues(
  schema: JsonSchema,
  skipAnyOf: boolean,
  skipFirstAllOf: boolean,
  level: Level,
  path: string,
  errors: FieldError[],
): void {
  if (!skipAnyOf)
    for (const [index, branch] of (schema.anyOf ?? []).entries())
      checkNested(branch, false, level, `${path}.anyOf[${index}]`, errors);
  for (const [index, branch] of (schema.allOf ?? []).entries())
    checkNested(branch, skipFirstAllOf && index === 0, level, `${path}.allOf[${index}]`, errors);
  for (const [index, branch] of (schema.oneOf ?? []).entries())
    checkNested(branch, false, level, `${path}.oneOf[${index}]`, errors);
  if (schema.not !== undefined) checkNested(schema.not, false, level, `${path}.not`, errors);
  if (schema.pattern === undefined || schema.pattern === '') return;
  const compiled = compilePattern(schema.pattern);
  if (typeof compiled === 'string')
    errors.push(
      invalid(
        `${path}.pattern`,
        schema.pattern,
        `must be a valid regular expression, but isn't: ${compiled}`,
      ),
    );
}

/** A schema under a junctor may restrict values, but says nothing of their structure. */
const FORBIDDEN_NESTED: readonly [keyof JsonSchema, string][] = [
  ['default', 'must be undefined to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['nullable', 'must be false to be structural'],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural'],
  ['x-kubernetes-embedded-resource', 'must be false to be structural'],
  ['x-kubernetes-int-or-string', 'must be false to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
  ['x-kubernetes-validations', 'must be empty to be structural'],
];

/** Held behind a pointer by the original: an empty text is set, too. */
const POINTERS: ReadonlySet<string> = new Set(['default', 'x-kubernetes-list-type', 'x-kubernetes-map-type']);

const isSet = (value: unknown): boolean =>
  value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);

function checkNested(
  schema: JsonSchema,
  skipAnyOf: boolean,
  level: Level,
  path: string,
  errors: FieldError[],
): void {
  checkValues(schema, skipAnyOf, false, level, path, errors);
  const items = itemsOf(schema);
  if (items !== undefined) checkNested(items, false, level, `${path}.items`, errors);
  for (const name in schema.properties) {
    const property = propertyOf(schema, name);
    if (property !== undefined) checkNested(property, false, 'field', `${path}.properties[${name}]`, errors);
  }
  if ((schema.type ?? '') !== '') errors.push(forbidden(`${path}.type`, 'must be empty to be structural'));
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false)
    errors.push(forbidden(`${path}.additionalProperties`, 'must be undefined to be structural'));
  for (const [name, detail] of FORBIDDEN_NESTED)
    if (POINTERS.has(name) ? schema[name] !== undefined : isSet(schema[name]))
      errors.push(forbidden(`${path}.${name}`, detail));
  if (propertyOf(schema, 'metadata') !== undefined)
    errors.push(forbidden(`${path}.properties[metadata]`, 'must not be specified in a nested context'));
}

/** Whatever is restricted under a junctor must be declared in the structure. */
function valueCompleteness(
  values: JsonSchema,
  structure: JsonSchema,
  structurePath: string,
  path: string,
  errors: FieldError[],
): void {
  if (values.not !== undefined)
    nestedCompleteness(values.not, structure, structurePath, `${path}.not`, errors);
  for (const junctor of ['allOf', 'anyOf', 'oneOf'] as const)
    for (const [index, branch] of (values[junctor] ?? []).entries())
      nestedCompleteness(branch, structure, structurePath, `${path}.${junctor}[${index}]`, errors);
}

function nestedCompleteness(
  nested: JsonSchema,
  structure: JsonSchema | undefined,
  structurePath: string,
  path: string,
  errors: FieldError[],
): void {
  if (structure === undefined) {
    errors.push(required(structurePath, `because it is defined in ${path}`));
    return;
  }
  valueCompleteness(nested, structure, structurePath, path, errors);
  const items = itemsOf(nested);
  if (items !== undefined)
    nestedCompleteness(items, itemsOf(structure), `${structurePath}.items`, `${path}.items`, errors);
  for (const name in nested.properties) {
    const property = propertyOf(nested, name);
    const at = `properties[${name}]`;
    if (property !== undefined)
      nestedCompleteness(
        property,
        propertyOf(structure, name),
        `${structurePath}.${at}`,
        `${path}.${at}`,
        errors,
      );
  }
}
