import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Loose, startTestServer, type TestServer } from '../testing/test-server.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';
const SECRETS = '/api/v1/namespaces/default/secrets';
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

describe('a collection', () => {
  const create = async (...names: string[]): Promise<string[]> => {
    const versions: string[] = [];
    for (const name of names) {
      const { body } = await test.call('POST', SECRETS, { body: { metadata: { name } } });
      versions.push(String(body.metadata?.resourceVersion));
    }
    return versions;
  };
  const names = (body: Loose) => Object.values(body.items ?? {}).map((item) => item?.metadata?.name);
  const left = async () => names((await test.call('GET', SECRETS)).body);
  beforeEach(() => test.call('DELETE', SECRETS));

  it('is deleted as it was at a version', async () => {
    const [, second] = await create('a', 'b', 'c');
    for (const query of [
      `resourceVersion=${second}`,
      `resourceVersion=${second}&resourceVersionMatch=Exact`,
    ]) {
      const { body } = await test.call('DELETE', `${SECRETS}?${query}`);
      expect([names(body), body.metadata?.resourceVersion]).toEqual([['a', 'b'], second]);
      expect(await left()).toEqual(['c']);
    }
    await test.call('DELETE', `${SECRETS}?resourceVersion=${second}&resourceVersionMatch=NotOlderThan`);
    expect(await left()).toEqual([]);
  });

  it('is deleted by pages', async () => {
    await create('a', 'b', 'c');
    const first = await test.call('DELETE', `${SECRETS}?limit=2`);
    expect([names(first.body), first.body.metadata?.remainingItemCount]).toEqual([['a', 'b'], 1]);
    const next = String(first.body.metadata?.continue);
    expect(names((await test.call('DELETE', `${SECRETS}?limit=2&continue=${next}`)).body)).toEqual(['c']);
    expect(await left()).toEqual([]);
  });

  it('is not deleted at a version of which nothing is known any more', async () => {
    const [first] = await create('a', 'b');
    await test.store.compact({ objectsMs: 0, busyMs: 0, now: Date.now() + 1000 });
    const old = await test.call('DELETE', `${SECRETS}?resourceVersion=${first}`);
    expect([old.status, old.body.reason, old.body.message]).toEqual([
      410,
      'Expired',
      'The resourceVersion for the provided list is too old.',
    ]);
    expect(await left()).toEqual(['a', 'b']);
  });
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
