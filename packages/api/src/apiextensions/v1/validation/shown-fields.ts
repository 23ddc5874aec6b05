import { duplicate, type FieldError, invalid, required, tooMany } from '@gantry/machinery/field-error';
import type { DefinitionVersion, JsonSchema, PrinterColumn } from '../definition.ts';
import { resolveFieldPath } from './field-path.ts';

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];
const MAX_SELECTABLE = 8;

/** Of a printer column. */
export function columnErrors(column: PrinterColumn, path: string): FieldError[] {
  const { name, type, format = '', jsonPath } = column;
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${path}.name`));
  const oneOf = (list: readonly string[]): string => `must be one of ${list.join(',')}`;
  if (!type) errors.push(required(`${path}.type`, oneOf(COLUMN_TYPES)));
  else if (!COLUMN_TYPES.includes(type)) errors.push(invalid(`${path}.type`, type, oneOf(COLUMN_TYPES)));
  if (format !== '' && !COLUMN_FORMATS.includes(format))
    errors.push(invalid(`${path}.format`, format, oneOf(COLUMN_FORMATS)));
  if (!jsonPath) errors.push(required(`${path}.JSONPath`));
  else if (!jsonPath.startsWith('.'))
    errors.push(invalid(`${path}.JSONPath`, jsonPath, 'must be a simple json path starting with .'));
  return errors;
}

/** Of the selectable fields of a version; `isKept`: they were there before, however many. */
export function selectableErrors(
  version: DefinitionVersion,
  schema: JsonSchema,
  path: string,
  isKept: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, { jsonPath }] of (version.selectableFields ?? []).entries()) {
    const at = `${path}[${index}].jsonPath`;
    if (!jsonPath) {
      errors.push(required(at));
      continue;
    }
    const found = resolveFieldPath(jsonPath, schema, false);
    if (typeof found === 'string') {
      errors.push(invalid(at, jsonPath, `is an invalid path: ${found}`));
      continue;
    }
    if (/^metadata(\.|$)/.test(found.path))
      errors.push(invalid(at, jsonPath, 'must not point to fields in metadata'));
    if (!['string', 'boolean', 'integer'].includes(found.schema.type ?? ''))
      errors.push(
        invalid(
          at,
          jsonPath,
          'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.',
        ),
      );
    if (seen.has(found.path)) errors.push(duplicate(at, jsonPath));
    seen.add(found.path);
  }
  if (seen.size > MAX_SELECTABLE && !isKept) errors.push(tooMany(path, seen.size, MAX_SELECTABLE));
  return errors;
}
