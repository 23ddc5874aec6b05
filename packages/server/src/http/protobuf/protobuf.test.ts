import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromProtobuf, PROTOBUF, toProtobuf, watchEvents } from '../../testing/protobuf.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { parseProtobuf } from './body.ts';
import { decodeMessage } from './decode.ts';
import { messageNamed } from './message-table.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const headers = { accept: PROTOBUF, 'content-type': PROTOBUF };
const configMap = (name: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...more },
  data: { key: 'value' },
});
const send = async (method: string, path: string, object?: Parameters<typeof toProtobuf>[0]) => {
  const { raw } = await test.call(method, path, {
    headers,
    ...(object === undefined ? {} : { body: toProtobuf(object) }),
  });
  expect(raw.headers['content-type']).toBe(PROTOBUF);
  return { status: raw.status, body: fromProtobuf(raw.body) };
};

describe('protobuf', () => {
  it('creates, reads, updates and deletes', async () => {
    const created = await send('POST', CONFIG_MAPS, configMap('a'));
    expect([created.status, created.body]).toMatchObject([
      201,
      {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: { name: 'a', namespace: 'default' },
        data: { key: 'value' },
      },
    ]);
    const { resourceVersion } = created.body.metadata as unknown as { resourceVersion: string };
    const updated = await send(
      'PUT',
      `${CONFIG_MAPS}/a`,
      configMap('a', { resourceVersion, labels: { x: 'y' } }),
    );
    expect(updated.body.metadata).toMatchObject({ labels: { x: 'y' } });
    expect((await send('GET', `${CONFIG_MAPS}/a`)).body).toEqual(updated.body);
    const gone = await send('DELETE', `${CONFIG_MAPS}/a`, {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { resourceVersion: '1' },
    } as never);
    expect([gone.status, gone.body]).toMatchObject([409, { kind: 'Status', reason: 'Conflict', code: 409 }]);
    expect((await send('DELETE', `${CONFIG_MAPS}/a`)).body).toMatchObject({
      kind: 'Status',
      status: 'Success',
    });
    expect(await send('GET', `${CONFIG_MAPS}/a`)).toMatchObject({
      status: 404,
      body: {
        kind: 'Status',
        message: 'configmaps "a" not found',
        details: { name: 'a', kind: 'configmaps' },
      },
    });
  });

  it('takes and gives what is large', async () => {
    const data = {
      text: 'ä'.repeat(200_000),
      ...Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`k${n}`, `v${n}`])),
    };
    const object = { ...configMap('large'), data };
    expect((await send('POST', CONFIG_MAPS, object)).status).toBe(201);
    const read = await send('GET', `${CONFIG_MAPS}/large`);
    expect(read.body.data).toEqual(data);
    await send('DELETE', `${CONFIG_MAPS}/large`);
  });

  it('holds the largest whole number as one that every client can read', async () => {
    const path = '/api/v1/namespaces/default/pods';
    const body = (seconds: string): string =>
      `{"metadata":{"name":"long"},"spec":{"containers":[{"name":"c","image":"i"}],"tolerations":[{"effect":"NoExecute","key":"a","operator":"Exists","tolerationSeconds":${seconds}}]}}`;
    const created = await test.call('POST', path, { body: body('9223372036854775807') });
    expect(created.status).toBe(201);
    const [, text = '0'] = /"tolerationSeconds":(\d+)/.exec(created.raw.body.toString()) ?? [];
    expect(BigInt(text)).toBeGreaterThan(2n ** 63n - 2000n);
    expect(BigInt(text)).toBeLessThan(2n ** 63n);
    const binary = await send('GET', `${path}/long`);
    expect((await send('PUT', `${path}/long`, binary.body as never)).body.spec).toEqual(binary.body.spec);
    const beyond = await test.call('POST', path, { body: body('1e30') });
    expect([beyond.status, beyond.body.message]).toEqual([400, expect.stringContaining('number 1e+30')]);
    await send('DELETE', `${path}/long`);
  });

  it('lists, whole and by pages', async () => {
    for (const name of ['l1', 'l2', 'l3']) await send('POST', CONFIG_MAPS, configMap(name));
    const whole = await send('GET', CONFIG_MAPS);
    expect(whole.body).toMatchObject({
      kind: 'ConfigMapList',
      items: [{ metadata: { name: 'l1' } }, { metadata: { name: 'l2' } }, { metadata: { name: 'l3' } }],
    });
    const page = await send('GET', `${CONFIG_MAPS}?limit=2`);
    expect(page.body.metadata).toMatchObject({ remainingItemCount: 1, continue: expect.any(String) });
    const rest = await send('GET', `${CONFIG_MAPS}?continue=${String(page.body.metadata?.continue)}`);
    expect(rest.body.items).toHaveLength(1);
    const none = await send('GET', '/api/v1/namespaces/default/secrets');
    expect(none.body).toMatchObject({
      kind: 'SecretList',
      metadata: { resourceVersion: expect.any(String) },
    });
  });

  it('shows metadata of any kind, custom ones too, and refuses their whole', async () => {
    const partial = `${PROTOBUF};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1`;
    const path = '/apis/gitops.gantry.dev/v1alpha1/namespaces/default/repositories';
    const { raw } = await test.call('GET', path, { headers: { accept: partial } });
    expect(raw.headers['content-type']).toBe(PROTOBUF);
    expect(fromProtobuf(raw.body)).toMatchObject({
      apiVersion: 'meta.k8s.io/v1',
      kind: 'PartialObjectMetadataList',
    });
    const whole = await test.call('GET', path, { headers: { accept: PROTOBUF } });
    expect([whole.status, whole.raw.headers['content-type']]).toEqual([406, PROTOBUF]);
    const either = await test.call('GET', path, { headers: { accept: `${PROTOBUF},application/json` } });
    expect(either.body).toMatchObject({ kind: 'RepositoryList', items: [] });
  });

  it('answers for subresources and what is never stored', async () => {
    await test.call('POST', '/apis/apps/v1/namespaces/default/deployments', {
      body: {
        metadata: { name: 'd' },
        spec: {
          replicas: 0,
          selector: { matchLabels: { a: 'b' } },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
    });
    const scale = await send('GET', '/apis/apps/v1/namespaces/default/deployments/d/scale');
    expect(scale.body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name: 'd' },
    });
  });

  it('watches: frames of whole events, bookmarks and errors', async () => {
    const start = await send('GET', CONFIG_MAPS);
    const from = String(start.body.metadata?.resourceVersion);
    const watch = `${CONFIG_MAPS}?watch=1&resourceVersion=${from}`;
    const { raw } = await test.call('GET', watch, { headers: { accept: `${PROTOBUF};stream=watch` } });
    expect(raw.headers['content-type']).toBe(`${PROTOBUF};stream=watch`);
    const frames: Buffer[] = [];
    const arrived = Promise.withResolvers<void>();
    const stop = raw.stream?.({
      unsent: 0,
      begin: () => undefined,
      write: (bytes) => {
        frames.push(bytes);
        if (watchEvents(Buffer.concat(frames)).length >= 3) arrived.resolve();
      },
      end: () => arrived.reject(new Error('ended')),
    });
    await send('POST', CONFIG_MAPS, configMap('w'));
    await test.call('PATCH', `${CONFIG_MAPS}/w`, {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { data: { key: 'other' } },
    });
    await send('DELETE', `${CONFIG_MAPS}/w`);
    await arrived.promise;
    stop?.();
    expect(watchEvents(Buffer.concat(frames))).toMatchObject([
      { type: 'ADDED', object: { kind: 'ConfigMap', data: { key: 'value' } } },
      { type: 'MODIFIED', object: { data: { key: 'other' } } },
      { type: 'DELETED', object: { metadata: { name: 'w' }, data: { key: 'other' } } },
    ]);
  });

  it('streams the state of a WatchList and ends it with a bookmark', async () => {
    const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const { raw } = await test.call('GET', `${CONFIG_MAPS}?${query}`, { headers: { accept: PROTOBUF } });
    let bytes = Buffer.alloc(0);
    raw.stream?.({
      unsent: 0,
      begin: (parts) => {
        bytes = Buffer.concat([...parts]);
      },
      write: () => undefined,
      end: () => undefined,
    })?.();
    const events = watchEvents(bytes);
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'ADDED', 'ADDED', 'BOOKMARK']);
    expect(events.at(-1)?.object).toMatchObject({
      kind: 'ConfigMap',
      metadata: { annotations: { 'k8s.io/initial-events-end': 'true' }, resourceVersion: expect.any(String) },
    });
  });

  it('refuses what it can not read with a Status in the form that the client asks for', async () => {
    const cut = await test.call('POST', CONFIG_MAPS, { headers, body: Buffer.from('k8s\0\x0a\x40') });
    expect(cut.status).toBe(400);
    expect(fromProtobuf(cut.raw.body)).toMatchObject({ kind: 'Status', code: 400, reason: 'BadRequest' });
    const unknown = await test.call('POST', CONFIG_MAPS, {
      headers: { 'content-type': PROTOBUF },
      body: Buffer.from('not protobuf'),
    });
    expect(unknown.body).toMatchObject({
      kind: 'Status',
      message: expect.stringContaining('expected prefix [107 56 115 0]'),
    });
  });
});

describe('bodies of any bytes', () => {
  const valid = toProtobuf({
    ...configMap('x', { labels: { a: 'b' }, creationTimestamp: '2025-01-01T00:00:00Z' }),
    apiVersion: 'v1',
  });
  it('are refused or read, and nothing else', () => {
    const refused = (bytes: Buffer): void => {
      try {
        parseProtobuf(bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: 400 });
      }
    };
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.nat({ max: valid.length }),
        fc.nat(),
        (junk, at, mode) => {
          const bytes = Buffer.from(junk);
          if (mode % 3 === 0) refused(Buffer.concat([Buffer.from('k8s\0'), bytes]));
          else if (mode % 3 === 1) refused(Buffer.concat([valid.subarray(0, at), bytes, valid.subarray(at)]));
          else refused(Buffer.concat([valid.subarray(0, at), bytes]));
        },
      ),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('may hold numbers packed, up to where the list ends', () => {
    const type = messageNamed('core.v1.PodSecurityContext');
    const groups = (length: number) => Buffer.from([0x22, length, 0x05, 0x80, 0x01]);
    expect(decodeMessage(type, groups(3))).toEqual({ supplementalGroups: [5, 128] });
    // The second number begins within the list and ends behind it.
    expect(() => decodeMessage(type, groups(2))).toThrow('unexpected EOF');
    expect(() => decodeMessage(type, groups(4))).toThrow('unexpected EOF');
  });

  it('may not be nested without end', () => {
    const nested = (depth: number) => {
      let schema: object = { type: 'string' };
      for (let index = 0; index < depth; index++) schema = { not: schema };
      return toProtobuf({
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        spec: { versions: [{ name: 'v1', schema: { openAPIV3Schema: schema } }] },
      } as never);
    };
    expect(parseProtobuf(nested(50))).toMatchObject({ kind: 'CustomResourceDefinition' });
    expect(() => parseProtobuf(nested(500))).toThrow('message is nested too deeply');
  });
});
