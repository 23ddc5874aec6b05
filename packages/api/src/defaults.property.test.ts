import type { AnyObject } from '@gantry/machinery/object';
import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileKind } from './compile.ts';
import type { KindDefinition } from './kind.ts';
import { builtinKinds } from './kinds.ts';
import type { Schema, StructType } from './schema/dsl.ts';

const MAX_DEPTH = 7;

/** Values that decode as `schema`, sparse and shallow. */
function valueFor(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case 'ref':
      return structFor(schema.target(), depth + 1);
    case 'array':
      return depth > MAX_DEPTH
        ? fc.constant([])
        : fc.array(valueFor(schema.items, depth + 1), { maxLength: 2 });
    case 'map':
      return depth > MAX_DEPTH
        ? fc.constant({})
        : fc.dictionary(fc.constantFrom('cpu', 'a', 'storage'), valueFor(schema.values, depth + 1), {
            maxKeys: 2,
            noNullPrototype: true,
          });
    case 'boolean':
      return fc.boolean();
    case 'int32':
    case 'int64':
    case 'double':
    case 'intOrString':
      return fc.integer({ min: -2, max: 9 });
    case 'quantity':
      return fc.constantFrom('1', '100m', '2Gi', '0');
    case 'time':
      return fc.constant('2025-01-01T00:00:00Z');
    case 'microTime':
      return fc.constant('2025-01-01T00:00:00.000000Z');
    case 'bytes':
      return fc.constantFrom('', 'aGVsbG8=');
    case 'raw':
    case 'rawObject':
    case 'fieldsV1':
      return fc.constant({});
    default:
      return schema.enum === undefined
        ? fc.constantFrom(
            '',
            'a',
            'Always',
            'RollingUpdate',
            'OnDelete',
            'LoadBalancer',
            'ClientIP',
            'Container',
          )
        : fc.constantFrom(...schema.enum);
  }
}

function structFor(type: StructType, depth: number): fc.Arbitrary<Record<string, unknown>> {
  if (depth > MAX_DEPTH) return fc.constant({});
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  const names = Object.keys(type.fields);
  for (const [name, schema] of Object.entries(type.fields)) {
    const value = valueFor(schema, depth);
    // Few of many fields, so that objects stay small.
    fields[name] = fc
      .nat({ max: Math.max(3, Math.ceil(names.length / 4)) })
      .chain((roll) => (roll < 2 ? value : fc.constant(undefined)));
  }
  return fc.record(fields).map((record) => {
    const present = Object.entries(record).filter(([, value]) => value !== undefined);
    return Object.fromEntries(present);
  });
}

const named = (kind: KindDefinition): [string, KindDefinition] => [
  `${kind.group}/${kind.version} ${kind.kind}`,
  kind,
];

describe('any object of a kind', () => {
  test.each(builtinKinds.map(named))('%s: defaults are idempotent, and nothing throws', (_name, kind) => {
    const compiled = compileKind(kind);
    const context = { now: new Date(0), user: 'u', dryRun: false, subresource: '' };
    fc.assert(
      fc.property(structFor(kind.type, 0), (value) => {
        const { object } = compiled.decode({ ...value, metadata: { name: 'a', namespace: 'b' } }, 'Strict');
        compiled.applyDefaults(object);
        const once = structuredClone(object);
        compiled.applyDefaults(object);
        expect(object).toEqual(once);
        compiled.prepareForCreate(object, context);
        compiled.validateCreate(object, context);
        compiled.warnings(object);
        for (const column of kind.columns ?? []) column.cell(object as never, context.now);
        for (const field of Object.values(kind.selectableFields ?? {}))
          expect(typeof field(object as never)).toBe('string');
        const update: AnyObject = structuredClone(object);
        compiled.prepareForUpdate(update, object, context);
        compiled.validateUpdate(update, object, context);
      }),
      { numRuns: fuzzRuns(25) },
    );
  });
});
