import { z } from 'zod';
import { ApiError, callJson } from './api.ts';
import { procedure, router } from './trpc.ts';

/** A schema as an editor needs it; `ref` names another of the same answer. */
export interface FieldSchema {
  readonly type: string;
  readonly description: string;
  readonly ref?: string;
  readonly fields?: Readonly<Record<string, FieldSchema>>;
  readonly items?: FieldSchema;
  /** Of the values of a map. */
  readonly values?: FieldSchema;
  readonly choices?: readonly string[];
  readonly required?: readonly string[];
}

export interface KindSchema {
  /** Name of the schema of the kind itself. */
  readonly root: string;
  readonly schemas: Readonly<Record<string, FieldSchema>>;
}

interface OpenApiSchema {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly $ref?: string;
  readonly allOf?: readonly OpenApiSchema[];
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

interface OpenApi {
  readonly components?: { readonly schemas?: Readonly<Record<string, OpenApiSchema>> };
}

const SCHEMAS_MAX = 500;
const DEPTH_MAX = 30;
const PREFIX = '#/components/schemas/';

const refOf = (schema: OpenApiSchema): string | undefined =>
  (schema.$ref ?? schema.allOf?.find(({ $ref }) => $ref !== undefined)?.$ref)?.slice(PREFIX.length);

/** The schema in short; the names that it refers to are put into `wanted`. */
function shorten(schema: OpenApiSchema, wanted: Set<string>, depth = 0): FieldSchema {
  const ref = refOf(schema);
  if (ref !== undefined) wanted.add(ref);
  const { type = '', description = '', properties, items, additionalProperties: values } = schema;
  const short = (one: OpenApiSchema): FieldSchema => shorten(one, wanted, depth + 1);
  const isDeep = depth > DEPTH_MAX;
  return {
    type: schema['x-kubernetes-int-or-string'] === true ? 'integer or string' : type,
    description,
    ...(ref === undefined ? {} : { ref }),
    ...(properties === undefined || isDeep
      ? {}
      : { fields: Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, short(one)])) }),
    ...(items === undefined || isDeep ? {} : { items: short(items) }),
    ...(typeof values === 'object' && !isDeep ? { values: short(values) } : {}),
    ...(schema.enum === undefined ? {} : { choices: schema.enum.map(String) }),
    ...(schema.required === undefined ? {} : { required: [...schema.required] }),
  };
}

/** A kind's schema with all that it refers to; undefined when the document has no such kind. */
export function kindSchema(
  document: OpenApi,
  wanted: { readonly group: string; readonly version: string; readonly kind: string },
): KindSchema | undefined {
  const all = document.components?.schemas ?? {};
  const root = Object.keys(all).find((name) =>
    all[name]?.['x-kubernetes-group-version-kind']?.some(
      ({ group, version, kind }) =>
        group === wanted.group && version === wanted.version && kind === wanted.kind,
    ),
  );
  if (root === undefined) return undefined;
  const schemas: Record<string, FieldSchema> = {};
  const names = new Set([root]);
  // A Set hands out what is added while it is gone through.
  for (const name of names) {
    const schema = all[name];
    if (schema === undefined || Object.keys(schemas).length >= SCHEMAS_MAX) continue;
    schemas[name] = shorten(schema, names);
  }
  return { root, schemas };
}

export const schemaRouter = router({
  /** What the fields of a kind mean, from the server's OpenAPI v3; null for a kind that it does not know. */
  of: procedure
    .input(z.object({ apiVersion: z.string().min(1).max(253), kind: z.string().min(1).max(253) }))
    .query(async ({ ctx, input }): Promise<KindSchema | null> => {
      const [version = '', group = ''] = input.apiVersion.split('/').reverse();
      const place = group === '' ? `api/${version}` : `apis/${group}/${version}`;
      try {
        const path = `/openapi/v3/${place.split('/').map(encodeURIComponent).join('/')}`;
        const document = await callJson<OpenApi>(ctx.dispatch, {
          ...{ method: 'GET', path, headers: { accept: 'application/json' } },
        });
        return kindSchema(document, { group, version, kind: input.kind }) ?? null;
      } catch (error) {
        if (error instanceof ApiError && error.status.code === 404) return null;
        throw error;
      }
    }),
});
