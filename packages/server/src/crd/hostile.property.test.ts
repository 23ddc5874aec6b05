import type { JsonSchema } from '@gantry/api/apiextensions/v1/definition';
import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { DEFINITIONS_PATH, untilTrue, widgetDefinition } from './testing/definitions.ts';

let api: TestServer;
beforeAll(async () => {
  api = await startTestServer();
});
afterAll(() => api.close());

const RULES = [
  'self == oldSelf',
  'has(self.a)',
  'self.all(x, x == x)',
  'self.a.b.c > 1',
  'self.matches("^a+$")',
  'size(self) < 3',
  '((((',
  'true',
];
const NAMES = ['a', 'b', 'metadata', 'kind', 'x-y', '__proto__', 'constructor', ''];

/** Schemas of every shape, good and bad. */
const schemas = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
  const list = some(fc.array(tie('schema'), { maxLength: 2 }));
  return {
    schema: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.record({ type: fc.constantFrom('string', 'integer', 'boolean', 'number') }),
      fc
        .record(
          {
            type: fc.constantFrom('object', 'array', 'string', 'integer', 'nonsense', ''),
            format: some(fc.constantFrom('int32', 'date-time', 'duration', 'byte', 'x')),
            pattern: some(fc.constantFrom('^a+$', '(', '(?<n>a)\\k<n>', '\\p{Greek}+')),
            default: some(fc.jsonValue({ maxDepth: 2 })),
            enum: some(fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 })),
            minimum: some(fc.double()),
            maxLength: some(fc.integer({ min: -1, max: 10 })),
            nullable: some(fc.boolean()),
            required: some(fc.array(fc.constantFrom(...NAMES), { maxLength: 2 })),
            properties: some(fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { maxKeys: 3 })),
            additionalProperties: some(fc.oneof(fc.boolean(), tie('schema'))),
            items: some(tie('schema')),
            allOf: list,
            anyOf: list,
            not: some(tie('schema')),
            'x-kubernetes-preserve-unknown-fields': some(fc.boolean()),
            'x-kubernetes-embedded-resource': some(fc.boolean()),
            'x-kubernetes-int-or-string': some(fc.boolean()),
            'x-kubernetes-list-type': some(fc.constantFrom('set', 'map', 'atomic', 'x')),
            'x-kubernetes-list-map-keys': some(fc.array(fc.constantFrom(...NAMES), { maxLength: 2 })),
            'x-kubernetes-map-type': some(fc.constantFrom('granular', 'atomic', 'x')),
            'x-kubernetes-validations': some(
              fc.array(fc.record({ rule: fc.constantFrom(...RULES) }), { maxLength: 2 }),
            ),
          },
          { requiredKeys: [] },
        )
        .map((schema) => JSON.parse(JSON.stringify(schema)) as JsonSchema),
    ),
  };
}).schema;

/** Any value, and any schema with a value of another type somewhere in it. */
const broken = fc.tuple(schemas, fc.jsonValue({ maxDepth: 3 })).map(([schema, value]) => ({
  ...schema,
  properties: { a: value, b: { properties: value, 'x-kubernetes-validations': value } },
}));

test('no definition makes the server fail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(schemas, broken, fc.jsonValue()), async (schema) => {
      const body = widgetDefinition(schema as JsonSchema);
      const { status } = await api.call('POST', `${DEFINITIONS_PATH}?dryRun=All`, { body });
      expect(status).toBeLessThan(500);
    }),
    { numRuns: fuzzRuns(300) },
  );
});

test(
  'no object makes the server fail, and what was stored can be stored again',
  async () => {
    let index = 0;
    await fc.assert(
      fc.asyncProperty(schemas, fc.jsonValue({ maxDepth: 4 }), fc.jsonValue(), async (schema, a, b) => {
        const definition = widgetDefinition({ type: 'object', properties: { a: schema, b: schema } });
        const plural = `widgets${index++}`;
        definition.metadata.name = `${plural}.example.com`;
        definition.spec.names = { plural, singular: `${plural}one`, kind: `Widget${index}` };
        const defined = await api.call('POST', DEFINITIONS_PATH, { body: definition });
        expect(defined.status).toBeLessThan(500);
        if (defined.status !== 201) return;
        await untilTrue(api, definition.metadata.name);
        const path = `/apis/example.com/v1/namespaces/default/${plural}`;
        const body = { apiVersion: 'example.com/v1', kind: `Widget${index}`, metadata: { name: 'o' }, a, b };
        const made = await api.call('POST', path, { body });
        expect(made.status).toBeLessThan(500);
        if (made.status === 201) {
          const again = await api.call('PUT', `${path}/o`, { body: made.body });
          expect([again.status, again.body.a, again.body.b]).toEqual([200, made.body.a, made.body.b]);
          const applied = await api.call('PATCH', `${path}/o?fieldManager=m&force=true`, {
            body,
            headers: { 'content-type': 'application/apply-patch+yaml' },
          });
          expect(applied.status).toBeLessThan(500);
        }
        const { status } = await api.call('GET', path, {
          headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
        });
        expect(status).toBe(200);
        expect((await api.call('GET', '/openapi/v3/apis/example.com/v1')).status).toBe(200);
        await api.call('DELETE', `${DEFINITIONS_PATH}/${definition.metadata.name}`);
      }),
      { numRuns: fuzzRuns(150) },
    );
  },
  fuzzRuns(60_000),
);
