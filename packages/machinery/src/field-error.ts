import type { StatusCause } from './status.ts';

/** Rule that a value broke; the values are those of `status.details.causes[].reason`. */
export type FieldErrorType =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

/** One broken rule, at one path, worded as clients know it. */
export interface FieldError {
  readonly type: FieldErrorType;
  /** `spec.template.spec.containers[0].name`; map keys in brackets: `metadata.labels[a/b]`. */
  readonly field: string;
  /** The whole text after the path, e.g. `Invalid value: "x": must be …`. */
  readonly message: string;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\u0007': '\\a', '\u000b': '\\v' };

/** Text as Go's %q shows it: short escapes for some control characters, two hexadecimal digits for the others. */
const goQuote = (text: string): string =>
  JSON.stringify(text).replace(
    /\\u00([01][0-9a-f])|\u007f/g,
    (found, digits = '7f') =>
      SHORT_ESCAPES[String.fromCharCode(Number.parseInt(digits, 16))] ??
      `\\x${found === '\u007f' ? '7f' : digits}`,
  );

const quote = (value: unknown): string =>
  typeof value === 'string' ? goQuote(value) : (JSON.stringify(value) ?? 'null');

export const required = (field: string, detail = ''): FieldError => ({
  type: 'FieldValueRequired',
  field,
  message: detail ? `Required value: ${detail}` : 'Required value',
});
export const invalid = (field: string, value: unknown, detail: string): FieldError => ({
  type: 'FieldValueInvalid',
  field,
  message: `Invalid value: ${quote(value)}${detail === '' ? '' : `: ${detail}`}`,
});
export const notSupported = (field: string, value: unknown, supported: readonly string[]): FieldError => ({
  type: 'FieldValueNotSupported',
  field,
  message: `Unsupported value: ${quote(value)}: supported values: ${[...supported].sort().map(quote).join(', ')}`,
});
/** As notSupported, for the few lists that the original does not sort. */
export const notSupportedInOrder = (
  field: string,
  value: unknown,
  supported: readonly string[],
): FieldError => ({
  type: 'FieldValueNotSupported',
  field,
  message: `Unsupported value: ${quote(value)}: supported values: ${supported.map(quote).join(', ')}`,
});
export const duplicate = (field: string, value: unknown): FieldError => ({
  type: 'FieldValueDuplicate',
  field,
  message: `Duplicate value: ${quote(value)}`,
});
export const forbidden = (field: string, detail: string): FieldError => ({
  type: 'FieldValueForbidden',
  field,
  message: `Forbidden: ${detail}`,
});
export const notFoundValue = (field: string, value: unknown): FieldError => ({
  type: 'FieldValueNotFound',
  field,
  message: `Not found: ${quote(value)}`,
});
export const tooLong = (field: string, maxBytes: number): FieldError => ({
  type: 'FieldValueTooLong',
  field,
  message: `Too long: may not be more than ${maxBytes} bytes`,
});
export const tooMany = (field: string, actual: number, max: number): FieldError => ({
  type: 'FieldValueTooMany',
  field,
  message: `Too many: ${actual}: must have at most ${max} items`,
});

export const formatFieldError = (error: FieldError): string => `${error.field}: ${error.message}`;

export const toCause = (error: FieldError): StatusCause => ({
  reason: error.type,
  message: error.message,
  field: error.field,
});
