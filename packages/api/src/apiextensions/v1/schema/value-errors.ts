import {
  type FieldError,
  type FieldErrorType,
  invalid,
  required,
  tooLong,
  tooMany,
} from '@gantry/machinery/field-error';

/** A broken rule of a schema, before it has a place in the object. */
export interface ValueError {
  /** Path from the validated value on, e.g. `spec.list[0]`; undefined: the error names none (allOf and its like). */
  readonly path: string | undefined;
  /** The field error at a given place. */
  readonly at: (field: string) => FieldError;
}

/** What the original prints for an error without a path. */
const NO_PATH = '<nil>';

export function toFieldErrors(errors: readonly ValueError[], prefix: string): FieldError[] {
  return errors.map(({ path, at }) => {
    if (path === undefined || path === '') return at(prefix === '' ? NO_PATH : prefix);
    const bare = path.startsWith('.') ? path.slice(1) : path;
    return at(prefix === '' ? bare : `${prefix}.${bare}`);
  });
}

const of = (path: string, at: (field: string) => FieldError): ValueError => ({ path, at });

const typed = (type: FieldErrorType, field: string, value: unknown, detail: string): FieldError => ({
  ...invalid(field, value, detail),
  type,
});

/** Of the whole value, worded with its path inside the text. */
export const composite = (message: string): ValueError => ({
  path: undefined,
  at: (field) => invalid(field, '', message),
});

export const wrongType = (path: string, wanted: string, found: string): ValueError =>
  of(path, (field) =>
    typed(
      'FieldValueTypeInvalid',
      field,
      found,
      `${path} in body must be of type ${wanted}: ${JSON.stringify(found)}`,
    ),
  );

/** A string that is not of its format. */
export const wrongFormat = (path: string, format: string, value: string): ValueError =>
  of(path, (field) =>
    typed(
      'FieldValueTypeInvalid',
      field,
      value,
      `${path} in body must be of type ${format}: ${JSON.stringify(value)}`,
    ),
  );

export const rule = (path: string, value: unknown, detail: string): ValueError =>
  of(path, (field) => invalid(field, value, `${path} in body ${detail}`));

/** A factor of the schema that no value can be a multiple of. */
export const badFactor = (path: string, factor: number): ValueError =>
  of(path, (field) =>
    invalid(field, factor, `factor MultipleOf declared for ${path} must be positive: ${factor}`),
  );

export const missing = (path: string): ValueError => of(path, (field) => required(field));

export const longer = (path: string, max: number): ValueError => of(path, (field) => tooLong(field, max));

export const more = (path: string, actual: number, max: number): ValueError =>
  of(path, (field) => tooMany(field, actual, max));

export const notOneOf = (path: string, value: unknown, allowed: readonly unknown[]): ValueError =>
  of(path, (field) => {
    const texts = allowed.map((one) => JSON.stringify(typeof one === 'string' ? one : JSON.stringify(one)));
    const shown = value === undefined ? 'null' : JSON.stringify(value);
    return {
      type: 'FieldValueNotSupported',
      field,
      message: `Unsupported value: ${shown}: supported values: ${texts.join(', ')}`,
    };
  });

/** A property that `additionalProperties: false` forbids. */
export const undeclared = (path: string, name: string): ValueError =>
  of(path, (field) => invalid(field, name, `${path}.${name} in body is a forbidden property`));
