import type { KindDefinition } from '../kind.ts';
import { definitionName, definitionsOf, listName, names } from './definitions.ts';
import { type Operation, operationId, operationsOf } from './operations.ts';
import { type Parameter, pathParameters, queryParameters, shareParameters } from './parameters.ts';
import type { OpenApiSchema } from './schemas.ts';
import { patchTypes } from './v3.ts';

const MEDIA_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

const refTo = (name: string): OpenApiSchema => ({ $ref: `#/definitions/${name}` });

const parameter = ({ name, in: where, description, type }: Parameter): OpenApiSchema => ({
  name,
  in: where,
  description,
  type,
  uniqueItems: true,
  ...(where === 'path' ? { required: true } : {}),
});

/** The paths of kinds in swagger 2.0, sorted. */
export function swaggerPaths(kinds: readonly KindDefinition[]): Record<string, unknown> {
  const paths = new Map<string, OpenApiSchema>();
  for (const kind of kinds)
    for (const operation of operationsOf(kind)) {
      const item = paths.get(operation.path) ?? {
        parameters: pathParameters(operation.path).map(parameter),
      };
      item[operation.method] = operationObject(operation);
      paths.set(operation.path, item);
    }
  for (const item of paths.values()) shareParameters(item);
  return Object.fromEntries([...paths].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The swagger 2.0 document of all kinds, as `/openapi/v2` serves it. Costs tens of milliseconds: keep the result. */
export function openApiV2(kinds: readonly KindDefinition[]): Record<string, unknown> {
  const definitions: Record<string, unknown> = {};
  for (const [name, schema] of definitionsOf(kinds, kinds)) definitions[name] = toSwagger(schema);
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1.36.0' },
    paths: swaggerPaths(kinds),
    definitions,
    securityDefinitions: {
      BearerToken: {
        type: 'apiKey',
        name: 'authorization',
        in: 'header',
        description: 'Bearer token authentication',
      },
    },
    security: [{ BearerToken: [] }],
  };
}

function operationObject(operation: Operation): OpenApiSchema {
  const { kind, action, speaks } = operation;
  const body = bodySchema(operation);
  const answer =
    action === 'list'
      ? refTo(listName(kind))
      : action === 'connect' || operation.subresource === 'log'
        ? { type: 'string' }
        : action === 'delete' || action === 'deletecollection'
          ? refTo(names.status)
          : refTo(definitionName(speaks, kind));
  return {
    consumes: action === 'patch' ? patchTypes(kind) : ['*/*'],
    produces: MEDIA_TYPES,
    schemes: ['https'],
    description: `${action} ${operation.subresource === '' ? '' : `${operation.subresource} of `}${kind.kind}`,
    operationId: operationId(operation),
    parameters: [
      ...(body === undefined
        ? []
        : [{ name: 'body', in: 'body', required: !action.startsWith('delete'), schema: body }]),
      ...queryParameters(operation).map(parameter),
    ],
    responses: {
      '200': { description: 'OK', schema: answer },
      '401': { description: 'Unauthorized' },
    },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group: speaks.group, version: speaks.version, kind: speaks.kind },
  };
}

function bodySchema({ action, speaks, kind }: Operation): OpenApiSchema | undefined {
  if (action === 'post' || action === 'put') return refTo(definitionName(speaks, kind));
  if (action === 'patch') return refTo(names.patch);
  return action === 'delete' || action === 'deletecollection' ? refTo(names.deleteOptions) : undefined;
}

/** OpenAPI 3 schema → swagger 2.0: other reference paths, no `allOf` around references, no `oneOf`. */
function toSwagger(schema: OpenApiSchema): OpenApiSchema {
  const { allOf, oneOf, ...rest } = schema;
  const out: OpenApiSchema = {};
  for (const [key, inner] of Object.entries(rest)) out[key] = converted(key, inner);
  if (Array.isArray(allOf)) Object.assign(out, toSwagger(allOf[0] as OpenApiSchema));
  if (oneOf !== undefined) out.type = 'string';
  return out;
}

function converted(key: string, value: unknown): unknown {
  switch (key) {
    case '$ref':
      return String(value).replace('#/components/schemas/', '#/definitions/');
    case 'properties':
      // Names of fields are no keywords, even when they look like some.
      return Object.fromEntries(
        Object.entries(value as Record<string, OpenApiSchema>).map(([name, one]) => [name, toSwagger(one)]),
      );
    case 'items':
    case 'additionalProperties':
      return toSwagger(value as OpenApiSchema);
    default:
      return value;
  }
}
