import type { OpenApiSchema } from '../openapi/schemas.ts';
import type { FieldFact, SchemaFact } from './facts.ts';

const REF = '#/components/schemas/';
const NAMED: Readonly<Record<string, string>> = {
  'x-kubernetes-list-type': 'listType',
  'x-kubernetes-list-map-keys': 'listMapKeys',
  'x-kubernetes-map-type': 'mapType',
  'x-kubernetes-patch-strategy': 'patchStrategy',
  'x-kubernetes-patch-merge-key': 'patchMergeKey',
};

function typeFact(schema: OpenApiSchema): string {
  if (typeof schema.$ref === 'string') return `->${schema.$ref.replace(REF, '')}`;
  if (Array.isArray(schema.allOf)) return typeFact(schema.allOf[0] as OpenApiSchema);
  if (schema.type === 'array') return `array<${typeFact(schema.items as OpenApiSchema)}>`;
  if (schema.additionalProperties !== undefined)
    return `map<${typeFact(schema.additionalProperties as OpenApiSchema)}>`;
  if (schema.format === 'int-or-string') return 'int-or-string';
  const { type = 'any', format } = schema;
  return format === undefined ? String(type) : `${String(type)}:${String(format)}`;
}

function fieldFact(schema: OpenApiSchema, isRequired: boolean): FieldFact {
  const facts: Record<string, unknown> = {};
  if (isRequired) facts.required = true;
  if (schema.default !== undefined) facts.default = schema.default;
  for (const [key, name] of Object.entries(NAMED)) if (schema[key] !== undefined) facts[name] = schema[key];
  const values = schema.enum ?? (schema.items as OpenApiSchema | undefined)?.enum;
  if (values !== undefined) facts.enum = values;
  const type = typeFact(schema);
  return Object.keys(facts).length === 0 ? type : { type, ...facts };
}

/** A definition of an OpenAPI 3 document in the form of the facts. */
export function schemaFact(schema: OpenApiSchema): SchemaFact {
  const fact: Record<string, unknown> = {};
  const gvks = schema['x-kubernetes-group-version-kind'] as
    | readonly { group: string; version: string; kind: string }[]
    | undefined;
  if (gvks !== undefined)
    fact.gvk = gvks.map(({ group, version, kind }) => `${group}${group === '' ? '' : '/'}${version} ${kind}`);
  if (schema.properties === undefined) {
    const { oneOf } = schema as { oneOf?: { type: string }[] };
    const oneOfFact = { oneOf: (oneOf ?? []).map(({ type }) => type) };
    fact.type = oneOf === undefined || schema.format !== undefined ? typeFact(schema) : oneOfFact;
  } else {
    const required = new Set((schema.required ?? []) as string[]);
    fact.fields = Object.fromEntries(
      Object.entries(schema.properties as Record<string, OpenApiSchema>).map(([name, field]) => [
        name,
        fieldFact(field, required.has(name)),
      ]),
    );
  }
  for (const key of ['x-kubernetes-map-type', 'x-kubernetes-unions'])
    if (schema[key] !== undefined) fact[key] = schema[key];
  return fact;
}
