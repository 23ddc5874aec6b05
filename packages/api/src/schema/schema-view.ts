import type { SchemaView } from '@gantry/machinery/schema-view';
import type { Schema, StructType } from './dsl.ts';

/**
 * Fields that the original keeps by value, and so serialises even when empty. Facts of its Go types that OpenAPI does
 * not carry. A pointer of the same name is listed in POINTERS.
 */
const BY_VALUE: ReadonlySet<string> = new Set([
  'metadata',
  'spec',
  'status',
  'template',
  'strategy',
  'updateStrategy',
  'jobTemplate',
  'resources',
  'source',
  'involvedObject',
  'loadBalancer',
  'nodeInfo',
  'daemonEndpoints',
  'kubeletEndpoint',
  'scaleTargetRef',
  'roleRef',
  'state',
  'lastState',
]);
const POINTERS: ReadonlySet<string> = new Set([
  'ReplicationControllerSpec.template',
  'PodSpec.resources',
  'ContainerStatus.resources',
  'PodStatus.resources',
]);

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
  const owner = type.name.slice(type.name.lastIndexOf('.') + 1);
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
      const field = { ...viewOf(schema), alwaysPresent: isAlwaysPresent(owner, name, schema) };
      fields.set(name, field);
      return field;
    },
  };
  structs.set(type, view);
  return view;
}

function isAlwaysPresent(owner: string, name: string, schema: Schema): boolean {
  if (schema.type === 'array') return schema.required === true;
  return schema.type === 'ref' && BY_VALUE.has(name) && !POINTERS.has(`${owner}.${name}`);
}

function viewOf(schema: Schema): SchemaView {
  const use = {
    default: schema.default,
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
    case 'raw':
    case 'rawObject':
    case 'fieldsV1':
      return { ...BASE, ...use, shape: 'any' };
    default:
      return { ...BASE, ...use, scalar: SCALARS[schema.type] ?? 'untyped' };
  }
}
