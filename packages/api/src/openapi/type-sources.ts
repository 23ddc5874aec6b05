import { createHash } from 'node:crypto';
import { builtinKinds } from '../kinds.ts';
import { subresourceTypes } from '../subresource-types.ts';
import { collectDefinitions, type OpenApiSchema } from './schemas.ts';

/** Definitions whose last part is taken by a better-known one. */
const RENAMED: Readonly<Record<string, string>> = {
  'io.k8s.api.discovery.v1.EndpointPort': 'EndpointSlicePort',
  'io.k8s.api.storage.v1.TokenRequest': 'CSIDriverTokenRequest',
  'io.k8s.api.core.v1.ResourceClaim': 'ContainerResourceClaim',
  'io.k8s.api.flowcontrol.v1.Subject': 'FlowSubject',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference': 'ConversionServiceReference',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig':
    'ConversionWebhookClientConfig',
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference': 'APIServiceReference',
};
/** Definitions that machinery has its own types for, and building blocks without a use by name. */
const UNNAMED =
  /apimachinery\.pkg\.(api|util|runtime)\.|\.(Time|MicroTime|FieldsV1|ObjectMeta|ManagedFieldsEntry|OwnerReference|ListMeta)$|apiextensions\.v1\.JSON(SchemaPropsOr\w+)?$/;

const SCHEMA_PROPS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';
const SCHEMA_REF = { $ref: `#/components/schemas/${SCHEMA_PROPS}` };
/** Unions whose published definition says nothing of their shape. */
const SCHEMA_OR: Readonly<Record<string, OpenApiSchema>> = {
  OrArray: { oneOf: [SCHEMA_REF, { type: 'array', items: SCHEMA_REF }] },
  OrBool: { oneOf: [SCHEMA_REF, { type: 'boolean' }] },
  OrStringArray: { oneOf: [SCHEMA_REF, { type: 'array', items: { type: 'string' } }] },
};

const shortName = (definition: string): string => {
  const [group = '', version = '', name = ''] = definition.split('.').slice(-3);
  if (group === 'events') return `EventsV1${name}`;
  if (group === 'autoscaling' && version === 'v1' && !name.startsWith('Scale')) return `AutoscalingV1${name}`;
  return RENAMED[definition] ?? name;
};

function definitions(): Map<string, OpenApiSchema> {
  const all = new Map<string, OpenApiSchema>();
  for (const kind of builtinKinds) collectDefinitions(kind.type, all);
  for (const type of subresourceTypes) collectDefinitions(type, all);
  // Clients may send a number; what the server stores and answers is always text.
  all.set('io.k8s.apimachinery.pkg.api.resource.Quantity', { type: 'string' });
  for (const [suffix, other] of Object.entries(SCHEMA_OR)) all.set(`${SCHEMA_PROPS}${suffix}`, other);
  return all;
}

/** The OpenAPI document that the TypeScript types are made from. */
export function typesDocument(): Record<string, unknown> {
  return {
    openapi: '3.0.0',
    info: { title: 'Gantry', version: 'v1' },
    paths: {},
    components: { schemas: Object.fromEntries([...definitions()].sort(([a], [b]) => (a < b ? -1 : 1))) },
  };
}

/** The text of `generated/types.ts`. Its first line holds a digest of the document, by which staleness shows. */
export function typesText(): string {
  const kinds = new Set(builtinKinds.map((kind) => kind.type.name));
  const digest = createHash('sha256').update(JSON.stringify(typesDocument())).digest('hex');
  const lines = [
    `// Written by \`npm run generate\`. Source: ${digest}`,
    "import type { KubeObject } from '@gantry/machinery/object';",
    "import type { components } from './openapi.d.ts';",
    "type Schemas = components['schemas'];",
    '/** An object as the server stores it: metadata and spec are there. */',
    "type Stored<S> = KubeObject & Omit<S, 'apiVersion' | 'kind' | 'metadata' | 'spec'> & (S extends { spec?: infer P } ? { spec: NonNullable<P> } : unknown);",
  ];
  for (const name of [...definitions().keys()].sort()) {
    if (UNNAMED.test(name)) continue;
    const schema = `Schemas['${name}']`;
    lines.push(`export type ${shortName(name)} = ${kinds.has(name) ? `Stored<${schema}>` : schema};`);
  }
  return `${lines.join('\n')}\n`;
}
