import type { JsonSchema } from '@gantry/api/apiextensions/v1/definition';
import { createMemoryStore } from '@gantry/store/memory-store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Loose, startTestServer, type TestServer } from '../testing/test-server.ts';
import { WatchClient } from '../testing/watch-client.ts';
import {
  DEFINITIONS_PATH,
  serve,
  untilTrue,
  WIDGETS,
  widget,
  widgetDefinition,
} from './testing/definitions.ts';

let api: TestServer;
beforeEach(async () => {
  api = await startTestServer();
});
afterEach(() => api.close());

const MERGE = { 'content-type': 'application/merge-patch+json' };
const APPLY = { 'content-type': 'application/apply-patch+yaml' };
const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
const turn = () => new Promise((next) => setImmediate(next));

const schema: JsonSchema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        replicas: { type: 'integer' },
        color: { type: 'string' },
        ports: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['port'],
          items: {
            type: 'object',
            required: ['port'],
            properties: { port: { type: 'integer' }, name: { type: 'string' } },
          },
        },
      },
    },
    status: {
      type: 'object',
      properties: { replicas: { type: 'integer' }, selector: { type: 'string' }, since: { type: 'string' } },
    },
  },
};
const full = () =>
  widgetDefinition(schema, {
    subresources: {
      status: {},
      scale: {
        specReplicasPath: '.spec.replicas',
        statusReplicasPath: '.status.replicas',
        labelSelectorPath: '.status.selector',
      },
    },
    selectableFields: [{ jsonPath: '.spec.color' }],
    additionalPrinterColumns: [
      { name: 'Color', type: 'string', jsonPath: '.spec.color', description: 'its color' },
      { name: 'Ports', type: 'string', jsonPath: '.spec.ports[*].port', priority: 1 },
      { name: 'Replicas', type: 'integer', jsonPath: '.spec.replicas' },
    ],
  });
const definitionPath = `${DEFINITIONS_PATH}/widgets.example.com`;

describe('subresources', () => {
  test('status and spec are written apart, and only a new spec is a new generation', async () => {
    await serve(api, full());
    const made = await api.call('POST', WIDGETS, {
      body: widget('a', { spec: { replicas: 1 }, status: { replicas: 9 } }),
    });
    expect(made.body).not.toHaveProperty('status');
    const status = await api.call('PATCH', `${WIDGETS}/a/status`, {
      body: { spec: { replicas: 5 }, status: { replicas: 2, selector: 'a=b' } },
      headers: MERGE,
    });
    expect(status.body).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 1 },
      status: { replicas: 2 },
    });
    const spec = await api.call('PATCH', `${WIDGETS}/a`, { body: { spec: { replicas: 3 } }, headers: MERGE });
    expect(spec.body).toMatchObject({ metadata: { generation: 2 }, status: { replicas: 2 } });
    const labels = { metadata: { labels: { a: 'b' } } };
    const labelled = await api.call('PATCH', `${WIDGETS}/a`, { body: labels, headers: MERGE });
    expect(labelled.body).toMatchObject({ metadata: { generation: 2 } });
  });

  test('scale reads and writes the fields it is told', async () => {
    await serve(api, full());
    await api.call('POST', WIDGETS, { body: widget('a', { spec: { replicas: 1 } }) });
    await api.call('PATCH', `${WIDGETS}/a/status`, {
      body: { status: { replicas: 2, selector: 'a=b' } },
      headers: MERGE,
    });
    const scale = await api.call('GET', `${WIDGETS}/a/scale`);
    expect(scale.body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name: 'a', namespace: 'default' },
      spec: { replicas: 1 },
      status: { replicas: 2, selector: 'a=b' },
    });
    const body = { ...scale.body, spec: { replicas: 7 } };
    expect((await api.call('PUT', `${WIDGETS}/a/scale`, { body })).body.spec).toEqual({ replicas: 7 });
    expect((await api.call('GET', `${WIDGETS}/a`)).body.spec).toEqual({ replicas: 7 });
  });

  test('are not there when the version has none', async () => {
    await serve(api, widgetDefinition(schema));
    await api.call('POST', WIDGETS, { body: widget('a', { status: { replicas: 4 } }) });
    expect((await api.call('GET', `${WIDGETS}/a/status`)).status).toBe(404);
    expect((await api.call('GET', `${WIDGETS}/a/scale`)).status).toBe(404);
    expect((await api.call('GET', `${WIDGETS}/a`)).body.status).toEqual({ replicas: 4 });
  });
});

describe('objects', () => {
  test('print the columns of the definition', async () => {
    await serve(api, full());
    await api.call('POST', WIDGETS, {
      body: widget('a', { spec: { color: 'red', ports: [{ port: 1 }, { port: 2 }] } }),
    });
    const { body } = await api.call('GET', WIDGETS, { headers: TABLE });
    expect(body.columnDefinitions).toMatchObject([
      { name: 'Name', format: 'name' },
      { name: 'Color', type: 'string', description: 'its color', priority: 0 },
      { name: 'Ports', priority: 1 },
      { name: 'Replicas', type: 'integer' },
    ]);
    expect(body.rows).toMatchObject([{ cells: ['a', 'red', '1', null] }]);
    await serve(api, other('gadgets', 'Gadget'));
    const plain = await api.call('GET', '/apis/example.com/v1/gadgets', { headers: TABLE });
    expect(plain.body.columnDefinitions).toMatchObject([{ name: 'Name' }, { name: 'Age', type: 'date' }]);
  });

  test('are selected by the fields of the definition', async () => {
    await serve(api, full());
    for (const [name, color] of Object.entries({ a: 'red', b: 'blue', c: 'red' }))
      await api.call('POST', WIDGETS, { body: widget(name, { spec: { color } }) });
    const red = await api.call('GET', `${WIDGETS}?fieldSelector=spec.color=red`);
    expect(names(red.body)).toEqual(['a', 'c']);
    const unknown = await api.call('GET', `${WIDGETS}?fieldSelector=spec.replicas=1`);
    expect([unknown.status, unknown.body.message]).toEqual([400, 'field label not supported: spec.replicas']);
  });

  test('are applied by the schema, and take no strategic merge patch', async () => {
    await serve(api, full());
    const apply = (manager: string, ports: object[]) =>
      api.call('PATCH', `${WIDGETS}/a?fieldManager=${manager}`, {
        body: widget('a', { spec: { ports } }),
        headers: APPLY,
      });
    expect((await apply('one', [{ port: 1, name: 'x' }])).status).toBe(201);
    const both = await apply('two', [{ port: 2 }]);
    expect(both.body.spec).toEqual({ ports: [{ port: 1, name: 'x' }, { port: 2 }] });
    expect((await apply('two', [{ port: 1, name: 'y' }])).body.message).toBe(
      'Apply failed with 1 conflict: conflict with "one": .spec.ports[port=1].name',
    );
    const strategic = await api.call('PATCH', `${WIDGETS}/a`, {
      body: {},
      headers: { 'content-type': 'application/strategic-merge-patch+json' },
    });
    expect(strategic.status).toBe(415);
  });

  test('of a kind being deleted are made no more, and hold its definition while they have finalizers', async () => {
    await serve(api, full());
    await api.call('POST', WIDGETS, {
      body: widget('a', { metadata: { name: 'a', finalizers: ['example.com/hold'] } }),
    });
    await api.call('DELETE', definitionPath);
    await untilTrue(api, 'widgets.example.com', 'Terminating');
    for (;;) {
      const late = await api.call('POST', WIDGETS, { body: widget('late') });
      if (late.status === 403) {
        expect(late.body.message).toBe(
          'widgets.example.com "late" is forbidden: create not allowed while custom resource definition is terminating',
        );
        break;
      }
      await turn();
    }
    await api.call('PATCH', `${WIDGETS}/a`, { body: { metadata: { finalizers: null } }, headers: MERGE });
    while ((await api.call('GET', definitionPath)).status !== 404) await turn();
  });
});

describe('names', () => {
  test('that another definition of the group has are not accepted until it lets go of them', async () => {
    await serve(api, full());
    await api.call('POST', DEFINITIONS_PATH, { body: other('gadgets', 'Widget') });
    const refused = await untilConditions('gadgets.example.com');
    expect(refused).toMatchObject({
      NamesAccepted: {
        status: 'False',
        reason: 'ListKindConflict',
        message: '"WidgetList" is already in use',
      },
      Established: { status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' },
    });
    expect((await api.call('GET', '/apis/example.com/v1/gadgets')).status).toBe(404);
    await api.call('DELETE', definitionPath);
    await untilTrue(api, 'gadgets.example.com');
    expect((await api.call('GET', '/apis/example.com/v1/gadgets')).status).toBe(200);
  });
});

describe('a change of a definition', () => {
  test('ends the watches of its objects, and completes what is stored on reading', async () => {
    await serve(api, full());
    await api.call('POST', WIDGETS, { body: widget('a', { spec: { color: 'red', replicas: 1 } }) });
    const watch = new WatchClient((await api.call('GET', `${WIDGETS}?watch=1&resourceVersion=0`)).raw);
    await watch.until(1);
    await api.call('PATCH', definitionPath, {
      body: { spec: { versions: [{ ...full().spec.versions[0], schema: { openAPIV3Schema: smaller } }] } },
      headers: MERGE,
    });
    while (!watch.ended) await turn();
    const { body } = await api.call('GET', `${WIDGETS}/a`);
    expect(body.spec).toEqual({ color: 'red', size: 3 });
  });

  test('reaches every server', async () => {
    const store = createMemoryStore({ busyResources: new Set() });
    const [one, two] = [await startTestServer({}, store), await startTestServer({}, store)];
    await serve(one, full());
    const until = async (status: number) => {
      while ((await two.call('GET', WIDGETS)).status !== status) await turn();
    };
    await until(200);
    await one.call('POST', WIDGETS, { body: widget('a') });
    while ((await two.call('GET', `${WIDGETS}/a`)).status !== 200) await turn();
    expect(JSON.stringify((await two.call('GET', '/apis')).body)).toContain('example.com');
    await two.call('DELETE', definitionPath);
    await until(404);
    while ((await one.call('GET', WIDGETS)).status !== 404) await turn();
    two.server.close();
    await one.close();
  });

  test('a server that starts finds what is defined', async () => {
    const store = createMemoryStore({ busyResources: new Set() });
    const one = await startTestServer({}, store);
    await serve(one, full());
    await one.call('POST', WIDGETS, { body: widget('a') });
    one.server.close();
    const two = await startTestServer({}, store);
    expect((await two.call('GET', `${WIDGETS}/a`)).status).toBe(200);
    await two.close();
  });
});

const smaller: JsonSchema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: { color: { type: 'string' }, size: { type: 'integer', default: 3 } },
    },
    status: { type: 'object', properties: { replicas: { type: 'integer' }, selector: { type: 'string' } } },
  },
};

function other(plural: string, kind: string) {
  const definition = widgetDefinition(
    { type: 'object' },
    {},
    { names: { plural, singular: plural.slice(0, -1), kind } },
  );
  return { ...definition, metadata: { name: `${plural}.example.com` } };
}

const names = (list: Loose): unknown[] =>
  (list.items as unknown as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);

/** The conditions of a definition by type, once it has some. */
async function untilConditions(name: string): Promise<Record<string, object>> {
  for (;;) {
    const { body } = await api.call('GET', `${DEFINITIONS_PATH}/${name}`);
    const conditions = (body.status?.conditions ?? []) as unknown as { type: string }[];
    if (conditions.some(({ type }) => type === 'Established'))
      return Object.fromEntries(conditions.map((one) => [one.type, one]));
    await turn();
  }
}
