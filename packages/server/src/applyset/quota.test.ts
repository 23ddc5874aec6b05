import { afterEach, beforeEach, expect, it } from 'vitest';
import { createResourceQuota } from '../admission/resource-quota.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const SETS = '/apis/gitops.gantry.dev/v1alpha1/applysets';
const map = (name: string) => ({
  ...{ apiVersion: 'v1', kind: 'ConfigMap', data: { x: '1' } },
  metadata: { name, namespace: 'default' },
});
const quota = (hard: object) => ({
  ...{ apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard } },
  metadata: { name: 'few', namespace: 'default' },
});

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer({ admission: [createResourceQuota(Date.now)] });
});
afterEach(() => test.close());

const post = async (spec: object) =>
  (await test.call('POST', SETS, { body: { spec: { fieldManager: 'sync', ...spec } } })).body.status?.results;

it('holds a set within a quota that the same set brings, counting what is there and what comes before', async () => {
  await post({ apply: [map('there'), map('also')] });
  const apply = [map('there'), map('a'), map('b'), quota({ configmaps: '3' })];
  for (const dryRun of [true, false])
    expect(await post({ dryRun, apply })).toMatchObject([
      { operation: 'none' },
      { operation: 'create' },
      {
        error: {
          message: expect.stringMatching(
            /exceeded quota: few, requested: configmaps=1, used: configmaps=3, limited: configmaps=3$/,
          ),
        },
      },
      { operation: 'create' },
    ]);
});

it('measures what does not take the same each time', async () => {
  const pod = (name: string) => ({
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' } },
    spec: { containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: '600m' } } }] },
  });
  expect(await post({ apply: [quota({ 'requests.cpu': '1' })] })).toMatchObject([{ operation: 'create' }]);
  expect(await post({ dryRun: true, apply: [pod('a'), pod('b'), map('m')] })).toMatchObject([
    { operation: 'create' },
    { error: { message: expect.stringContaining('used: requests.cpu=600m, limited: requests.cpu=1') } },
    { operation: 'create' },
  ]);
});
