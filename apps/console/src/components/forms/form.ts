/** What a form holds: texts, also of numbers and choices, and ticks. */
export type Values = Readonly<Record<string, string | boolean>>;

export interface FormField {
  readonly name: string;
  readonly type: 'text' | 'number' | 'choice' | 'check' | 'lines' | 'secretLines';
  readonly initial: string | boolean;
  readonly required?: boolean;
  /** Of a choice, as they are written in the object. */
  readonly options?: readonly string[];
  /** Shown only while another field holds one of these. */
  readonly when?: { readonly field: string; readonly is: readonly string[] };
}

/** A form that makes objects: what is asked, and what it becomes. */
export interface Form {
  readonly fields: readonly FormField[];
  readonly build: (values: Values) => readonly object[];
}

export const initialValues = (form: Form): Values =>
  Object.fromEntries(form.fields.map(({ name, initial }) => [name, initial]));

export const isShown = ({ when }: FormField, values: Values): boolean =>
  when === undefined || when.is.includes(String(values[when.field]));

/** Names of the fields that must still be filled in. */
export const missing = (form: Form, values: Values): readonly string[] =>
  form.fields
    .filter((field) => field.required === true && isShown(field, values) && text(values, field.name) === '')
    .map(({ name }) => name);

export const text = (values: Values, name: string): string => String(values[name] ?? '').trim();

/** Undefined for an empty field; what is no number stays a text, so that the server says what is wrong. */
export function number(values: Values, name: string): number | string | undefined {
  const value = text(values, name);
  if (value === '') return undefined;
  return /^\d+$/.test(value) ? Number(value) : value;
}

/** `KEY=value` on each line; a value may hold more `=`. Undefined when there is none. */
export function pairs(values: Values, name: string): Readonly<Record<string, string>> | undefined {
  const entries = String(values[name] ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): [string, string] => {
      const at = line.indexOf('=');
      return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1)];
    });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Without the fields that are undefined or hold nothing. */
export function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, pruned(inner)] as const)
    .filter(([, inner]) => inner !== undefined && inner !== '' && !isHollow(inner));
  return Object.fromEntries(entries);
}

const isHollow = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
