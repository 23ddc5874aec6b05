import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { DEFINITIONS_PATH, serve, WIDGETS, widget, widgetDefinition } from './testing/definitions.ts';

let api: TestServer;
beforeEach(async () => {
  api = await startTestServer();
});
afterEach(() => api.close());

const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        size: { type: 'integer', default: 3, minimum: 1 },
        color: { type: 'string', enum: ['red', 'green'] },
        port: { 'x-kubernetes-int-or-string': true },
        note: { type: 'string', nullable: true },
      },
    },
    status: { type: 'object', properties: { ready: { type: 'boolean' } } },
  },
} as const;

describe('a definition', () => {
  test('is established and served at once', async () => {
    const definition = await serve(api, widgetDefinition(schema));
    expect(definition.status?.acceptedNames).toMatchObject({ plural: 'widgets', listKind: 'WidgetList' });
    expect(definition.status?.storedVersions).toEqual(['v1']);
    const created = await api.call('POST', WIDGETS, {
      body: widget('a', { spec: { color: 'red', gone: 1 } }),
    });
    expect([created.status, created.body]).toMatchObject([
      201,
      { spec: { size: 3, color: 'red' }, metadata: { generation: 1, namespace: 'default' } },
    ]);
    expect(created.body.spec).not.toHaveProperty('gone');
    expect(created.headers.warning).toEqual(['299 - "unknown field \\"spec.gone\\""']);
    const { body } = await api.call('GET', '/apis/example.com/v1/widgets');
    expect(body).toMatchObject({ kind: 'WidgetList', items: [{ metadata: { name: 'a' } }] });
  });

  test('shows in discovery and OpenAPI', async () => {
    await serve(api, widgetDefinition(schema, { subresources: { status: {} } }));
    const groups = await api.call('GET', '/apis');
    expect(JSON.stringify(groups.body)).toContain('"example.com"');
    const lines = await api.call('GET', '/apis/example.com/v1');
    expect(lines.body.resources).toMatchObject([
      { name: 'widgets', shortNames: ['wd'], kind: 'Widget', singularName: 'widget' },
      { name: 'widgets/status', verbs: ['get', 'patch', 'update'] },
    ]);
    const index = await api.call('GET', '/openapi/v3');
    expect(index.body.paths).toHaveProperty(['apis/example.com/v1']);
    const document = await api.call('GET', '/openapi/v3/apis/example.com/v1');
    expect(document.body.components?.schemas).toHaveProperty(['com.example.v1.Widget']);
    const swagger = await api.call('GET', '/openapi/v2');
    expect(swagger.body.definitions).toHaveProperty(['com.example.v1.WidgetList']);
    expect(swagger.body.paths).toHaveProperty(['/apis/example.com/v1/namespaces/{namespace}/widgets/{name}']);
  });

  test('is gone with all its objects', async () => {
    await serve(api, widgetDefinition(schema));
    await api.call('POST', WIDGETS, { body: widget('a') });
    const deleted = await api.call('DELETE', `${DEFINITIONS_PATH}/widgets.example.com`);
    expect(deleted.body.metadata?.finalizers).toEqual(['customresourcecleanup.apiextensions.k8s.io']);
    for (;;) {
      const { status } = await api.call('GET', `${DEFINITIONS_PATH}/widgets.example.com`);
      if (status === 404) break;
    }
    expect((await api.call('GET', WIDGETS)).status).toBe(404);
    expect(api.server.cache.resource('widgets.example.com').size).toBe(0);
    expect((await api.call('GET', '/apis/example.com')).status).toBe(404);
  });
});

describe('an object', () => {
  test('is refused with the original’s words', async () => {
    await serve(api, widgetDefinition(schema));
    const spec = { size: 'x', color: 'blue', port: {} };
    const { status, body } = await api.call('POST', WIDGETS, { body: widget('a', { spec }) });
    expect(status).toBe(422);
    expect(body.message).toBe(
      'Widget.example.com "a" is invalid: [spec.size: Invalid value: "string": spec.size in body must be of type integer: "string", spec.color: Unsupported value: "blue": supported values: "red", "green", spec.port: Invalid value: "object": spec.port in body must be of type integer,string: "object"]',
    );
  });

  test('with owners of which nothing is said is invalid, not a fault of the server', async () => {
    await serve(api, widgetDefinition(schema));
    const body = widget('a');
    const { status, body: answer } = await api.call('POST', WIDGETS, {
      body: { ...body, metadata: { name: 'a', ownerReferences: [{}] } },
    });
    expect(status).toBe(422);
    expect(answer.message).toContain(
      'metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty, metadata.ownerReferences.kind: Invalid value: "": must not be empty',
    );
  });

  test('that is applied with a null where none is allowed is refused', async () => {
    await serve(api, widgetDefinition(schema));
    const apply = (spec: object) =>
      api.call('PATCH', `${WIDGETS}/a?fieldManager=m`, {
        body: widget('a', { spec }),
        headers: { 'content-type': 'application/apply-patch+yaml' },
      });
    const { status, body } = await apply({ color: null });
    expect(status).toBe(422);
    expect(body.message).toContain('spec.color in body must be of type string: "null"');
    const applied = (await apply({ size: null, note: null })).body;
    expect(applied.spec).toEqual({ size: 3, note: null });
    expect(applied.metadata?.managedFields).toMatchObject([
      { fieldsV1: { 'f:spec': { 'f:note': {}, 'f:size': {} } } },
    ]);
    const huge = await apply({ size: 1e30 });
    expect(huge.body.message).toContain('spec.size in body must be of type integer: "number"');
  });

  test('has no subresource that its definition does not name', async () => {
    await serve(api, widgetDefinition(schema));
    await api.call('POST', WIDGETS, { body: widget('a') });
    const { status, body } = await api.call('GET', `${WIDGETS}/a/status`);
    expect([status, body.message]).toEqual([404, 'widgets.example.com "a" not found']);
  });

  test('must be of the kind and version of the path', async () => {
    await serve(api, widgetDefinition(schema));
    const post = async (more: object) =>
      (await api.call('POST', WIDGETS, { body: { ...widget('a'), ...more } })).body;
    expect(await post({ kind: 'Nope' })).toMatchObject({
      code: 422,
      message: 'Nope.example.com "a" is invalid: kind: Invalid value: "Nope": must be Widget',
    });
    expect(await post({ kind: undefined })).toMatchObject({
      code: 400,
      message: `the object provided is unrecognized (must be of type Widget): Object 'Kind' is missing in '{"apiVersion":"example.com/v1","metadata":{"name":"a"}}' ({"apiVersion":"example.com/v1" ...)`,
    });
    expect(await post({ apiVersion: 'example.com/v9' })).toMatchObject({
      code: 400,
      message:
        'the API version in the data (example.com/v9) does not match the expected API version (example.com/v1)',
    });
  });
});
