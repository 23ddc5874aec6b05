import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';
let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
  await test.call('POST', MAPS, { body: { metadata: { name: 'a' } } });
});
afterAll(() => test.close());

it.each([
  ['resourceVersionMatch=Exact', 422, 'resourceVersionMatch is forbidden unless resourceVersion is provided'],
  ['sendInitialEvents=true', 422, 'sendInitialEvents is forbidden for list'],
  ['limit=many', 400, 'strconv.ParseInt: parsing "many": invalid syntax'],
  ['limit=99999999999999999999', 400, 'strconv.ParseInt: parsing "99999999999999999999": value out of range'],
  ['continue=x', 400, 'continue key is not valid: illegal base64 data at input byte 0'],
  ['continue=abc%3D', 400, 'continue key is not valid: illegal base64 data at input byte 3'],
])('a collection is not deleted with %s', async (query, code, words) => {
  const { status, body } = await test.call('DELETE', `${MAPS}?${query}`);
  expect([status, body.message]).toEqual([code, expect.stringContaining(words)]);
  expect((await test.call('GET', `${MAPS}/a`)).status).toBe(200);
});

it('a ReplicaSet is not found by its replicas', async () => {
  const { status, body } = await test.call(
    'GET',
    '/apis/apps/v1/replicasets?fieldSelector=status.replicas%3D0',
  );
  expect([status, body.message]).toEqual([
    400,
    '"status.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ]);
});

it('a limit may be as large as an int64', async () => {
  expect((await test.call('GET', `${MAPS}?limit=9223372036854775807`)).status).toBe(200);
});
