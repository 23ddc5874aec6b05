import type { KindDefinition } from '../kind.ts';
import { definitionsOf } from './definitions.ts';
import { type Operation, operationsOf } from './operations.ts';
import { type Parameter, pathParameters, queryParameters, shareParameters } from './parameters.ts';
import type { OpenApiSchema } from './schemas.ts';
import { operationV3 } from './v3.ts';

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

/** An operation as OpenAPI 3 has it, in swagger's words: media types beside, the body among the parameters. */
function operationObject(operation: Operation): OpenApiSchema {
  const { requestBody, responses, parameters: _query, ...rest } = operationV3(operation);
  const body = requestBody as { content: Content; required?: boolean } | undefined;
  const answers = Object.entries(responses as Record<string, { description: string; content?: Content }>);
  const parameters = [
    ...(body === undefined
      ? []
      : [{ name: 'body', in: 'body', required: body.required === true, schema: schemaOf(body.content) }]),
    ...queryParameters(operation).map(parameter),
  ];
  return {
    ...rest,
    consumes: Object.keys(body?.content ?? { '*/*': {} }),
    produces: Object.keys(answers[0]?.[1].content ?? {}),
    schemes: ['https'],
    ...(parameters.length > 0 && { parameters }),
    responses: Object.fromEntries(
      answers.map(([code, { description, content }]) => [
        code,
        content === undefined ? { description } : { description, schema: schemaOf(content) },
      ]),
    ),
  };
}

type Content = Readonly<Record<string, { readonly schema?: OpenApiSchema }>>;

const schemaOf = (content: Content): OpenApiSchema => toSwagger(Object.values(content)[0]?.schema ?? {});

/** OpenAPI 3 schema → swagger 2.0: other reference paths, no `allOf` around references, no `oneOf`. */
function toSwagger(schema: OpenApiSchema): OpenApiSchema {
  // Defaults are published in OpenAPI 3 only.
  const { allOf, oneOf, default: _default, ...rest } = schema;
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
