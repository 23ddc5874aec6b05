import { expect, test } from 'vitest';
import { builtinKinds } from '../kinds.ts';
import type { OpenApiSchema } from './schemas.ts';
import { openApiV3 } from './v3.ts';

/**
 * What is served without a description, by the name of its definition and of its field. It only ever gets shorter:
 * `kubectl explain` and the editor of the console have nothing to show for an entry.
 */
const UNDESCRIBED: readonly string[] = [];

/** More than fits on a screen beside a field is documentation, no description. */
const LENGTH_MAX = 240;

interface Document {
  readonly components: { readonly schemas: Readonly<Record<string, OpenApiSchema>> };
}

/** Every definition that is served, by name. */
function served(): ReadonlyMap<string, OpenApiSchema> {
  const all = new Map<string, OpenApiSchema>();
  const versions = new Map(builtinKinds.map((kind) => [`${kind.group}/${kind.version}`, kind]));
  for (const kind of versions.values()) {
    const { schemas } = (openApiV3(builtinKinds, kind) as unknown as Document).components;
    for (const [name, schema] of Object.entries(schemas)) all.set(name, schema);
  }
  return all;
}

const definitions = served();
const fieldsOf = (schema: OpenApiSchema | undefined): [string, OpenApiSchema][] =>
  Object.entries((schema?.properties ?? {}) as Record<string, OpenApiSchema>);
const textOf = (schema: OpenApiSchema | undefined): string => String(schema?.description ?? '');

/** The description of each definition and of each of its fields, by name; '' for none. */
const descriptions = [...definitions].flatMap(([name, schema]) => [
  [name, textOf(schema)] as const,
  ...fieldsOf(schema).map(([field, one]) => [`${name}.${field}`, textOf(one)] as const),
]);
const columns = builtinKinds.flatMap((kind) =>
  (kind.columns ?? []).map(({ name, description }) => [`${kind.plural} ${name}`, description] as const),
);

test('every type and field that is served has a description', () => {
  const missing = descriptions.filter(([, text]) => text === '').map(([name]) => name);
  expect(missing.sort()).toEqual([...UNDESCRIBED].sort());
});

test('descriptions and headings of columns are whole sentences of a bearable length', () => {
  const odd = [...descriptions, ...columns].filter(
    ([, text]) => text !== '' && !(/^\S.*[^\s.]\.$/s.test(text) && text.length <= LENGTH_MAX),
  );
  expect(odd).toEqual([]);
});

test('a field says something else than its type: `kubectl explain` shows both, one below the other', () => {
  const typeOf = ({ $ref, allOf, items, additionalProperties }: OpenApiSchema): OpenApiSchema | undefined => {
    if (typeof $ref === 'string') return definitions.get($ref.replace('#/components/schemas/', ''));
    const inner = (allOf as OpenApiSchema[] | undefined)?.[0] ?? items ?? additionalProperties;
    return typeof inner === 'object' && inner !== null ? typeOf(inner as OpenApiSchema) : undefined;
  };
  const repeated = [...definitions].flatMap(([name, schema]) =>
    fieldsOf(schema)
      .filter(([, one]) => textOf(one) === textOf(typeOf(one)))
      .map(([field]) => `${name}.${field}`),
  );
  expect(repeated).toEqual([]);
});
