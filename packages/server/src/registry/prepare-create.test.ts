import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEPLOYMENTS, deployment, merge } from '../testing/deployment.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

it('takes the status of a node with it, of no other kind, and lets nobody own it', async () => {
  const create = (path: string, body: object) => test.call('POST', path, { body });
  const status = { capacity: { memory: '1Gi' } };
  const node = await create('/api/v1/nodes', { metadata: { name: 'n', labels: { a: 'b' } }, status });
  expect(node.body.status).toMatchObject({ ...status, allocatable: status.capacity });
  const owned = JSON.stringify(node.body.metadata?.managedFields);
  expect(owned).toContain('f:labels');
  expect(owned).not.toContain('f:status');
  const made = await create(DEPLOYMENTS, { ...deployment('d'), status: { replicas: 3 } });
  expect(made.body.status).toEqual({});
});

it('counts a change of the annotations of a Deployment as one of its generation', async () => {
  await test.call('POST', DEPLOYMENTS, { body: deployment('d') });
  const path = `${DEPLOYMENTS}/d`;
  const annotate = async (url: string, key: string) =>
    (await test.call('PATCH', url, { headers: merge, body: { metadata: { annotations: { [key]: 'x' } } } }))
      .body.metadata?.generation;
  expect(await annotate(path, 'a')).toBe(2);
  expect(await annotate(path, 'a')).toBe(2);
  // The controller notes the revision this way.
  expect(await annotate(`${path}/status`, 'b')).toBe(2);
  const body = { metadata: { labels: { a: 'x' } } };
  expect((await test.call('PATCH', path, { headers: merge, body })).body.metadata?.generation).toBe(2);
});
