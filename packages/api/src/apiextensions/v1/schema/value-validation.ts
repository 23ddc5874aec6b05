import { deepEqual, isObject } from '@gantry/machinery/json';
import type { JsonSchema } from '../definition.ts';
import type { Correlated } from './correlation.ts';
import { formatCheck, isKnownFormat } from './formats.ts';
import { itemsOf, propertyOf, valuesOf } from './nodes.ts';
import { validateNumber } from './number-validation.ts';
import { compilePattern } from './pattern.ts';
import {
  composite,
  longer,
  missing,
  more,
  notOneOf,
  rule,
  undeclared,
  type ValueError,
  wrongFormat,
  wrongType,
} from './value-errors.ts';

/** Errors of one value against one schema. `matches` counts passed steps: it picks the branch that anyOf shows. */
export interface Result {
  errors: ValueError[];
  matches: number;
}

/** Errors that one object may report: more are of no use to anybody. */
const MAX_ERRORS = 500;

function merge(into: Result, other: Result): void {
  if (into.errors.length < MAX_ERRORS) for (const error of other.errors) into.errors.push(error);
  into.matches += other.matches;
}

/**
 * Checks a value against a schema with the original's order and texts. `correlated` pairs it with what it replaces:
 * errors of an unchanged value are dropped.
 */
export function validateValue(
  value: unknown,
  schema: JsonSchema,
  path = '',
  correlated?: Correlated,
): Result {
  const result = check(value, schema, path, correlated);
  if (result.errors.length > 0 && correlated?.unchanged === true) result.errors = [];
  return result;
}

function check(value: unknown, schema: JsonSchema, path: string, correlated: Correlated | undefined): Result {
  const result: Result = { errors: [], matches: 1 };
  checkType(value, schema, path, result);
  if (value === null) {
    checkEnum(value, schema, path, result);
    return result;
  }
  checkBranches(value, schema, path, result);
  if (typeof value === 'string') checkString(value, schema, path, result);
  else if (typeof value === 'number') validateNumber(value, schema, path, result.errors);
  else if (Array.isArray(value)) checkList(value, schema, path, result, correlated);
  checkEnum(value, schema, path, result);
  if (isObject(value)) checkObject(value, schema, path, result, correlated);
  result.matches += 3;
  return result;
}

const MAX_INT64 = 2 ** 63;

const typeName = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  // What no int64 holds has been read as a float.
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) <= MAX_INT64 ? 'integer' : 'number';
  return typeof value;
};

const typesOf = (schema: JsonSchema): readonly string[] =>
  schema['x-kubernetes-int-or-string'] === true
    ? INT_OR_STRING
    : schema.type === undefined || schema.type === ''
      ? NO_TYPES
      : [schema.type];
const INT_OR_STRING = ['integer', 'string'];
const NO_TYPES: readonly string[] = [];

function checkType(value: unknown, schema: JsonSchema, path: string, result: Result): void {
  const types = typesOf(schema);
  if (types.length === 0) return;
  if (value === null) {
    if (schema.nullable !== true) result.errors.push(wrongType(path, types.join(','), 'null'));
    return;
  }
  const found = typeName(value);
  if (types.includes(found) || (found === 'integer' && types.includes('number'))) {
    result.matches += 2;
    return;
  }
  const format = schema.format ?? '';
  const isFormatted = format !== '' && isKnownFormat(types.length === 1 ? types[0] : undefined, format);
  if (isFormatted && found !== 'string' && found !== 'array') {
    const given = found === 'integer' ? 'int64' : found === 'number' ? 'float64' : '';
    if (given !== format) result.errors.push(wrongType(path, format, given));
    return;
  }
  const isNumeric = types.includes('number') || types.includes('integer');
  if (isFormatted && !isNumeric) return;
  result.errors.push(wrongType(path, types.join(','), found));
}

function checkBranches(value: unknown, schema: JsonSchema, path: string, result: Result): void {
  if (schema.anyOf !== undefined && schema.anyOf.length > 0) checkAnyOf(value, schema.anyOf, path, result);
  if (schema.oneOf !== undefined && schema.oneOf.length > 0) checkOneOf(value, schema.oneOf, path, result);
  if (schema.allOf !== undefined && schema.allOf.length > 0) {
    let passed = 0;
    for (const branch of schema.allOf) {
      const one = check(value, branch, path, undefined);
      if (one.errors.length === 0) passed++;
      merge(result, one);
    }
    if (passed !== schema.allOf.length)
      result.errors.push(
        composite(
          `${JSON.stringify(path)} must validate all the schemas (allOf)${passed === 0 ? '. None validated' : ''}`,
        ),
      );
  }
  if (schema.not !== undefined && check(value, schema.not, path, undefined).errors.length === 0)
    result.errors.push(composite(`${JSON.stringify(path)} must not validate the schema (not)`));
}

function checkAnyOf(value: unknown, branches: readonly JsonSchema[], path: string, result: Result): void {
  let best: Result | undefined;
  for (const branch of branches) {
    const one = check(value, branch, path, undefined);
    if (one.errors.length === 0) {
      merge(result, one);
      return;
    }
    if (best === undefined || one.matches > best.matches) best = one;
  }
  result.errors.push(composite(`${JSON.stringify(path)} must validate at least one schema (anyOf)`));
  if (best !== undefined) merge(result, best);
}

function checkOneOf(value: unknown, branches: readonly JsonSchema[], path: string, result: Result): void {
  let best: Result | undefined;
  let first: Result | undefined;
  let passed = 0;
  for (const branch of branches) {
    const one = check(value, branch, path, undefined);
    if (one.errors.length === 0) {
      passed++;
      best = undefined;
      first ??= one;
    } else if (passed === 0 && (best === undefined || one.matches > best.matches)) best = one;
  }
  if (passed === 1) {
    if (first !== undefined) merge(result, first);
    return;
  }
  const found = passed === 0 ? 'Found none valid' : `Found ${passed} valid alternatives`;
  result.errors.push(
    composite(`${JSON.stringify(path)} must validate one and only one schema (oneOf). ${found}`),
  );
  if (best !== undefined) merge(result, best);
}

/** Code points, as the original counts them. */
function lengthOf(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index++)
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00)
      count--;
  return count;
}

function checkString(value: string, schema: JsonSchema, path: string, result: Result): void {
  const { maxLength, minLength, pattern, format } = schema;
  const error = stringError(value, path, maxLength, minLength, pattern);
  if (error !== undefined) result.errors.push(error);
  if (format === undefined || format === '' || !isKnownFormat(singleType(schema), format)) return;
  const isValid = formatCheck(format);
  if (isValid !== undefined && !isValid(value)) result.errors.push(wrongFormat(path, format, value));
}

const singleType = (schema: JsonSchema): string | undefined =>
  schema['x-kubernetes-int-or-string'] === true ? undefined : schema.type;

function stringError(
  value: string,
  path: string,
  maxLength: number | undefined,
  minLength: number | undefined,
  pattern: string | undefined,
): ValueError | undefined {
  if (maxLength !== undefined && value.length > maxLength && lengthOf(value) > maxLength)
    return longer(path, maxLength);
  if (minLength !== undefined && lengthOf(value) < minLength)
    return rule(path, value, `should be at least ${minLength} chars long`);
  if (pattern === undefined || pattern === '') return undefined;
  const compiled = compilePattern(pattern);
  if (typeof compiled === 'string')
    return rule(path, value, `should match '${pattern}, but pattern is invalid: ${compiled}'`);
  return compiled.test(value) ? undefined : rule(path, value, `should match '${pattern}'`);
}

function checkEnum(value: unknown, schema: JsonSchema, path: string, result: Result): void {
  const allowed = schema.enum;
  if (allowed === undefined || allowed.length === 0) return;
  if (value !== null && allowed.some((one) => one !== null && deepEqual(one, value))) return;
  result.errors.push(notOneOf(path, value, allowed));
}

function checkList(
  list: readonly unknown[],
  schema: JsonSchema,
  path: string,
  result: Result,
  correlated: Correlated | undefined,
): void {
  const items = itemsOf(schema);
  if (items !== undefined)
    for (let index = 0; index < list.length; index++)
      merge(result, validateValue(list[index], items, `${path}[${index}]`, correlated?.item(index)));
  const { minItems, maxItems } = schema;
  if (minItems !== undefined && list.length < minItems)
    result.errors.push(rule(path, list.length, `should have at least ${minItems} items`));
  if (maxItems !== undefined && list.length > maxItems) result.errors.push(more(path, list.length, maxItems));
  if (
    schema.uniqueItems === true &&
    list.some((item, index) => list.slice(0, index).some((other) => deepEqual(item, other)))
  )
    result.errors.push(rule(path, '', "shouldn't contain duplicates"));
}

function checkObject(
  object: Record<string, unknown>,
  schema: JsonSchema,
  path: string,
  result: Result,
  correlated: Correlated | undefined,
): void {
  const { minProperties, maxProperties, required } = schema;
  if (minProperties !== undefined || maxProperties !== undefined) {
    const count = Object.keys(object).length;
    if (minProperties !== undefined && count < minProperties)
      result.errors.push(rule(path, count, `should have at least ${minProperties} properties`));
    if (maxProperties !== undefined && count > maxProperties)
      result.errors.push(more(path, count, maxProperties));
  }
  const values = valuesOf(schema);
  const closed = schema.additionalProperties === false;
  for (const key in object) {
    const property = propertyOf(schema, key);
    if (property !== undefined) {
      // Type and version of the object itself are never taken over from before.
      const pair =
        path === '' && (key === 'kind' || key === 'apiVersion') ? undefined : correlated?.field(key);
      merge(result, validateValue(object[key], property, path === '' ? key : `${path}.${key}`, pair));
    } else if (values !== undefined)
      merge(result, validateValue(object[key], values, `${path}.${key}`, correlated?.field(key)));
    else if (closed) result.errors.push(undeclared(path, key));
  }
  if (required !== undefined)
    for (const name of required)
      if (!Object.hasOwn(object, name)) result.errors.push(missing(`${path}.${name}`));
}
