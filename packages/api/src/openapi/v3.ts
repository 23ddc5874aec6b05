import type { KindDefinition } from '../kind.ts';
import { definitionName, definitionsOf, listName, names } from './definitions.ts';
import { groupName, groupVersionPath, type Operation, operationId, operationsOf } from './operations.ts';
import { type Parameter, pathParameters, queryParameters, shareParameters } from './parameters.ts';
import type { OpenApiSchema } from './schemas.ts';

const MEDIA_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const WATCH_TYPES = ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'];
const PATCH_TYPES: readonly string[] = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];
const CUSTOM_PATCH_TYPES = PATCH_TYPES.filter((type) => !type.includes('strategic'));

/** Of custom resources there are no strategic merge patches. */
export const patchTypes = (kind: KindDefinition): readonly string[] =>
  kind.custom === undefined ? PATCH_TYPES : CUSTOM_PATCH_TYPES;

const refTo = (name: string): OpenApiSchema => ({ $ref: `#/components/schemas/${name}` });
const content = (types: readonly string[], schema: OpenApiSchema): OpenApiSchema =>
  Object.fromEntries(types.map((type) => [type, { schema }]));

const parameter = ({ name, in: where, description, type }: Parameter): OpenApiSchema => ({
  name,
  in: where,
  description,
  ...(where === 'path' ? { required: true } : {}),
  schema: { type, uniqueItems: true },
});

/**
 * The OpenAPI 3 document of one group and version, as `/openapi/v3/apis/GROUP/VERSION` serves it. `kinds` may hold
 * kinds of other groups too; they are left out. Costs milliseconds: keep the result.
 */
export function openApiV3(
  kinds: readonly KindDefinition[],
  groupVersion: { readonly group: string; readonly version: string },
): Record<string, unknown> {
  const { group, version } = groupVersion;
  const served = kinds.filter((kind) => kind.group === group && kind.version === version);
  const root = groupVersionPath(group, version);
  const paths = new Map<string, OpenApiSchema>([[`${root}/`, resourcesPath(group, version)]]);
  for (const kind of served)
    for (const operation of operationsOf(kind)) {
      const item = paths.get(operation.path) ?? {
        parameters: pathParameters(operation.path).map(parameter),
      };
      item[operation.method] = operationV3(operation);
      paths.set(operation.path, item);
    }
  for (const item of paths.values()) shareParameters(item);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.0' },
    paths: Object.fromEntries([...paths].sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: Object.fromEntries(definitionsOf(served, kinds)),
      securitySchemes: {
        BearerToken: {
          type: 'apiKey',
          name: 'authorization',
          in: 'header',
          description: 'Bearer token authentication',
        },
      },
    },
  };
}

function resourcesPath(group: string, version: string): OpenApiSchema {
  return {
    get: {
      tags: [tagOf(group, version)],
      description: 'The resources of this group and version.',
      operationId: `get${tagOf(group, version)
        .split('_')
        .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
        .join('')}APIResources`,
      responses: {
        '200': { description: 'OK', content: content(MEDIA_TYPES, refTo(names.resourceList)) },
        '401': { description: 'Unauthorized' },
      },
    },
  };
}

const tagOf = (group: string, version: string): string => `${groupName(group)}_${version}`;

/** One operation of a path. */
export function operationV3(operation: Operation): OpenApiSchema {
  const { kind, action, speaks } = operation;
  const body = requestBody(operation);
  const parameters = queryParameters(operation).map(parameter);
  return {
    tags: [tagOf(kind.group, kind.version)],
    description: `${action} ${operation.subresource === '' ? '' : `${operation.subresource} of `}${kind.kind}`,
    operationId: operationId(operation),
    ...(parameters.length > 0 && { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { content: body, ...(action.startsWith('delete') ? {} : { required: true }) } }),
    responses: responses(operation),
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group: speaks.group, version: speaks.version, kind: speaks.kind },
  };
}

function requestBody({ action, speaks, kind }: Operation): OpenApiSchema | undefined {
  switch (action) {
    case 'post':
    case 'put':
      return content(['*/*'], refTo(definitionName(speaks, kind)));
    case 'patch':
      return content(patchTypes(kind), refTo(names.patch));
    case 'delete':
    case 'deletecollection':
      return content(['*/*'], refTo(names.deleteOptions));
    default:
      return undefined;
  }
}

function responses({ action, speaks, kind, subresource }: Operation): OpenApiSchema {
  const unauthorized = { '401': { description: 'Unauthorized' } };
  const answer = (description: string, schema: OpenApiSchema, types = MEDIA_TYPES): OpenApiSchema => ({
    description,
    content: content(types, schema),
  });
  const object = refTo(definitionName(speaks, kind));
  const deleted = kind.returnsDeleted === true ? object : refTo(names.status);
  switch (action) {
    case 'list':
      return {
        '200': answer('OK', refTo(listName(kind)), [...MEDIA_TYPES, ...WATCH_TYPES]),
        ...unauthorized,
      };
    case 'get':
      return {
        '200':
          subresource === 'log'
            ? answer('OK', { type: 'string' }, [...MEDIA_TYPES, 'text/plain'])
            : answer('OK', object),
        ...unauthorized,
      };
    case 'post':
      return {
        '200': answer('OK', object),
        '201': answer('Created', object),
        '202': answer('Accepted', object),
        ...unauthorized,
      };
    case 'put':
    case 'patch':
      return { '200': answer('OK', object), '201': answer('Created', object), ...unauthorized };
    case 'delete':
      return {
        '200': answer('OK', deleted),
        '202': answer('Accepted', deleted),
        ...unauthorized,
      };
    case 'deletecollection':
      return { '200': answer('OK', refTo(names.status)), ...unauthorized };
    case 'connect':
      return { '200': answer('OK', { type: 'string' }, ['*/*']), ...unauthorized };
  }
}
