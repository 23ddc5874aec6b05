import type { SchemaView } from '@gantry/machinery/schema-view';
import { isByValue, type Schema, type StructType } from './dsl.ts';

const SCALARS: Readonly<Record<string, SchemaView['scalar']>> = {
  string: 'string',
  bytes: 'string',
  boolean: 'boolean',
  int32: 'number',
  int64: 'number',
  double: 'number',
};

const structs = new WeakMap<StructType, SchemaView>();
const nothing = (): undefined => undefined;

const BASE: SchemaView = {
  shape: 'scalar',
  scalar: 'untyped',
  atomic: false,
  field: nothing,
  values: undefined,
  items: undefined,
  listType: 'atomic',
  listMapKeys: [],
  default: undefined,
  alwaysPresent: false,
  patchStrategy: '',
  patchMergeKey: '',
};

/** The view of a whole type, made once. Fields are resolved on first use, since types may refer to themselves. */
export function schemaView(type: StructType): SchemaView {
  const known = structs.get(type);
  if (known !== undefined) return known;
  const fields = new Map<string, SchemaView>();
  const view: SchemaView = {
    ...BASE,
    shape: 'struct',
    atomic: type.mapType === 'atomic',
    field(name) {
      const made = fields.get(name);
      if (made !== undefined) return made;
      const schema = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
      if (schema === undefined) return undefined;
      const field = { ...viewOf(schema), alwaysPresent: isAlwaysPresent(name, schema) };
      fields.set(name, field);
      return field;
    },
  };
  structs.set(type, view);
  return view;
}

/** Required lists that the original leaves out all the same when they are empty. */
const LEFT_OUT: ReadonlySet<string> = new Set(['validationActions']);

function isAlwaysPresent(name: string, schema: Schema): boolean {
  if (schema.type === 'array') return schema.required === true && !LEFT_OUT.has(name);
  return schema.type === 'ref' && isByValue(name, schema);
}

/** A required scalar that a list's item leaves out counts as empty there, since the original publishes it as default. */
function zeroOf(schema: Schema): unknown {
  if (schema.required !== true) return undefined;
  const scalar = SCALARS[schema.type];
  return scalar === 'string' ? '' : scalar === 'number' ? 0 : undefined;
}

function viewOf(schema: Schema): SchemaView {
  const use = {
    default: schema.default ?? zeroOf(schema),
    patchStrategy: schema.patchStrategy ?? '',
    patchMergeKey: schema.patchMergeKey ?? '',
  };
  switch (schema.type) {
    case 'ref': {
      const target = schemaView(schema.target());
      return {
        ...target,
        ...use,
        atomic: (schema.mapType ?? (target.atomic ? 'atomic' : 'granular')) === 'atomic',
      };
    }
    case 'map':
      return {
        ...BASE,
        ...use,
        shape: 'map',
        atomic: schema.mapType === 'atomic',
        values: viewOf(schema.values),
      };
    case 'array':
      return {
        ...BASE,
        ...use,
        shape: 'list',
        items: viewOf(schema.items),
        listType: schema.listType ?? 'atomic',
        listMapKeys: schema.listMapKeys ?? [],
      };
    case 'rawObject':
      return { ...BASE, ...use, shape: 'any', atomic: true };
    case 'raw':
    case 'fieldsV1':
      return { ...BASE, ...use, shape: 'any' };
    default:
      return { ...BASE, ...use, scalar: SCALARS[schema.type] ?? 'untyped' };
  }
}
