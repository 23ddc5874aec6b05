import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';
let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
  await test.call('POST', MAPS, { body: { metadata: { name: 'a' }, data: { k: 'v' } } });
});
afterAll(() => test.close());

describe('a path', () => {
  it.each([
    ['/api/v1/namespaces/default//configmaps', 404, 'the server could not find the requested resource'],
    ['/api/v1/namespaces/default/configmaps//a', 404, 'the server could not find the requested resource'],
    [`${MAPS}/a%2Fb`, 404, 'the server could not find the requested resource'],
    [`${MAPS}/%2e%2e`, 400, `Name parameter invalid: "..": may not be '..'`],
    [`${MAPS}/a%25b`, 400, `Name parameter invalid: "a%b": may not contain '%'`],
  ])('%s is refused with %i', async (path, status, message) => {
    const { body, ...answer } = await test.call('GET', path);
    expect([answer.status, body.message]).toEqual([status, message]);
  });

  it('may end in a slash', async () => {
    const { status, body } = await test.call('GET', `${MAPS}/`);
    expect([status, body.kind]).toEqual([200, 'ConfigMapList']);
  });
});

describe('a query', () => {
  it('for an empty name finds nothing', async () => {
    const { body } = await test.call('GET', `${MAPS}?fieldSelector=metadata.name%3D`);
    expect(body.items).toEqual([]);
  });

  it('of a watch from the state takes no continue token', async () => {
    const { status, body } = await test.call('GET', `${MAPS}?watch=1&continue=x`);
    expect([status, body.message]).toEqual([
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided',
    ]);
  });
});

describe('a patch', () => {
  const patch = (type: string, body: unknown) =>
    test.call('PATCH', `${MAPS}/a`, { headers: { 'content-type': type }, body: body as object });

  it('of an unknown type is refused in few words', async () => {
    const { status, body } = await patch('application/json', {});
    expect([status, body.reason, body.message]).toEqual([
      415,
      'UnsupportedMediaType',
      '415: Unsupported Media Type',
    ]);
  });

  it.each([{ managedFields: [] }, { managedFields: [{}] }])(
    'with %j forgets who wrote what',
    async (metadata) => {
      await patch('application/merge-patch+json', { data: { k: String(Math.random()) } });
      const { body } = await patch('application/merge-patch+json', { metadata });
      expect(body.metadata?.managedFields).toBeUndefined();
    },
  );
});

it('a YAML body whose anchor holds itself is refused', async () => {
  const { status, body } = await test.call('POST', MAPS, {
    headers: { 'content-type': 'application/yaml' },
    body: 'apiVersion: v1\nkind: ConfigMap\nmetadata: &m {name: x, annotations: *m}\n',
  });
  expect([status, body.message]).toEqual([
    400,
    "the object provided is unrecognized (must be of type ConfigMap): yaml: an anchor's value contains itself (61706956657273696f6e3a20763 ...)".replace(
      '61706956657273696f6e3a20763 ',
      `${Buffer.from('apiVersion: v1\nkind: ConfigMap').toString('hex').slice(0, 30)} `,
    ),
  ]);
});
