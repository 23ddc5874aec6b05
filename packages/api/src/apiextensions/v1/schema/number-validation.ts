import type { JsonSchema } from '../definition.ts';
import { badFactor, composite, rule, type ValueError } from './value-errors.ts';

const INT32 = 2 ** 31;
const INT64 = 2 ** 63;
const MAX_FLOAT = 3.4028234663852886e38;

/** As Go prints a float64 with %v. */
export function goNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Whether a number fits the range of an integer or number type of this format. */
function fits(value: number, type: string, format: string): boolean {
  if (type === 'integer') {
    if (!Number.isInteger(value)) return false;
    const limit = format === 'int32' ? INT32 : INT64;
    return value >= -limit && value < limit;
  }
  return format !== 'float' || Math.abs(value) <= MAX_FLOAT;
}

function rangeError(value: number, schema: JsonSchema, what: string, path: string): ValueError | undefined {
  const type = schema['x-kubernetes-int-or-string'] === true ? '' : (schema.type ?? '');
  const given = schema.format ?? '';
  const known = type === 'integer' ? ['int32', 'int64'] : ['float', 'double'];
  const format = known.includes(given) ? given : '';
  if (fits(value, type, format)) return undefined;
  return composite(
    format === ''
      ? `${what} value must be of type ${type} (default format) in ${path}`
      : `${what} value must be of type ${type} with format ${format} in ${path}`,
  );
}

/** Range of the type, factor and bounds. */
export function validateNumber(value: number, schema: JsonSchema, path: string, errors: ValueError[]): void {
  const range = rangeError(value, schema, 'Checked', path);
  if (range !== undefined) errors.push(range);
  factorErrors(value, schema, path, errors);
  const { maximum, minimum, exclusiveMaximum = false, exclusiveMinimum = false } = schema;
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum))
    errors.push(
      rule(
        path,
        value,
        `should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${goNumber(minimum)}`,
      ),
    );
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum))
    errors.push(
      rule(path, value, `should be less than ${exclusiveMaximum ? '' : 'or equal to '}${goNumber(maximum)}`),
    );
}

/** Where the factor is of the type, whole numbers are held against its whole part alone, as in the original. */
function factorErrors(value: number, schema: JsonSchema, path: string, errors: ValueError[]): void {
  const { multipleOf } = schema;
  if (multipleOf === undefined) return;
  const range = rangeError(multipleOf, schema, 'MultipleOf', path);
  if (range !== undefined) errors.push(range);
  const factor = range === undefined && Number.isInteger(value) ? Math.trunc(multipleOf) : multipleOf;
  if (factor <= 0) errors.push(badFactor(path, factor));
  else if (!isMultiple(value, factor))
    errors.push(rule(path, value, `should be a multiple of ${goNumber(factor)}`));
}

function isMultiple(value: number, factor: number): boolean {
  if (Number.isInteger(value) && Number.isInteger(factor)) return value % factor === 0;
  const times = factor < 1 ? (1 / factor) * value : value / factor;
  return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times));
}
