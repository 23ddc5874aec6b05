import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Received,
  startHttpsServer,
  type TestHttpsServer,
  testAuthorityBundle,
} from '../outbound/testing/review-server.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { WatchClient } from '../testing/watch-client.ts';
import { DEFINITIONS_PATH, serve, WIDGETS, widget, widgetDefinition } from './testing/definitions.ts';

interface Versioned {
  apiVersion: string;
  metadata: Record<string, unknown>;
  spec?: { host?: string; port?: number; hostPort?: string };
}

let api: TestServer;
let hook: TestHttpsServer;
beforeEach(async () => {
  api = await startTestServer();
  hook = await startHttpsServer(convert);
});
afterEach(async () => {
  await api.close();
  await hook.close();
});

/** v1 has `hostPort`, v2 has `host` and `port`. */
function convertOne(object: Versioned, apiVersion: string): Versioned {
  const spec = object.spec ?? {};
  if (apiVersion.endsWith('/v1'))
    return { ...object, apiVersion, spec: { hostPort: `${spec.host ?? ''}:${spec.port ?? ''}` } };
  const [host = '', port = ''] = (spec.hostPort ?? '').split(':');
  return { ...object, apiVersion, spec: { host, port: Number(port) } };
}

function convert({ body }: Received): unknown {
  const { uid, desiredAPIVersion, objects } = body.request as unknown as {
    uid: string;
    desiredAPIVersion: string;
    objects: Versioned[];
  };
  return {
    kind: 'ConversionReview',
    apiVersion: 'apiextensions.k8s.io/v1',
    response: {
      uid,
      result: { status: 'Success' },
      convertedObjects: objects.map((object) => convertOne(object, desiredAPIVersion)),
    },
  };
}

const schemaOf = (fields: Record<string, { type: string }>) => ({
  openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: fields } } },
});
const V1 = schemaOf({ hostPort: { type: 'string' } });
const V2 = schemaOf({ host: { type: 'string' }, port: { type: 'integer' } });
const WIDGETS_V2 = WIDGETS.replace('/v1/', '/v2/');

function definition(conversion: object) {
  const made = widgetDefinition({});
  made.spec.versions = [
    { name: 'v1', served: true, storage: true, schema: V1 },
    { name: 'v2', served: true, storage: false, schema: V2 },
  ];
  made.spec.conversion = conversion as NonNullable<typeof made.spec.conversion>;
  return made;
}

const webhook = () => ({
  strategy: 'Webhook',
  webhook: {
    clientConfig: { url: `https://localhost:${hook.port}/convert`, caBundle: testAuthorityBundle },
    conversionReviewVersions: ['v1'],
  },
});
const v2 = (name: string): object => ({
  ...widget(name, { spec: { host: 'h', port: 80 } }),
  apiVersion: 'example.com/v2',
});

describe('conversion by name only', () => {
  test('prunes to what the other version knows', async () => {
    await serve(api, definition({ strategy: 'None' }));
    await api.call('POST', WIDGETS, { body: widget('a', { spec: { hostPort: 'h:1' } }) });
    const { body } = await api.call('GET', `${WIDGETS_V2}/a`);
    expect(body).toMatchObject({ apiVersion: 'example.com/v2', spec: {} });
    expect(body.spec).toEqual({});
    expect(hook.received).toEqual([]);
  });

  test('a new storage version is noted, old rows stay readable', async () => {
    await serve(api, definition({ strategy: 'None' }));
    await api.call('POST', WIDGETS, { body: widget('a', { spec: { hostPort: 'h:1' } }) });
    const patch = [
      { op: 'replace', path: '/spec/versions/0/storage', value: false },
      { op: 'replace', path: '/spec/versions/1/storage', value: true },
    ];
    const { body } = await api.call('PATCH', `${DEFINITIONS_PATH}/widgets.example.com`, {
      body: patch,
      headers: { 'content-type': 'application/json-patch+json' },
    });
    expect(body.status?.storedVersions).toEqual(['v1', 'v2']);
    expect((await api.call('GET', `${WIDGETS}/a`)).body.spec).toEqual({ hostPort: 'h:1' });
    const dropped = await api.call('PATCH', `${DEFINITIONS_PATH}/widgets.example.com`, {
      body: [{ op: 'remove', path: '/spec/versions/0' }],
      headers: { 'content-type': 'application/json-patch+json' },
    });
    expect(dropped.body.message).toContain(
      'status.storedVersions[0]: Invalid value: "v1": missing from spec.versions',
    );
  });
});

describe('conversion by a webhook', () => {
  test('selects by the fields of the version that is asked for', async () => {
    const made = definition(webhook());
    for (const [index, paths] of [['.spec.hostPort'], ['.spec.host', '.spec.port']].entries())
      Object.assign(made.spec.versions[index] ?? {}, {
        selectableFields: paths.map((jsonPath) => ({ jsonPath })),
      });
    await serve(api, made);
    const query = 'watch=1&resourceVersion=0&fieldSelector=';
    const ports = new WatchClient((await api.call('GET', `${WIDGETS_V2}?${query}spec.port=80`)).raw);
    const pairs = new WatchClient((await api.call('GET', `${WIDGETS}?${query}spec.hostPort=h:80`)).raw);
    await api.call('POST', WIDGETS_V2, { body: v2('a') });
    await api.call('POST', WIDGETS, { body: widget('b', { spec: { hostPort: 'h:81' } }) });
    const patch = (spec: object) =>
      api.call('PATCH', `${WIDGETS_V2}/b`, {
        body: { spec },
        headers: { 'content-type': 'application/merge-patch+json' },
      });
    await patch({ port: 80 });
    await patch({ host: 'other' });
    await patch({ port: 1 });
    await ports.until(4);
    await pairs.until(3);
    expect(ports.summary).toEqual(['ADDED a', 'ADDED b', 'MODIFIED b', 'DELETED b']);
    expect(pairs.summary).toEqual(['ADDED a', 'ADDED b', 'DELETED b']);
    expect(ports.events[3]?.object).toMatchObject({ apiVersion: 'example.com/v2', spec: { port: 80 } });
    const { body } = await api.call('GET', `${WIDGETS_V2}?fieldSelector=spec.host=h,spec.port=80`);
    expect(body.items).toMatchObject([{ metadata: { name: 'a' } }]);
    ports.stop();
    pairs.stop();
  });

  test('serves an ApplySet in a version that is not stored', async () => {
    await serve(api, definition(webhook()));
    const apply = async (port: number) => {
      const object = { ...v2('a'), spec: { host: 'h', port } };
      const { body } = await api.call('POST', '/apis/gitops.gantry.dev/v1alpha1/applysets', {
        body: {
          spec: {
            fieldManager: 'sync',
            apply: [{ ...object, metadata: { name: 'a', namespace: 'default' } }],
          },
        },
      });
      return body.status;
    };
    expect(await apply(1)).toMatchObject({ applied: true, results: [{ operation: 'create' }] });
    expect(await apply(2)).toMatchObject({
      applied: true,
      results: [
        { operation: 'update', before: { spec: { port: 1 } }, after: { spec: { host: 'h', port: 2 } } },
      ],
    });
    expect((await api.call('GET', `${WIDGETS}/a`)).body.spec).toEqual({ hostPort: 'h:2' });
  });

  test('writes, reads, lists and patches in both versions', async () => {
    await serve(api, definition(webhook()));
    const created = await api.call('POST', WIDGETS_V2, { body: v2('a') });
    expect([created.status, created.body]).toMatchObject([201, { spec: { host: 'h', port: 80 } }]);
    expect((await api.call('GET', `${WIDGETS}/a`)).body.spec).toEqual({ hostPort: 'h:80' });
    await api.call('POST', WIDGETS, { body: widget('b', { spec: { hostPort: 'x:1' } }) });
    const { body } = await api.call('GET', WIDGETS_V2);
    expect(body).toMatchObject({
      kind: 'WidgetList',
      apiVersion: 'example.com/v2',
      items: [{ spec: { host: 'h', port: 80 } }, { spec: { host: 'x', port: 1 } }],
    });
    const patched = await api.call('PATCH', `${WIDGETS_V2}/a`, {
      body: { spec: { port: 81 } },
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(patched.body.spec).toEqual({ host: 'h', port: 81 });
    expect((await api.call('GET', `${WIDGETS}/a`)).body.spec).toEqual({ hostPort: 'h:81' });
    const reviews = hook.received.length;
    await api.call('GET', WIDGETS_V2);
    expect(hook.received).toHaveLength(reviews);
    expect((await api.call('DELETE', `${WIDGETS_V2}/a`)).status).toBe(200);
  });

  test('a watch has the objects of its version, in order', async () => {
    await serve(api, definition(webhook()));
    await api.call('POST', WIDGETS, { body: widget('a', { spec: { hostPort: 'h:1' } }) });
    const watch = new WatchClient((await api.call('GET', `${WIDGETS_V2}?watch=true`)).raw);
    await api.call('POST', WIDGETS, { body: widget('b', { spec: { hostPort: 'h:2' } }) });
    await api.call('DELETE', `${WIDGETS}/a`);
    await watch.until(3);
    expect(watch.summary).toEqual(['ADDED a', 'ADDED b', 'DELETED a']);
    expect(watch.events.map(({ object }) => object.spec)).toEqual([
      { host: 'h', port: 1 },
      { host: 'h', port: 2 },
      { host: 'h', port: 1 },
    ]);
    watch.stop();
  });

  test('failures are told, and what needs no conversion is served', async () => {
    await serve(api, definition(webhook()));
    await api.call('POST', WIDGETS, { body: widget('a', { spec: { hostPort: 'h:1' } }) });
    hook.answer(({ body }) => ({
      kind: 'ConversionReview',
      apiVersion: 'apiextensions.k8s.io/v1',
      response: { uid: body.request?.uid, result: { status: 'Failure', message: 'no way' } },
    }));
    const { status, body } = await api.call('GET', WIDGETS_V2);
    expect([status, body.message]).toEqual([
      500,
      'conversion webhook for example.com/v1, Kind=Widget failed: no way',
    ]);
    expect((await api.call('GET', WIDGETS)).status).toBe(200);
    hook.answer((received) => {
      const answer = convert(received) as { response: { convertedObjects: Versioned[] } };
      for (const one of answer.response.convertedObjects) one.metadata = { ...one.metadata, name: 'other' };
      return answer;
    });
    expect((await api.call('GET', `${WIDGETS_V2}/a`)).body.message).toBe(
      'conversion webhook for example.com/v1, Kind=Widget returned invalid object: must have the same name: a != other',
    );
    hook.answer((received) => {
      const answer = convert(received) as { response: { convertedObjects: Versioned[] } };
      for (const one of answer.response.convertedObjects) one.apiVersion = 'example.com/v9';
      return answer;
    });
    await api.call('POST', WIDGETS, { body: widget('b', { spec: { hostPort: 'h:2' } }) });
    const version = 'invalid groupVersion (expected example.com/v2, received example.com/v9)';
    const messageOf = async (path: string) => (await api.call('GET', path)).body.message;
    expect(await messageOf(`${WIDGETS_V2}/a`)).toContain(`returned invalid object at index 0: ${version}`);
    expect(await messageOf(WIDGETS_V2)).toContain(`returned invalid converted object at index 0: ${version}`);
  });
});
