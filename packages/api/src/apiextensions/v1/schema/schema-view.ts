import { type SchemaView, UNTYPED } from '@gantry/machinery/schema-view';
import { ObjectMeta } from '../../../meta/v1/meta.ts';
import { schemaView } from '../../../schema/schema-view.ts';
import type { JsonSchema } from '../definition.ts';
import { isEmbedded, itemsOf, META_FIELDS, propertyOf, valuesOf } from './nodes.ts';

const nothing = (): undefined => undefined;
const SCALARS: Readonly<Record<string, SchemaView['scalar']>> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'number',
  number: 'number',
};
const STRING: SchemaView = { ...UNTYPED, shape: 'scalar', scalar: 'string' };

const views = new WeakMap<JsonSchema, SchemaView>();

/** How patches and server-side apply see a custom resource of this schema. Made on first use, field by field. */
export function customView(schema: JsonSchema | undefined): SchemaView {
  return objectView(schema ?? {}, true);
}

function viewOf(schema: JsonSchema): SchemaView {
  const known = views.get(schema);
  if (known !== undefined) return known;
  const view = makeView(schema);
  views.set(schema, view);
  return view;
}

function makeView(schema: JsonSchema): SchemaView {
  const use = { default: schema.default };
  if (schema['x-kubernetes-int-or-string'] === true) return { ...UNTYPED, ...use };
  switch (schema.type ?? '') {
    case 'object':
      return { ...objectView(schema, isEmbedded(schema)), ...use };
    case 'array': {
      const items = itemsOf(schema);
      const listType = schema['x-kubernetes-list-type'];
      return {
        ...UNTYPED,
        ...use,
        shape: 'list',
        items: items === undefined ? UNTYPED : viewOf(items),
        listType: listType === 'set' || listType === 'map' ? listType : 'atomic',
        listMapKeys: schema['x-kubernetes-list-map-keys'] ?? [],
      };
    }
    case '':
      return { ...UNTYPED, ...use };
    default:
      return { ...UNTYPED, ...use, shape: 'scalar', scalar: scalarOf(schema) };
  }
}

/** Texts of a format may be anything for server-side apply, which leaves them to validation. */
function scalarOf({ type = '', format = '' }: JsonSchema): SchemaView['scalar'] {
  if (type === 'string' && format !== '' && format !== 'byte') return 'untyped';
  return SCALARS[type] ?? 'untyped';
}

/** Objects and maps; `resource`: type and metadata are there whatever the schema says. */
function objectView(schema: JsonSchema, resource: boolean): SchemaView {
  const values = valuesOf(schema);
  const isOpen =
    schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true;
  const isMap = values !== undefined && schema.properties === undefined && !resource;
  return {
    ...UNTYPED,
    shape: isMap ? 'map' : 'struct',
    atomic: schema['x-kubernetes-map-type'] === 'atomic',
    field: isMap ? nothing : (name) => fieldView(schema, resource, name),
    get values() {
      return values === undefined ? (isOpen ? UNTYPED : undefined) : viewOf(values);
    },
  };
}

function fieldView(schema: JsonSchema, resource: boolean, name: string): SchemaView | undefined {
  if (resource && META_FIELDS.has(name)) return name === 'metadata' ? metadataView() : STRING;
  const property = propertyOf(schema, name);
  return property && viewOf(property);
}

let metadata: SchemaView | undefined;
function metadataView(): SchemaView {
  metadata ??= { ...schemaView(ObjectMeta), alwaysPresent: true };
  return metadata;
}
