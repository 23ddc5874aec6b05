import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFINITIONS_PATH, WIDGETS, widget, widgetDefinition } from '../crd/testing/definitions.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const SETS = '/apis/gitops.gantry.dev/v1alpha1/applysets';
const definition = widgetDefinition({
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: { size: { type: 'integer', default: 3 }, color: { type: 'string' } },
      'x-kubernetes-validations': [{ rule: 'self.size < 10', message: 'too large' }],
    },
  },
});
const inDefault = (name: string, spec: object) => ({
  ...widget(name, { spec }),
  metadata: { name, namespace: 'default' },
});

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

const post = (spec: object) => test.call('POST', SETS, { body: { spec: { fieldManager: 'sync', ...spec } } });

it('plans objects of a kind that the same set defines: defaulted, validated, and nothing is stored', async () => {
  const { body } = await post({
    dryRun: true,
    apply: [
      inDefault('a', { color: 'red' }),
      inDefault('large', { size: 11 }),
      inDefault('odd', { size: 'x' }),
      inDefault('more', { sizes: 1 }),
      definition,
    ],
  });
  expect(body.status).toMatchObject({
    applied: false,
    results: [
      { operation: 'create', after: { spec: { size: 3, color: 'red' } } },
      { operation: 'error', error: { message: expect.stringContaining('too large') } },
      { operation: 'error', error: { message: expect.stringContaining('.spec.size: expected numeric') } },
      { operation: 'error', error: { message: expect.stringContaining('unknown field "spec.sizes"') } },
      { operation: 'create' },
    ],
  });
  expect((await test.call('GET', `${DEFINITIONS_PATH}/widgets.example.com`)).status).toBe(404);
});

it('stores the definition and its objects in one transaction, and answers when they are served', async () => {
  const { body } = await post({ apply: [inDefault('a', { color: 'red' }), definition] });
  expect(body.status).toMatchObject({
    applied: true,
    results: [{ operation: 'create' }, { operation: 'create' }],
  });
  const { body: stored, status } = await test.call('GET', `${WIDGETS}/a`);
  expect(status).toBe(200);
  expect(stored).toMatchObject({ spec: { size: 3, color: 'red' } });
  const again = await post({ apply: [inDefault('a', { color: 'red' }), definition] });
  expect(again.body.status).toMatchObject({ results: [{ operation: 'none' }, { operation: 'none' }] });
});

it('plans with the schema that the set brings, not with the one that is served', async () => {
  await post({ apply: [definition, inDefault('a', { size: 1 })] });
  const wider = structuredClone(definition);
  Object.assign(wider.spec.versions[0]?.schema?.openAPIV3Schema?.properties?.spec?.properties ?? {}, {
    weight: { type: 'integer' },
  });
  const change = { apply: [inDefault('a', { size: 1, weight: 5 }), wider] };
  const planned = await post({ dryRun: true, ...change });
  expect(planned.body.status).toMatchObject({
    results: [{ after: { spec: { weight: 5 } } }, { operation: 'update' }],
  });
  expect((await post({ dryRun: true, apply: [inDefault('a', { weight: 5 })] })).body.status).toMatchObject({
    results: [{ operation: 'error' }],
  });
  const applied = await post(change);
  expect(applied.body.status).toMatchObject({ applied: true });
  expect((await test.call('GET', `${WIDGETS}/a`)).body).toMatchObject({ spec: { size: 1, weight: 5 } });
});

it('does not know a kind whose names another definition holds', async () => {
  await post({ apply: [definition] });
  const rival = widgetDefinition(
    { type: 'object' },
    {},
    {
      names: { plural: 'gadgets', singular: 'gadget', kind: 'Widget' },
      versions: [
        { name: 'v2', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
      ],
    },
  );
  rival.metadata.name = 'gadgets.example.com';
  const { body } = await post({
    dryRun: true,
    apply: [rival, { ...inDefault('a', {}), apiVersion: 'example.com/v2' }],
  });
  expect(body.status).toMatchObject({
    results: [
      { operation: 'create' },
      { error: { message: 'no matches for kind "Widget" in version "example.com/v2"' } },
    ],
  });
});

it('does not wait for a definition that is not going to be served', async () => {
  await post({ apply: [definition] });
  const rival = widgetDefinition({ type: 'object' }, {}, { names: { plural: 'gadgets', kind: 'Widget' } });
  rival.metadata.name = 'gadgets.example.com';
  expect((await post({ apply: [rival] })).body.status).toMatchObject({ applied: true });
  expect((await test.call('GET', '/apis/example.com/v1/gadgets')).status).toBe(404);
});
