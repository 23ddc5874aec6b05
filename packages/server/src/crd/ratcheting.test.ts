import type { JsonSchema } from '@gantry/api/apiextensions/v1/definition';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Loose, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DEFINITIONS_PATH, serve, WIDGETS, widget, widgetDefinition } from './testing/definitions.ts';

let api: TestServer;
beforeEach(async () => {
  api = await startTestServer();
  await serve(api, widgetDefinition({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true }));
});
afterEach(() => api.close());

/** Wherever a text can be told apart from others. */
const everywhere = (text: JsonSchema): JsonSchema => {
  const struct: JsonSchema = { type: 'object', properties: { field: text, other: { type: 'string' } } };
  return {
    type: 'object',
    properties: {
      field: text,
      struct,
      list: {
        type: 'array',
        maxItems: 5,
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['key'],
        items: {
          ...struct,
          required: ['key'],
          properties: { ...struct.properties, key: { type: 'string' } },
        },
      },
      map: { type: 'object', maxProperties: 5, additionalProperties: struct },
    },
  };
};
/** In lists whose items can't be. */
const lists = (text: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: {
    atomicArray: { type: 'array', items: text },
    setArray: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
  },
});
const rule = (text: string): JsonSchema => ({
  type: 'string',
  maxLength: 9,
  'x-kubernetes-validations': [{ rule: text }],
});

const values = (field: string, more: object = {}): object => ({
  field,
  struct: { field, ...more },
  list: [
    { key: 'foo', field, ...more },
    { key: 'bar', field, ...more },
  ],
  map: { foo: { field, ...more }, bar: { field, ...more } },
});

const apply = (fields: object, labels: Record<string, string> = {}) =>
  api.call('PATCH', `${WIDGETS}/a?fieldManager=m`, {
    body: { ...widget('a'), metadata: { name: 'a', labels }, ...fields },
    headers: { 'content-type': 'application/apply-patch+yaml' },
  });

/** Stores the fields, makes the schema stricter, and waits until an object is refused by it. */
async function tighten(fields: object, schema: JsonSchema): Promise<void> {
  expect((await apply(fields)).status).toBe(201);
  const sentinel: JsonSchema = { type: 'string', enum: ['sentinel'] };
  const openAPIV3Schema = { ...schema, properties: { ...schema.properties, sentinel } };
  const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }];
  const changed = await api.call('PATCH', `${DEFINITIONS_PATH}/widgets.example.com`, {
    body: { spec: { versions } },
    headers: { 'content-type': 'application/merge-patch+json' },
  });
  expect(changed.status).toBe(200);
  for (;;) {
    const body = { ...widget('s'), metadata: { name: 's', labels: { '#inv/($%)': '>' } }, sentinel: 'x' };
    const { body: refused } = await api.call('POST', WIDGETS, { body });
    if (String(refused.message).includes('"sentinel"')) return;
    await new Promise((next) => setImmediate(next));
  }
}

const pathsOf = (body: Loose): string[] =>
  ((body.details?.causes ?? []) as unknown as { field: string }[]).map(({ field }) => field).sort();

test('unchanged values that can be told apart may stay as a schema or rule forbids', async () => {
  await tighten(values('foo'), everywhere({ type: 'string', enum: ['other'] }));
  expect((await apply(values('foo'), { foo: 'bar' })).status).toBe(200);
  expect((await apply(values('foo', { other: 'new' }))).status).toBe(200);
});

test('and so with rules', async () => {
  await tighten(values('notfoo'), everywhere(rule('self == "foo"')));
  expect((await apply(values('notfoo', { other: 'new' }))).status).toBe(200);
});

test('changed values are refused where they are', async () => {
  await tighten(values('foo'), everywhere({ type: 'string', enum: ['foo'] }));
  const { status, body } = await apply(values('notfoo'));
  expect([status, pathsOf(body)]).toEqual([
    422,
    ['field', 'list[0].field', 'list[1].field', 'map.bar.field', 'map.foo.field', 'struct.field'],
  ]);
});

test('changed values are refused by rules where they are', async () => {
  await tighten(values('foo'), everywhere(rule('self == "foo"')));
  expect(pathsOf((await apply(values('notfoo'))).body)).toEqual([
    'field',
    'list[0].field',
    'list[1].field',
    'map[bar].field',
    'map[foo].field',
    'struct.field',
  ]);
});

test.each([
  ['an enum', { type: 'string', enum: ['x'] } as JsonSchema],
  ['a rule', rule('self != "foo"')],
])('items that can not be told apart are held to %s', async (_name, text) => {
  const fields = { atomicArray: ['foo', 'bar'], setArray: ['foo', 'bar'] };
  await tighten(fields, lists(text));
  const more = { atomicArray: ['foo', 'bar', 'x'], setArray: ['foo', 'bar', 'x'] };
  const { status, body } = await apply(more, { foo: 'bar' });
  expect(status).toBe(422);
  expect(body.message).toMatch(/atomicArray\[0\].*setArray\[0\]/);
});

test('rules about a change hold for unchanged values', async () => {
  await tighten(values('foo'), everywhere(rule('self != oldSelf')));
  expect(pathsOf((await apply(values('foo'), { foo: 'bar' })).body)).toEqual([
    'field',
    'list[0].field',
    'list[1].field',
    'map[bar].field',
    'map[foo].field',
    'struct.field',
  ]);
});

test('rules with an optional old value see none for what is new', async () => {
  const optional: JsonSchema = {
    type: 'string',
    maxLength: 9,
    'x-kubernetes-validations': [
      { rule: '!oldSelf.hasValue() || self != oldSelf.value()', optionalOldSelf: true },
    ],
  };
  await tighten({ field: 'foo', list: [{ key: 'foo', field: 'foo' }] }, everywhere(optional));
  const list = [
    { key: 'foo', field: 'foo' },
    { key: 'bar', field: 'foo' },
  ];
  const { body } = await apply({ field: 'foo', list, map: { foo: { field: 'foo' } } });
  expect(pathsOf(body)).toEqual(['field', 'list[0].field']);
  list[0] = { key: 'foo', field: 'new' };
  expect((await apply({ field: 'new', list, map: { foo: { field: 'foo' } } })).status).toBe(200);
});
