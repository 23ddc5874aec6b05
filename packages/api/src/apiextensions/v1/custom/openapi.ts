import type { KindDefinition } from '../../../kind.ts';
import type { OpenApiSchema } from '../../../openapi/schemas.ts';
import type { JsonSchema } from '../definition.ts';
import { isEmbedded, itemsOf, valuesOf } from '../schema/nodes.ts';
import { modelName } from './custom-kind.ts';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const GVK = 'x-kubernetes-group-version-kind';
const SELECTABLE = 'x-kubernetes-selectable-fields';

const API_VERSION = {
  type: 'string',
  description: 'APIVersion defines the schema that the object is written in: `group/version`.',
};
const KIND = { type: 'string', description: 'Name of the kind of the object.' };

/** Swagger 2.0 or OpenAPI 3.0. */
type Dialect = 2 | 3;

/** OpenAPI name of the list of a custom kind. */
export const customListName = ({ group, version, kind, listKind }: KindDefinition): string =>
  modelName(group, version, listKind ?? `${kind}List`);

const refTo = (name: string, dialect: Dialect): string =>
  dialect === 2 ? `#/definitions/${name}` : `#/components/schemas/${name}`;

function described(name: string, description: string, dialect: Dialect): OpenApiSchema {
  const $ref = refTo(name, dialect);
  return dialect === 2 ? { description, $ref } : { description, allOf: [{ $ref }] };
}

const metadataOf = (dialect: Dialect): OpenApiSchema =>
  described(`${META}.ObjectMeta`, "Standard object's metadata.", dialect);

/** Schemas of a custom kind and of its list, by name. */
export function customDefinitions(kind: KindDefinition, dialect: Dialect): Map<string, OpenApiSchema> {
  const { group, version } = kind;
  const name = modelName(group, version, kind.kind);
  const fields = Object.keys(kind.selectableFields ?? {}).map((fieldPath) => ({ fieldPath }));
  const extensions = (named: string): OpenApiSchema => ({
    [GVK]: [{ group, version, kind: named }],
    ...(fields.length === 0 ? {} : { [SELECTABLE]: fields }),
  });
  const listKind = kind.listKind ?? `${kind.kind}List`;
  return new Map([
    [name, { ...rootSchema(kind.custom?.schema() ?? {}, dialect), ...extensions(kind.kind) }],
    [
      customListName(kind),
      {
        description: `${listKind} is a list of ${kind.kind}`,
        type: 'object',
        required: ['items'],
        properties: {
          apiVersion: API_VERSION,
          items: {
            description: `List of ${kind.plural}.`,
            type: 'array',
            items: { $ref: refTo(name, dialect) },
          },
          kind: KIND,
          metadata: described(`${META}.ListMeta`, 'Standard list metadata.', dialect),
        },
        ...extensions(listKind),
      },
    ],
  ]);
}

function rootSchema(schema: JsonSchema, dialect: Dialect): OpenApiSchema {
  if (Object.keys(schema).length === 0) return { type: 'object' };
  if (dialect === 2 && schema['x-kubernetes-preserve-unknown-fields'] === true) return { type: 'object' };
  const root = published(schema, dialect);
  const properties = { ...(root.properties as OpenApiSchema | undefined) };
  return {
    ...root,
    properties: { ...properties, apiVersion: API_VERSION, kind: KIND, metadata: metadataOf(dialect) },
  };
}

/** A node as clients see it. Swagger 2.0 knows neither junctors nor null, and old clients stumble over unknown fields. */
function published(schema: JsonSchema, dialect: Dialect): OpenApiSchema {
  const { properties, items: _items, additionalProperties, ...rest } = schema;
  const out: OpenApiSchema = { ...rest };
  const items = itemsOf(schema);
  const values = valuesOf(schema);
  if (properties !== undefined) out.properties = publishedProperties(properties, dialect);
  if (items !== undefined) out.items = published(items, dialect);
  if (additionalProperties !== undefined)
    out.additionalProperties = values === undefined ? additionalProperties : published(values, dialect);
  if (schema['x-kubernetes-int-or-string'] === true && dialect === 2) delete out.type;
  if (isEmbedded(schema) && !(dialect === 2 && schema['x-kubernetes-preserve-unknown-fields'] === true)) {
    out.properties = {
      ...(out.properties as OpenApiSchema | undefined),
      apiVersion: API_VERSION,
      kind: KIND,
      metadata: metadataOf(dialect),
    };
    out.required = [...new Set([...(schema.required ?? []), 'kind', 'apiVersion'])];
  }
  return dialect === 2 ? withoutUnknown(out, schema) : out;
}

function publishedProperties(
  properties: Readonly<Record<string, JsonSchema>>,
  dialect: Dialect,
): OpenApiSchema {
  const out: OpenApiSchema = {};
  for (const [name, property] of Object.entries(properties)) out[name] = published(property, dialect);
  return out;
}

function withoutUnknown(out: OpenApiSchema, schema: JsonSchema): OpenApiSchema {
  for (const name of ['allOf', 'anyOf', 'oneOf', 'not', 'nullable']) delete out[name];
  const keepsUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (schema.nullable === true || keepsUnknown) {
    if (schema.nullable === true) delete out.type;
    delete out.items;
    delete out.properties;
  }
  if (out.type === 'array' && out.items === undefined) delete out.type;
  if (keepsUnknown && out.type === 'object') delete out.type;
  const { properties } = schema;
  if (Array.isArray(out.required) && properties !== undefined) {
    const required = (out.required as string[]).filter((name) => properties[name]?.nullable !== true);
    if (required.length === 0) delete out.required;
    else out.required = required;
  }
  return out;
}
