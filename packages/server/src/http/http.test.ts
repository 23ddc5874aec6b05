import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBody } from '../cache/encode-body.ts';
import { Entry } from '../cache/entry.ts';
import { startTestServer } from '../testing/test-server.ts';
import { parseRequest } from './path.ts';
import { parseProtobuf } from './protobuf/body.ts';

const parse = (method: string, url: string) => {
  const [path = '', query = ''] = url.split('?');
  return parseRequest(method, path, new URLSearchParams(query)).attributes;
};

describe('paths', () => {
  it.each([
    ['GET', '/api/v1/pods', { verb: 'list', resource: 'pods', namespace: '' }],
    ['GET', '/api/v1/pods?watch=1', { verb: 'watch', resource: 'pods' }],
    ['GET', '/api/v1/watch/namespaces/a/pods', { verb: 'watch', resource: 'pods', namespace: 'a' }],
    ['GET', '/api/v1/namespaces/a/pods/b', { verb: 'get', resource: 'pods', namespace: 'a', name: 'b' }],
    ['POST', '/api/v1/namespaces/a/pods/b/exec', { verb: 'create', subresource: 'exec' }],
    ['GET', '/api/v1/namespaces/a', { verb: 'get', resource: 'namespaces', namespace: 'a', name: 'a' }],
    [
      'PUT',
      '/api/v1/namespaces/a/finalize',
      { verb: 'update', resource: 'namespaces', subresource: 'finalize', name: 'a' },
    ],
    [
      'DELETE',
      '/apis/apps/v1/namespaces/a/deployments',
      { verb: 'deletecollection', group: 'apps', version: 'v1' },
    ],
    ['GET', '/api/v1/pods?fieldSelector=metadata.name%3Dx', { verb: 'list', name: 'x' }],
    ['GET', '/apis/apps/v1', { isResourceRequest: false, verb: 'get' }],
    ['POST', '/trpc/x', { isResourceRequest: false, verb: 'post' }],
  ])('%s %s', (method, url, expected) => {
    expect(parse(method, url)).toMatchObject(expected);
  });

  it('keeps what follows a subresource', () => {
    const { rest, attributes } = parseRequest(
      'GET',
      '/api/v1/namespaces/a/services/s:80/proxy/x/y',
      new URLSearchParams(),
    );
    expect([attributes.name, attributes.subresource, rest]).toEqual(['s:80', 'proxy', 'x/y']);
  });
});

describe('stored bodies', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 });
  it('get their revision in the right place, whatever they hold, and show at another one', () => {
    fc.assert(
      fc.property(
        text,
        fc.dictionary(text, text),
        fc.integer({ min: 1, max: 2 ** 40 }),
        (name, data, revision) => {
          const object = {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            data: { ...data, resourceVersion: '' },
            metadata: { labels: { resourceVersion: '' }, name, uid: 'u' },
          };
          const body = encodeBody(object);
          const entry = Entry.fromBody({ resource: 'configmaps', namespace: 'a', name }, 'u', revision, body);
          const expected = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
          expect(JSON.parse(entry.bytes.toString())).toEqual(expected);
          expect(entry.body).toBe(body);
          expect(entry.sameBody(body)).toBe(true);
          expect(entry.sameBody(encodeBody({ ...object, data: { ...data, resourceVersion: 'x' } }))).toBe(
            false,
          );
          expect(entry.at(revision * 10).copy().metadata.resourceVersion).toBe(String(revision * 10));
        },
      ),
    );
  });
});

describe('protobuf bodies', () => {
  const field = (number: number, bytes: Buffer | string): Buffer =>
    Buffer.concat([Buffer.from([(number << 3) | 2, Buffer.from(bytes).length]), Buffer.from(bytes)]);
  const envelope = (kind: string, raw: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from('k8s\0'),
      field(1, Buffer.concat([field(1, 'apps/v1'), field(2, kind)])),
      field(2, raw),
    ]);

  it('become the JSON that they stand for; zeros count only where the field is optional in itself', () => {
    const metadata = field(
      1,
      Buffer.concat([
        field(1, 'web'),
        field(2, ''),
        field(8, Buffer.alloc(0)),
        field(11, Buffer.concat([field(1, 'app'), field(2, 'web')])),
      ]),
    );
    const spec = field(2, Buffer.from([0x08, 0, 0x28, 0, 0x38, 1]));
    expect(parseProtobuf(envelope('Deployment', Buffer.concat([metadata, spec])))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', labels: { app: 'web' } },
      spec: { replicas: 0, paused: true },
    });
  });

  it('are refused when they are cut or of no known kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          parseProtobuf(envelope('Deployment', Buffer.from(bytes)));
        } catch (error) {
          expect(error).toMatchObject({ code: 400 });
        }
      }),
    );
    expect(() => parseProtobuf(envelope('Nope', Buffer.alloc(0)))).toThrow('no kind "Nope" is registered');
    expect(() => parseProtobuf(Buffer.from('{}'))).toThrow('expected prefix');
  });
});

describe('operations', () => {
  it('answer health, version, discovery with ETag, metrics and unknown paths', async () => {
    const test = await startTestServer();
    try {
      expect((await test.call('GET', '/livez/ping')).raw.body.toString()).toBe('ok');
      expect((await test.call('GET', '/readyz')).status).toBe(500);
      test.server.markReady();
      expect((await test.call('GET', '/readyz?verbose')).raw.body.toString()).toContain('[+]ping ok\n');
      expect((await test.call('GET', '/readyz/etcd')).status).toBe(200);
      for (const document of ['/version', '/api', '/apis/apps'])
        expect((await test.call('POST', document)).status).toBe(405);
      expect((await test.call('GET', '/')).body.paths).toEqual(
        expect.arrayContaining(['/api/v1', '/apis/apps', '/apis/apps/v1', '/version']),
      );
      expect((await test.call('GET', '/version')).body).toMatchObject({
        major: '1',
        minor: '36',
        gitVersion: 'v1.36.0+gantry.0.1.0',
      });
      const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
      const groups = await test.call('GET', '/apis', { headers: { accept } });
      expect(groups.body).toMatchObject({
        kind: 'APIGroupDiscoveryList',
        apiVersion: 'apidiscovery.k8s.io/v2',
      });
      const again = await test.call('GET', '/apis', {
        headers: { accept, 'if-none-match': String(groups.headers.etag) },
      });
      expect(again.status).toBe(304);
      const plain = await test.call('GET', '/apis', { headers: { accept: 'application/json' } });
      expect([plain.headers.etag, plain.headers['cache-control']]).toEqual([undefined, undefined]);
      expect((await test.call('GET', '/metrics')).raw.body.toString()).toContain('apiserver_request_total{');
      expect((await test.call('GET', '/apis/nope/v1/things')).body).toBe('404 page not found\n');
      const unknown = await test.call('GET', '/apis/apps/v1/things');
      expect(unknown.body).toMatchObject({
        code: 404,
        message: 'the server could not find the requested resource',
      });
      expect((await test.call('PUT', '/api/v1/namespaces/default/configmaps', { body: {} })).status).toBe(
        405,
      );
    } finally {
      await test.close();
    }
  });
});

describe('lists', () => {
  it('say once what their items are', async () => {
    const test = await startTestServer();
    const [path, empty] = ['/api/v1/namespaces/default/configmaps', '/api/v1/namespaces/none/configmaps'];
    for (const name of ['a', 'b']) await test.call('POST', path, { body: { metadata: { name } } });
    const { body } = await test.call('GET', path);
    const items = body.items as unknown as object[];
    expect(items.map((item) => Object.keys(item))).toEqual([['metadata'], ['metadata']]);
    expect(body).toMatchObject({ kind: 'ConfigMapList', items: [{ metadata: { name: 'a' } }, {}] });
    expect((await test.call('GET', empty)).body.items).toEqual([]);
    expect((await test.call('GET', `${path}/a`)).body).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' });
    await test.close();
  });
});

it('warns of what it refuses, too', async () => {
  const test = await startTestServer();
  const body = { metadata: { name: 'Bad_Name' }, nope: 1 };
  const answer = await test.call('POST', '/api/v1/namespaces/default/configmaps', { body });
  expect(answer.status).toBe(422);
  expect(answer.headers.warning).toEqual(['299 - "unknown field \\"nope\\""']);
  await test.close();
});

it('warns whoever uses a deprecated kind, whatever comes of it', async () => {
  const test = await startTestServer();
  const path = '/api/v1/namespaces/default/endpoints';
  const warning = ['299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"'];
  const made = await test.call('POST', path, { body: { metadata: { name: 'a' } } });
  expect([made.status, made.headers.warning]).toEqual([201, warning]);
  for (const [method, at, status] of [
    ['GET', path, 200],
    ['GET', `${path}/nobody`, 404],
    ['DELETE', `${path}/a`, 200],
  ] as const) {
    const answer = await test.call(method, at);
    expect([answer.status, answer.headers.warning]).toEqual([status, warning]);
  }
  expect((await test.call('GET', '/metrics')).raw.body.toString()).toContain(
    'apiserver_requested_deprecated_apis{group="",version="v1",resource="endpoints",subresource="",removed_release=""} 1\n',
  );
  await test.close();
});
