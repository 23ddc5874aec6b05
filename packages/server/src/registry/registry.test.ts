import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEPLOYMENTS, deployment, merge } from '../testing/deployment.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

describe('create', () => {
  it('sets identity, and refuses a second of the same name', async () => {
    const first = await test.call('POST', MAPS, { body: { metadata: { name: 'a' }, data: { x: '1' } } });
    expect(first.status).toBe(201);
    expect(first.body.metadata?.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(first.body.metadata?.resourceVersion).toMatch(/^[1-9]\d*$/);
    const second = await test.call('POST', MAPS, { body: { metadata: { name: 'a' } } });
    expect(second.status).toBe(409);
    expect(second.body.message).toBe('configmaps "a" already exists');
  });

  it('takes an empty type for none, as that of the path is granted', async () => {
    const body = { apiVersion: '', kind: '', metadata: { name: 'untyped' } };
    const made = await test.call('POST', MAPS, { body });
    expect([made.status, made.body.apiVersion, made.body.kind]).toEqual([201, 'v1', 'ConfigMap']);
  });

  it('refuses a version only when nothing else is wrong, and only what is one', async () => {
    const create = async (metadata: Record<string, string>) => {
      const { status, body } = await test.call('POST', MAPS, { body: { metadata } });
      return [status, status === 201 ? body.metadata?.resourceVersion : body.reason];
    };
    expect(await create({ name: 'a', resourceVersion: '5' })).toEqual([400, 'BadRequest']);
    expect(await create({ name: 'A_B', resourceVersion: '5' })).toEqual([422, 'Invalid']);
    for (const resourceVersion of ['0', 'abc'])
      expect(await create({ generateName: 'a-', resourceVersion })).toEqual([
        201,
        expect.stringMatching(/^[1-9]\d*$/),
      ]);
    const leases = '/apis/coordination.k8s.io/v1/namespaces/default/leases';
    const put = await test.call('PUT', `${leases}/a`, {
      body: { metadata: { name: 'a', resourceVersion: '5' } },
    });
    expect(put.status).toBe(201);
  });

  it('refuses in a dry run too what is there already, and says when it goes', async () => {
    const create = (query: string) =>
      test.call('POST', `${MAPS}${query}`, { body: { metadata: { name: 'there', finalizers: ['a.b/c'] } } });
    expect((await create('')).status).toBe(201);
    const again = async (query: string) => {
      const { status, body } = await create(query);
      return [status, body.reason, body.message];
    };
    const message = 'configmaps "there" already exists';
    for (const query of ['', '?dryRun=All'])
      expect(await again(query)).toEqual([409, 'AlreadyExists', message]);
    await test.call('DELETE', `${MAPS}/there`);
    for (const query of ['', '?dryRun=All'])
      expect(await again(query)).toEqual([409, 'AlreadyExists', `object is being deleted: ${message}`]);
  });

  it('generates names', async () => {
    const { body } = await test.call('POST', MAPS, { body: { metadata: { generateName: 'a-' } } });
    expect(body.metadata?.name).toMatch(/^a-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it('refuses a namespace that does not exist, and another than that of the request', async () => {
    const missing = await test.call('POST', '/api/v1/namespaces/nope/configmaps', {
      body: { metadata: { name: 'a' } },
    });
    expect([missing.status, missing.body.message]).toEqual([404, 'namespaces "nope" not found']);
    const other = await test.call('POST', MAPS, { body: { metadata: { name: 'a', namespace: 'other' } } });
    expect(other.status).toBe(400);
  });

  it('reports unknown fields as the client wishes', async () => {
    const body = { metadata: { name: 'a' }, dataa: {} };
    const strict = await test.call('POST', `${MAPS}?fieldValidation=Strict`, { body });
    expect(strict.body.message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dataa"',
    );
    const warned = await test.call('POST', MAPS, { body });
    expect(warned.status).toBe(201);
    expect(warned.headers.warning).toEqual(['299 - "unknown field \\"dataa\\""']);
  });

  it('reports keys that stand twice in YAML, in the words of each verb', async () => {
    const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  x: "1"\n  x: "2"\n';
    const repeat = 'line 7: key "x" already set in map';
    const yaml = { 'content-type': 'application/yaml' };
    const warning = [`299 - "${repeat.replaceAll('"', '\\"')}"`];
    const strict = await test.call('POST', `${MAPS}?fieldValidation=Strict`, { headers: yaml, body });
    expect(strict.body.message).toBe(
      `ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: yaml: unmarshal errors:\n  ${repeat}`,
    );
    const created = await test.call('POST', MAPS, { headers: yaml, body });
    expect([created.status, created.headers.warning]).toEqual([201, warning]);
    const apply = (validation: string) =>
      test.call('PATCH', `${MAPS}/a?force=true&fieldManager=me&fieldValidation=${validation}`, {
        headers: { 'content-type': 'application/apply-patch+yaml' },
        body,
      });
    expect((await apply('Strict')).body.message).toBe(
      `error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ${repeat}`,
    );
    expect((await apply('Warn')).headers.warning).toEqual(warning);
    expect((await apply('Ignore')).headers.warning).toBeUndefined();
  });

  it('stores nothing in a dry run', async () => {
    const dry = await test.call('POST', `${MAPS}?dryRun=All`, { body: { metadata: { name: 'a' } } });
    expect(dry.status).toBe(201);
    expect(dry.body.metadata?.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(dry.body.metadata?.resourceVersion).toBeUndefined();
    expect((await test.call('GET', `${MAPS}/a`)).status).toBe(404);
  });
});

describe('queries', () => {
  it.each([
    [
      'resourceVersion=abc',
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    [
      'continue=abc',
      "invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value",
    ],
    [
      'resourceVersion=1&resourceVersionMatch=Foo',
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Unsupported value: "Foo": supported values: "Exact", "NotOlderThan", ""',
    ],
    [
      'fieldSelector=foo%3Dbar',
      '"foo" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
  ])('refuses %s as the original does', async (query, message) => {
    const { status, body } = await test.call('GET', `${MAPS}?${query}`);
    expect([Math.floor(status / 100), body.message]).toEqual([4, message]);
  });

  it('knows the fields of kinds that have some of their own', async () => {
    const { status, body } = await test.call('GET', '/api/v1/pods?fieldSelector=foo%3Dbar');
    expect([status, body.message]).toEqual([400, 'field label not supported: foo']);
    expect((await test.call('GET', '/api/v1/nodes?fieldSelector=metadata.namespace%3Da')).status).toBe(400);
    expect(
      (await test.call('GET', '/api/v1/persistentvolumes?fieldSelector=metadata.namespace%3Da')).status,
    ).toBe(200);
  });

  it('refuses a version of one object that is no number', async () => {
    expect((await test.call('GET', `${MAPS}/a?resourceVersion=abc`)).status).toBe(400);
  });
});

describe('update', () => {
  it('writes nothing when nothing changes', async () => {
    const { body } = await test.call('POST', MAPS, {
      body: { metadata: { name: 'a' }, data: { x: '1', y: '2' } },
    });
    const reordered = { ...body, data: { y: '2', x: '1' } };
    const same = await test.call('PUT', `${MAPS}/a`, { body: reordered });
    expect(same.status).toBe(200);
    expect(same.body.metadata?.resourceVersion).toBe(body.metadata?.resourceVersion);
  });

  it('writes nothing when an apply repeats what defaults and stringData had changed', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const apply = (path: string, body: object) =>
        test.call('PATCH', `${path}?fieldManager=me`, {
          headers: { 'content-type': 'application/apply-patch+yaml' },
          body,
        });
      const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { a: 'b' } };
      const withField = { apiVersion: 'apps/v1', kind: 'Deployment', ...deployment('d') };
      const [container] = withField.spec.template.spec.containers;
      Object.assign(container ?? {}, {
        env: [{ name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      });
      for (const [path, body] of [
        ['/api/v1/namespaces/default/secrets/s', secret],
        [`${DEPLOYMENTS}/d`, withField],
      ] as const) {
        const first = await apply(path, body);
        vi.setSystemTime(Date.now() + 5_000);
        const second = await apply(path, body);
        expect([first.status, second.status]).toEqual([201, 200]);
        expect(second.body.metadata).toEqual(first.body.metadata);
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it('refuses a stale version and a foreign uid', async () => {
    const { body } = await test.call('POST', MAPS, { body: { metadata: { name: 'a' } } });
    await test.call('PATCH', `${MAPS}/a`, { headers: merge, body: { data: { x: '1' } } });
    const stale = await test.call('PUT', `${MAPS}/a`, { body });
    expect([stale.status, stale.body.reason]).toEqual([409, 'Conflict']);
    expect(stale.body.message).toBe(
      'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    );
    const foreign = await test.call('PUT', `${MAPS}/a`, { body: { metadata: { name: 'a', uid: 'x' } } });
    expect(foreign.status).toBe(409);
  });

  it('lets concurrent patches without a version all succeed', async () => {
    await test.call('POST', MAPS, { body: { metadata: { name: 'a' } } });
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        test.call('PATCH', `${MAPS}/a`, { headers: merge, body: { data: { [`k${index}`]: 'v' } } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const { body } = await test.call('GET', `${MAPS}/a`);
    expect(Object.keys(body.data ?? {})).toHaveLength(5);
  });

  it('keeps spec and status apart and counts generations', async () => {
    await test.call('POST', DEPLOYMENTS, { body: deployment('d') });
    const status = await test.call('PATCH', `${DEPLOYMENTS}/d/status`, {
      headers: merge,
      body: { spec: { replicas: 7 }, status: { replicas: 3 } },
    });
    expect(status.body).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 1 },
      status: { replicas: 3 },
    });
    const spec = await test.call('PATCH', `${DEPLOYMENTS}/d`, {
      headers: merge,
      body: { spec: { replicas: 2 }, status: { replicas: 9 } },
    });
    expect(spec.body).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 2 },
      status: { replicas: 3 },
    });
  });

  it('scales through the subresource', async () => {
    await test.call('POST', DEPLOYMENTS, { body: deployment('d') });
    const scaled = await test.call('PUT', `${DEPLOYMENTS}/d/scale`, {
      body: { metadata: { name: 'd' }, spec: { replicas: 4 } },
    });
    expect(scaled.body).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 4 },
      status: { selector: 'app=d' },
    });
    const table = await test.call('GET', `${DEPLOYMENTS}/d/scale`, {
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' },
    });
    expect(table.body).toMatchObject({
      kind: 'Table',
      columnDefinitions: [{ name: 'Name' }, { name: 'Desired' }, { name: 'Available' }, { name: 'Age' }],
      rows: [
        { cells: ['d', 4, 0, '0s'], object: { kind: 'PartialObjectMetadata', metadata: { name: 'd' } } },
      ],
    });
    const refused = await test.call('PUT', `${DEPLOYMENTS}/d/scale`, { body: { spec: { replicas: -1 } } });
    expect(refused.status).toBe(422);
  });

  it('answers a patch that fits no object as the original does', async () => {
    await test.call('POST', MAPS, { body: { metadata: { name: 'a' } } });
    const answer = await test.call('PATCH', `${MAPS}/a?fieldValidation=Strict`, {
      headers: merge,
      body: { nope: 1 },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.message).toContain('" is invalid: patch: Invalid value: ');
  });
});

describe('server-side apply', () => {
  const apply = (manager: string, body: object, query = '') =>
    test.call('PATCH', `${MAPS}/a?fieldManager=${manager}${query}`, {
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, ...body },
    });

  it('creates, conflicts, forces, and drops what is no longer applied', async () => {
    expect((await apply('one', { data: { x: '1', y: '1' } })).status).toBe(201);
    const conflict = await apply('two', { data: { x: '2' } });
    expect([conflict.status, conflict.body.reason]).toEqual([409, 'Conflict']);
    expect(conflict.body.details?.causes?.[0]).toMatchObject({
      reason: 'FieldManagerConflict',
      field: '.data.x',
    });
    expect((await apply('two', { data: { x: '2' } }, '&force=true')).body.data).toEqual({ x: '2', y: '1' });
    expect((await apply('one', { data: {} })).body.data).toEqual({ x: '2' });
  });

  it('changes nothing the second time, and needs a manager', async () => {
    const first = await apply('one', { data: { x: '1' } });
    const second = await apply('one', { data: { x: '1' } });
    expect(second.body.metadata?.resourceVersion).toBe(first.body.metadata?.resourceVersion);
    const nameless = await apply('', { data: {} });
    expect(nameless.body.message).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  });
});

describe('delete', () => {
  it('answers with a Status, or with the object while finalizers hold it', async () => {
    const plain = await test.call('POST', MAPS, { body: { metadata: { name: 'a' } } });
    const gone = await test.call('DELETE', `${MAPS}/a`);
    expect(gone.body).toMatchObject({
      status: 'Success',
      details: { name: 'a', kind: 'configmaps', uid: plain.body.metadata?.uid },
    });
    await test.call('POST', MAPS, { body: { metadata: { name: 'b', finalizers: ['example.com/hold'] } } });
    const held = await test.call('DELETE', `${MAPS}/b`);
    expect(held.body.metadata).toMatchObject({
      deletionTimestamp: expect.stringMatching(/Z$/),
      finalizers: ['example.com/hold'],
    });
    await test.call('PATCH', `${MAPS}/b`, { headers: merge, body: { metadata: { finalizers: null } } });
    expect((await test.call('GET', `${MAPS}/b`)).status).toBe(404);
  });

  it('a uid that fits is no reason to give up when others write at the same time', async () => {
    const { body } = await test.call('POST', MAPS, { body: { metadata: { name: 'a' } } });
    const patches = Array.from({ length: 4 }, (_, n) =>
      test.call('PATCH', `${MAPS}/a`, { headers: merge, body: { data: { [`x${n}`]: '1' } } }),
    );
    const gone = test.call('DELETE', `${MAPS}/a`, { body: { preconditions: { uid: body.metadata?.uid } } });
    await Promise.all(patches);
    expect((await gone).body).toMatchObject({ status: 'Success' });
  });

  it('honours preconditions and propagation policies', async () => {
    await test.call('POST', MAPS, { body: { metadata: { name: 'a' } } });
    const wrong = await test.call('DELETE', `${MAPS}/a`, { body: { preconditions: { uid: 'other' } } });
    expect(wrong.status).toBe(409);
    const foreground = await test.call('DELETE', `${MAPS}/a`, { body: { propagationPolicy: 'Foreground' } });
    expect(foreground.body.metadata?.finalizers).toEqual(['foregroundDeletion']);
    const bad = await test.call('DELETE', `${MAPS}/a`, { body: { propagationPolicy: 'Nope' } });
    expect(bad.status).toBe(422);
  });

  it('deletes collections by label', async () => {
    for (const name of ['a', 'b', 'c'])
      await test.call('POST', MAPS, {
        body: { metadata: { name, labels: { drop: name === 'b' ? 'no' : 'yes' } } },
      });
    await test.call('DELETE', `${MAPS}?labelSelector=drop%3Dyes`);
    const { body } = await test.call('GET', MAPS);
    expect(body).toMatchObject({ items: [{ metadata: { name: 'b' } }] });
  });

  it('keeps a namespace until it is empty and finalized', async () => {
    await test.call('POST', '/api/v1/namespaces', { body: { metadata: { name: 'n' } } });
    await test.call('POST', '/api/v1/namespaces/n/configmaps', { body: { metadata: { name: 'a' } } });
    const going = await test.call('DELETE', '/api/v1/namespaces/n');
    expect(going.body.status?.phase).toBe('Terminating');
    const late = await test.call('POST', '/api/v1/namespaces/n/configmaps', {
      body: { metadata: { name: 'b' } },
    });
    expect(late.body).toMatchObject({ code: 403, details: { causes: [{ reason: 'NamespaceTerminating' }] } });
    const finalize = { body: { metadata: { name: 'n' }, spec: { finalizers: [] } } };
    expect((await test.call('PUT', '/api/v1/namespaces/n/finalize', finalize)).status).toBe(409);
    await test.call('DELETE', '/api/v1/namespaces/n/configmaps/a');
    expect((await test.call('PUT', '/api/v1/namespaces/n/finalize', finalize)).status).toBe(200);
    expect((await test.call('GET', '/api/v1/namespaces/n')).status).toBe(404);
  });
});
