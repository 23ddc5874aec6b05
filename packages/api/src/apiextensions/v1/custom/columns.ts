import { translateTimestampSince } from '@gantry/machinery/time';
import type { Column } from '../../../kind.ts';
import type { PrinterColumn } from '../definition.ts';
import { compileJsonPath } from './json-path.ts';

const nameColumn: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name must be unique within a namespace.',
  cell: ({ metadata }) => metadata.name,
};

const AGE: PrinterColumn = {
  name: 'Age',
  type: 'date',
  description: 'When the server stored the object first.',
  jsonPath: '.metadata.creationTimestamp',
};

/** Columns of `kubectl get` for a version of a definition; a path that can't be read leaves only the name. */
export function customColumns(columns: readonly PrinterColumn[] | undefined): readonly Column[] {
  const wanted = columns === undefined || columns.length === 0 ? [AGE] : columns;
  const made: Column[] = [nameColumn];
  for (const column of wanted) {
    try {
      made.push(columnOf(column));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return made;
    }
  }
  return made;
}

function columnOf({ name, type, format, description, priority, jsonPath }: PrinterColumn): Column {
  const path = compileJsonPath(jsonPath);
  return {
    name,
    type: type as Column['type'],
    format: (format ?? '') as '',
    description: description ?? `Custom resource definition column (in JSONPath format): ${jsonPath}`,
    priority: (priority ?? 0) as 0 | 1,
    cell: (object, now) => {
      const [value] = path(object);
      return value === undefined || value === null ? null : cellOf(type, value, now);
    },
  };
}

function cellOf(type: string, value: unknown, now: Date): string | number | boolean | null {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      if (typeof value !== 'string') return null;
      return Number.isNaN(Date.parse(value)) ? '<invalid>' : translateTimestampSince(value, now);
    default:
      return null;
  }
}

/** Reads a selectable field: `.spec.color` → its value as text, '' when there is none. */
export function selectableReader(jsonPath: string): (object: unknown) => string {
  const path = compileJsonPath(jsonPath);
  return (object) => {
    const [value] = path(object);
    if (value === undefined || value === null) return '';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
}
