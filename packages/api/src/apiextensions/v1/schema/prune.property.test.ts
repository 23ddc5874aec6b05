import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonSchema } from '../definition.ts';
import { applyDefaults, dropRefusedNulls } from './defaults.ts';
import { prune } from './prune.ts';
import { validateValue } from './value-validation.ts';

const NAMES = ['a', 'b', 'c', 'metadata'];
const schemas = fc.letrec<{ schema: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4 },
    fc.record({ type: fc.constantFrom('string', 'integer', 'boolean'), nullable: fc.boolean() }),
    fc.constant<JsonSchema>({ type: 'integer', default: 7 }),
    fc.constant<JsonSchema>({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true }),
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
    fc.record({ type: fc.constant('object'), additionalProperties: tie('schema') }),
    fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(fc.constantFrom(...NAMES), tie('schema')),
    }),
  ),
})).schema;
const values = fc
  .jsonValue({ maxDepth: 5 })
  .map((value) => ({ a: value, b: [value], c: { a: value, z: value } }));

const shaped = (value: unknown, schema: JsonSchema): unknown => {
  const copy = structuredClone(value);
  prune(copy, schema, false, undefined);
  dropRefusedNulls(copy, schema);
  applyDefaults(copy, schema);
  return copy;
};

test('shaping an object twice changes nothing more', () => {
  fc.assert(
    fc.property(values, schemas, (value, schema) => {
      const once = shaped(value, schema);
      expect(shaped(once, schema)).toEqual(once);
    }),
  );
});

test('no value makes shaping or validation throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), schemas, (value, schema) => {
      validateValue(shaped(value, schema), schema);
    }),
  );
});
