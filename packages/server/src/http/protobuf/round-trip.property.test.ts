import type { KindDefinition } from '@gantry/api/kind';
import { builtinKinds } from '@gantry/api/kinds';
import type { Schema, StructType } from '@gantry/api/schema/dsl';
import { deepEqual } from '@gantry/machinery/json';
import { formatGroupVersion } from '@gantry/machinery/object';
import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMessage } from './decode.ts';
import { encodeMessage } from './encode.ts';
import { messageOfKind } from './message-table.ts';

const MAX_DEPTH = 30;

/** Random choices from one number, so that objects of thousands of fields are made in no time. */
class Dice {
  #state: number;
  /** How many more objects may be made. */
  budget = 300;
  depth = 0;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  pick<T>(...values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }
}

const text = (dice: Dice): string =>
  dice.pick('a', 'b c', 'äöü€', '😀 x', 'x'.repeat(60), 'ß'.repeat(100), `name-${dice.below(1000)}`);
const int32 = (dice: Dice): number => dice.pick(1, 127, 128, -1, 300, 70_000, 2 ** 31 - 1, -(2 ** 31));
const json = (dice: Dice): unknown =>
  dice.pick({ a: 1 }, { 'f:b': { '.': {} } }, { c: [null, true, 'x', 1.5] });

const scalars: Readonly<Record<string, (dice: Dice) => unknown>> = {
  boolean: () => true,
  int32,
  int64: (dice) =>
    dice.pick(int32(dice), 2 ** 32, -(2 ** 33), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
  double: (dice) => dice.pick(0.5, -1e300, 3),
  intOrString: (dice) => dice.pick<unknown>(int32(dice), text(dice), '25%'),
  quantity: (dice) => dice.pick('1', '100m', '2Gi'),
  time: (dice) =>
    dice.pick('2025-01-01T00:00:00Z', '1969-12-31T23:59:59Z', '9999-12-31T23:59:59Z', '0001-01-02T00:00:00Z'),
  microTime: (dice) =>
    dice.pick('2025-02-28T23:59:59.000001Z', '2024-02-29T12:00:00.999999Z', '1966-03-01T00:00:00.000000Z'),
  bytes: (dice) => dice.pick('aGVsbG8=', 'AA==', '/+8A'),
  raw: json,
  rawObject: json,
  fieldsV1: json,
  string: text,
};

function valueFor(schema: Schema, dice: Dice): unknown {
  const many = (): number => (dice.budget > 0 ? 1 + dice.below(2) : 1);
  switch (schema.type) {
    case 'ref':
      return objectFor(schema.target(), dice);
    case 'array':
      return Array.from({ length: many() }, () => valueFor(schema.items, dice));
    case 'map':
      return Object.fromEntries(
        Array.from({ length: many() }, () => [text(dice), valueFor(schema.values, dice)]),
      );
    default:
      return (scalars[schema.type] ?? text)(dice);
  }
}

/** JSON schemas hold what is one of two things; the schema language knows these as raw JSON. */
const EITHER: Readonly<Record<string, (dice: Dice) => unknown>> = {
  items: (dice) => dice.pick<unknown>({ type: 'string' }, [{ type: 'string' }, { type: 'integer' }]),
  additionalProperties: (dice) => dice.pick<unknown>(true, { type: 'string' }),
  additionalItems: (dice) => dice.pick<unknown>(true, { type: 'string' }),
  dependencies: (dice) => ({ a: dice.pick<unknown>(['b'], { type: 'string' }) }),
};

function objectFor(type: StructType, dice: Dice): Record<string, unknown> {
  const spent = --dice.budget <= 0 || dice.depth > MAX_DEPTH;
  dice.depth++;
  const typed = 'metadata' in type.fields;
  const object: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(type.fields)) {
    const deep = schema.type === 'ref' || schema.type === 'array' || schema.type === 'map';
    // The binary form knows types by their place only.
    if (typed && (name === 'kind' || name === 'apiVersion')) continue;
    if (spent ? deep : dice.below(2) === 0) continue;
    const either = type.name.endsWith('.JSONSchemaProps') ? EITHER[name] : undefined;
    object[name] = either === undefined ? valueFor(schema, dice) : either(dice);
  }
  dice.depth--;
  return object;
}

/** Without what is there in one form only: empty and zero values. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => essence(item) ?? {});
  if (typeof value === 'object' && value !== null) {
    const kept = Object.entries(value).flatMap(([key, inner]) => {
      const rest = essence(inner);
      return rest === undefined ? [] : [[key, rest] as const];
    });
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  return value === '' || value === '0' || value === 0 || value === false || value === null
    ? undefined
    : value;
}

const binaryKinds = builtinKinds.flatMap((kind): [string, KindDefinition][] => {
  const apiVersion = formatGroupVersion(kind.group, kind.version);
  return messageOfKind(apiVersion, kind.kind) === undefined ? [] : [[`${apiVersion} ${kind.kind}`, kind]];
});

describe('JSON to protobuf and back', () => {
  test.each(binaryKinds)('%s', (_name, { group, version, kind, type: schema }) => {
    const type = messageOfKind(formatGroupVersion(group, version), kind);
    if (type === undefined) throw new Error('no message');
    fc.assert(
      fc.property(fc.noShrink(fc.integer()), (seed) => {
        const object = objectFor(schema, new Dice(seed));
        const bytes = encodeMessage(type, object);
        const back = decodeMessage(type, bytes);
        if (!deepEqual(essence(back), essence(object))) expect(essence(back)).toEqual(essence(object));
        // What was read is what was meant: written again, it is the same.
        expect(encodeMessage(type, back).equals(bytes)).toBe(true);
      }),
      { numRuns: fuzzRuns(25) },
    );
  });
});
