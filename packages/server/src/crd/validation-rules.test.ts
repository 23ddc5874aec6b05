import type { JsonSchema } from '@gantry/api/apiextensions/v1/definition';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { DEFINITIONS_PATH, serve, WIDGETS, widget, widgetDefinition } from './testing/definitions.ts';

let api: TestServer;
beforeEach(async () => {
  api = await startTestServer();
});
afterEach(() => api.close());

const withSpec = (properties: Record<string, JsonSchema>, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties: { spec: { type: 'object', properties, ...more } },
});
const rule = (text: string, more: object = {}) => ({
  'x-kubernetes-validations': [{ rule: text, ...more }],
});
const create = (name: string, spec: object) => api.call('POST', WIDGETS, { body: widget(name, { spec }) });
const patch = (name: string, spec: object) =>
  api.call('PATCH', `${WIDGETS}/${name}`, {
    body: { spec },
    headers: { 'content-type': 'application/merge-patch+json' },
  });
const refusal = async (schema: JsonSchema) =>
  (await api.call('POST', DEFINITIONS_PATH, { body: widgetDefinition(schema) })).body.message;

describe('a rule of a definition', () => {
  test('must compile against the schema', async () => {
    expect(await refusal(withSpec({ x: { type: 'integer' } }, rule('self.z == 100')))).toMatch(
      /compilation failed: ERROR: <input>:1:5: undefined field 'z'\n \| self\.z == 100\n \| \.{4}\^/,
    );
    expect(await refusal(withSpec({}, rule('self = 42')))).toMatch(
      /Syntax error: token recognition error at: '=/,
    );
    expect(await refusal(withSpec({ x: { type: 'integer', ...rule('self') } }))).toMatch(
      /spec\.validation\.openAPIV3Schema\.properties\[spec\]\.properties\[x\]\.x-kubernetes-validations\[0\]\.rule: Invalid value: .*cel expression must evaluate to a bool/,
    );
  });

  test('may not cost more than the budget at worst', async () => {
    const all = rule("self.all(s, s == 'string constant')");
    const inner: JsonSchema = { type: 'array', items: { type: 'string' }, ...all };
    expect(await refusal(withSpec({ x: { type: 'array', items: inner } }))).toMatch(
      /Forbidden: estimated rule cost exceeds budget by factor of .* \(try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared\)/,
    );
  });

  test('may not look at an old value where objects can not be told apart', async () => {
    const items: JsonSchema = { type: 'integer', ...rule('self >= oldSelf') };
    expect(await refusal(withSpec({ l: { type: 'array', maxItems: 3, items } }))).toMatch(
      /oldSelf cannot be used on the uncorrelatable portion of the schema within spec\.validation\.openAPIV3Schema\.properties\[spec\]\.properties\[l\]/,
    );
  });
});

describe('an object', () => {
  test('is refused in the words, with the reason and at the path that the rule names', async () => {
    const forbidden = { message: 'bad name', reason: 'FieldValueForbidden', fieldPath: '.spec.x' };
    await serve(
      api,
      widgetDefinition({
        ...withSpec({ x: { type: 'integer' }, 'in-port': { type: 'string' } }),
        'x-kubernetes-validations': [
          { rule: "self.metadata.name.startsWith('ok')", ...forbidden },
          {
            rule: '!has(self.spec.x) || self.spec.x < 5',
            messageExpression: "self.spec.x > 7 ? 'far too big' : 'too big'",
          },
          { rule: "!has(self.spec.in__dash__port) || self.spec.in__dash__port != 'a'" },
        ],
      }),
    );
    const { status, body } = await create('nope', { x: 9, 'in-port': 'a' });
    expect(status).toBe(422);
    expect(body.message).toBe(
      'Widget.example.com "nope" is invalid: [spec.x: Forbidden: bad name, <nil>: Invalid value: far too big, <nil>: Invalid value: failed rule: !has(self.spec.in__dash__port) || self.spec.in__dash__port != \'a\']',
    );
    expect((await create('ok', { x: 4, 'in-port': 'b' })).status).toBe(201);
  });

  test('changes as transition rules allow', async () => {
    const grows = rule('self > oldSelf');
    await serve(
      api,
      widgetDefinition(withSpec({ num: { type: 'integer', ...grows }, other: { type: 'integer' } })),
    );
    expect((await create('a', { num: 10 })).status).toBe(201);
    expect((await patch('a', { num: 9 })).body.message).toBe(
      'Widget.example.com "a" is invalid: spec.num: Invalid value: 9: failed rule: self > oldSelf',
    );
    expect((await patch('a', { num: 11 })).status).toBe(200);
  });

  test('may keep a value that a later rule forbids', async () => {
    const definition = widgetDefinition(withSpec({ x: { type: 'integer' }, y: { type: 'integer' } }));
    await serve(api, definition);
    await create('a', { x: 1, y: 1 });
    const stricter = withSpec({
      x: { type: 'integer', minimum: 5, ...rule('self % 2 == 0') },
      y: { type: 'integer' },
    });
    const version = { ...definition.spec.versions[0], schema: { openAPIV3Schema: stricter } };
    const changed = await api.call('PATCH', `${DEFINITIONS_PATH}/widgets.example.com`, {
      body: { spec: { versions: [version] } },
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(changed.status).toBe(200);
    while ((await create('new', { x: 1 })).status !== 422) await new Promise((next) => setImmediate(next));
    expect((await patch('a', { y: 2 })).status).toBe(200);
    expect((await patch('a', { x: 3 })).body.message).toMatch(
      /spec\.x in body should be greater than or equal to 5/,
    );
  });

  test('costs no more than the budget of a rule', async () => {
    const spec = withSpec(
      { large: { type: 'array', maxItems: 725, items: { type: 'integer' } } },
      rule('self.large.all(x, self.large.all(y, y == x))'),
    );
    await serve(api, widgetDefinition(spec));
    expect((await create('a', { large: [2, 2] })).status).toBe(201);
    expect((await create('b', { large: Array(725).fill(20) })).body.message).toMatch(
      /call cost exceeds limit|no further validation rules will be run due to call cost exceeds limit for rule/,
    );
  });
});
