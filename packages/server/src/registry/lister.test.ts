import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    await test.call('POST', MAPS, {
      body: { metadata: { name, labels: { even: String('bd'.includes(name)) } } },
    });
});
afterEach(async () => {
  vi.useRealTimers();
  await test.close();
});

const names = async (path: string): Promise<unknown[]> => {
  const { body } = await test.call('GET', path);
  return Object.values(body.items ?? {}).map((item) => item?.metadata?.name);
};

describe('selectors', () => {
  it('select by label, by field and by namespace, in key order', async () => {
    await test.call('POST', '/api/v1/namespaces', { body: { metadata: { name: 'another' } } });
    await test.call('POST', '/api/v1/namespaces/another/configmaps', { body: { metadata: { name: 'z' } } });
    expect(await names('/api/v1/configmaps')).toEqual(['z', 'a', 'b', 'c', 'd', 'e']);
    expect(await names(`${MAPS}?labelSelector=even%3Dtrue`)).toEqual(['b', 'd']);
    expect(await names(`${MAPS}?fieldSelector=metadata.name%3Dc`)).toEqual(['c']);
    expect(
      await names('/api/v1/configmaps?fieldSelector=metadata.name!%3Dc,metadata.namespace%3Ddefault'),
    ).toEqual(['a', 'b', 'd', 'e']);
    expect(await names('/api/v1/configmaps?fieldSelector=metadata.namespace%3Danother')).toEqual(['z']);
    expect(await names(`${MAPS}?fieldSelector=metadata.namespace%3Danother`)).toEqual([]);
  });

  it('refuse what they do not know', async () => {
    const field = await test.call('GET', `${MAPS}?fieldSelector=data.x%3D1`);
    expect([field.status, field.body.message]).toEqual([
      400,
      '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ]);
    expect((await test.call('GET', `${MAPS}?labelSelector=a%20in`)).status).toBe(400);
  });
});

describe('pages', () => {
  it('read one snapshot, whatever is written in between', async () => {
    const first = await test.call('GET', `${MAPS}?limit=2`);
    expect(first.body.metadata).toMatchObject({ remainingItemCount: 3 });
    await test.call('DELETE', `${MAPS}/c`);
    await test.call('POST', MAPS, { body: { metadata: { name: 'cc' } } });
    const second = await test.call(
      'GET',
      `${MAPS}?limit=2&continue=${String(first.body.metadata?.continue)}`,
    );
    expect(second.body).toMatchObject({
      metadata: { resourceVersion: first.body.metadata?.resourceVersion, remainingItemCount: 1 },
      items: [{ metadata: { name: 'c' } }, { metadata: { name: 'd' } }],
    });
    const third = await test.call(
      'GET',
      `${MAPS}?limit=2&continue=${String(second.body.metadata?.continue)}`,
    );
    expect(third.body.items).toHaveLength(1);
    expect(third.body.metadata?.continue).toBeUndefined();
  });

  it('expire after five minutes, with a token that goes on from the newest state', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const first = await test.call('GET', `${MAPS}?limit=2`);
    vi.setSystemTime(Date.now() + 5 * 60_000 + 1);
    await test.call('POST', MAPS, { body: { metadata: { name: 'bb' } } });
    await test.call('POST', MAPS, { body: { metadata: { name: 'cc' } } });
    const late = await test.call('GET', `${MAPS}?limit=2&continue=${String(first.body.metadata?.continue)}`);
    expect([late.status, late.body.reason]).toEqual([410, 'Expired']);
    const rest = await test.call('GET', `${MAPS}?continue=${String(late.body.metadata?.continue)}`);
    expect(Object.values(rest.body.items ?? {}).map((item) => item?.metadata?.name)).toEqual([
      'c',
      'cc',
      'd',
      'e',
    ]);
  });

  it('refuse a token that is none', async () => {
    const token = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const refused = async (text: string): Promise<unknown> => {
      const { status, body } = await test.call('GET', `${MAPS}?limit=2&continue=${text}`);
      expect(status).toBe(400);
      return body.message;
    };
    const invalid = 'invalid continue token: continue key is not valid';
    expect(await refused('xyz')).toContain(`${invalid}: `);
    expect(await refused(token({ v: 'v2' }))).toContain(
      `${invalid}: server does not recognize this encoded version v2`,
    );
    const version = { v: 'meta.k8s.io/v1', t: Date.now() };
    expect(await refused(token({ ...version, rv: 0, start: 'a' }))).toBe(
      `${invalid}: incorrect encoded start resourceVersion (version meta.k8s.io/v1)`,
    );
    expect(await refused(token({ ...version, rv: 1, start: '' }))).toBe(
      `${invalid}: encoded start key empty (version meta.k8s.io/v1)`,
    );
    const good = token({ ...version, rv: 1, start: 'default/a' });
    expect(await refused(`${good}&resourceVersion=1`)).toBe(
      'specifying resource version is not allowed when using continue',
    );
  });
});

describe('resource versions', () => {
  it('serve exactly what was, and at least what is asked', async () => {
    const before = await test.call('GET', MAPS);
    const version = String(before.body.metadata?.resourceVersion);
    await test.call('DELETE', `${MAPS}/a`);
    const exact = await test.call('GET', `${MAPS}?resourceVersion=${version}&resourceVersionMatch=Exact`);
    expect(exact.body.items).toHaveLength(5);
    expect(exact.body.metadata?.resourceVersion).toBe(version);
    const newer = await test.call(
      'GET',
      `${MAPS}?resourceVersion=${version}&resourceVersionMatch=NotOlderThan`,
    );
    expect(newer.body.items).toHaveLength(4);
  });

  it('refuse combinations as the original words it', async () => {
    const { body } = await test.call('GET', `${MAPS}?resourceVersionMatch=Exact`);
    expect(body.message).toBe(
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
    for (const [query, status, message] of [
      [
        'resourceVersion=18446744073709551616',
        400,
        'invalid resource version: resourceVersion: Invalid value: "18446744073709551616": strconv.ParseUint: parsing "18446744073709551616": value out of range',
      ],
      [
        'resourceVersion=1&resourceVersionMatch=Newest',
        422,
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", ""',
      ],
      [
        'resourceVersion=0&resourceVersionMatch=Exact',
        422,
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
      ],
      [
        'sendInitialEvents=true',
        422,
        'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
      ],
      ['limit=many', 400, 'strconv.ParseInt: parsing "many": invalid syntax'],
      ['limit=', 400, 'strconv.ParseInt: parsing "": invalid syntax'],
      [
        'limit=9223372036854775808',
        400,
        'strconv.ParseInt: parsing "9223372036854775808": value out of range',
      ],
    ] as const) {
      const refused = await test.call('GET', `${MAPS}?${query}`);
      expect([refused.status, refused.body.message]).toEqual([status, message]);
    }
  });
});

describe('forms', () => {
  it('are tables and metadata when asked for', async () => {
    const table = await test.call('GET', MAPS, {
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' },
    });
    expect(table.body).toMatchObject({
      kind: 'Table',
      columnDefinitions: [{ name: 'Name' }, { name: 'Data' }, { name: 'Age' }],
    });
    expect(table.body.rows).toHaveLength(5);
    const partial = await test.call('GET', MAPS, {
      headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' },
    });
    expect(partial.body.kind).toBe('PartialObjectMetadataList');
    expect(partial.body.items?.[0]).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'a' } });
    expect(partial.body.items?.[0]).not.toHaveProperty('data');
    const yaml = await test.call('GET', `${MAPS}/a`, { headers: { accept: 'application/yaml' } });
    expect(yaml.raw.body.toString()).toMatch(
      /^apiVersion: v1\n(data:\n( .*\n)*)?kind: ConfigMap\nmetadata:\n/,
    );
    const single = await test.call('GET', MAPS, {
      headers: { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' },
    });
    expect([single.status, single.body.message]).toEqual([
      406,
      'you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)',
    ]);
    const image = await test.call('GET', `${MAPS}/a`, { headers: { accept: 'image/png,application/*' } });
    expect([image.status, image.body.message]).toEqual([
      406,
      '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ]);
    const include = await test.call('GET', `${MAPS}?includeObject=All`, {
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
    });
    expect([include.status, include.body.message]).toEqual([
      400,
      `Unable to convert to Table as requested: includeObject: Invalid value: "All": must be 'Metadata', 'Object', 'None', or empty`,
    ]);
  });

  it('list flow schemas in the order in which they are asked, as a table', async () => {
    const path = '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas';
    for (const [name, matchingPrecedence] of [
      ['c', 300],
      ['a', 500],
      ['b', 300],
    ] as const)
      await test.call('POST', path, {
        body: { metadata: { name }, spec: { matchingPrecedence, priorityLevelConfiguration: { name: 'x' } } },
      });
    expect(await names(path)).toEqual(['a', 'b', 'c']);
    for (const limit of ['', '?limit=500']) {
      const headers = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
      const { body } = await test.call('GET', `${path}${limit}`, { headers });
      expect(Object.values(body.rows ?? {}).map((row) => Object.values(row?.cells ?? {})[0])).toEqual([
        'b',
        'c',
        'a',
      ]);
    }
  });

  it('answer the same kind in two versions', async () => {
    const events = '/namespaces/default/events';
    await test.call('POST', `/api/v1${events}`, {
      body: {
        metadata: { name: 'e' },
        involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' },
        message: 'hello',
        reason: 'Test',
        type: 'Normal',
      },
    });
    const { body } = await test.call('GET', `/apis/events.k8s.io/v1${events}/e`);
    expect(body).toMatchObject({ apiVersion: 'events.k8s.io/v1', note: 'hello', regarding: { name: 'p' } });
  });
});
