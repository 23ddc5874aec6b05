import type { CelField, CelType } from '@gantry/cel/port';
import { escapeName } from '../../apiextensions/v1/schema/cel-types.ts';
import type { Schema, StructType } from '../../schema/dsl.ts';

const SCALARS = {
  string: 'string',
  boolean: 'bool',
  int32: 'int',
  int64: 'int',
  double: 'double',
  bytes: 'bytes',
  time: 'timestamp',
  microTime: 'timestamp',
  quantity: 'dyn',
  intOrString: 'dyn',
  raw: 'dyn',
  rawObject: 'dyn',
  fieldsV1: 'dyn',
} as const;

const made = new WeakMap<StructType, CelType>();

/** A built-in type as expressions see it that are checked against it. Types may contain themselves. */
export function structCelType(struct: StructType): CelType {
  let type = made.get(struct);
  if (type === undefined) {
    let fields: Map<string, CelField> | undefined;
    type = { kind: 'object', name: struct.name, fields: () => (fields ??= fieldsOf(struct)) };
    made.set(struct, type);
  }
  return type;
}

function fieldsOf(struct: StructType): Map<string, CelField> {
  const fields = new Map<string, CelField>();
  for (const [name, schema] of Object.entries(struct.fields)) {
    const escaped = escapeName(name);
    if (escaped !== undefined)
      fields.set(escaped, { type: celType(schema), ...(escaped === name ? {} : { json: name }) });
  }
  return fields;
}

function celType(schema: Schema): CelType {
  switch (schema.type) {
    case 'array':
      return { kind: 'list', element: celType(schema.items) };
    case 'map':
      return { kind: 'map', key: { kind: 'string' }, value: celType(schema.values) };
    case 'ref':
      return structCelType(schema.target());
    default:
      return { kind: SCALARS[schema.type] };
  }
}
