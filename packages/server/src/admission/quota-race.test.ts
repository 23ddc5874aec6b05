import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { createResourceQuota } from './resource-quota.ts';

let api: TestServer;
beforeAll(async () => {
  api = await startTestServer({ admission: [createResourceQuota(Date.now)] });
});
afterAll(() => api.close());

const BASE = '/api/v1/namespaces/default';
const configMap = (name: string) =>
  api.call('POST', `${BASE}/configmaps`, {
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
  });
const service = (name: string, type: string) => ({
  metadata: { name },
  spec: { type, ports: [{ port: 80 }] },
});

beforeEach(async () => {
  for (const resource of ['resourcequotas', 'configmaps', 'services', 'persistentvolumeclaims'])
    await api.call('DELETE', `${BASE}/${resource}`);
  for (const name of ['a', 'b', 'c']) await api.call('DELETE', `${BASE}/services/${name}`);
  await api.call('POST', `${BASE}/resourcequotas`, {
    body: { metadata: { name: 'q' }, spec: { hard: { configmaps: '3', 'services.loadbalancers': '1' } } },
  });
});

describe('a quota', () => {
  it('is never exceeded by creates at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => configMap(`c${index}`)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.find(({ status }) => status === 403)?.body.message).toMatch(
      /^configmaps "c\d+" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=3, limited: configmaps=3$/,
    );
  });

  it('counts no write that failed, and nothing that is gone', async () => {
    await configMap('a');
    for (let round = 0; round < 5; round++) expect((await configMap('a')).status).toBe(409);
    await configMap('b');
    expect((await configMap('c')).status).toBe(201);
    expect((await configMap('d')).status).toBe(403);
    await api.call('DELETE', `${BASE}/configmaps/c`);
    expect((await configMap('d')).status).toBe(201);
  });

  it('is not exceeded by the class that the status of a claim names', async () => {
    const requirement = { scopeName: 'VolumeAttributesClass', operator: 'In', values: ['gold'] };
    const quota = {
      metadata: { name: 'gold' },
      spec: {
        hard: { persistentvolumeclaims: '1' },
        scopeSelector: { matchExpressions: [requirement] },
      },
    };
    await api.call('POST', `${BASE}/resourcequotas`, { body: quota });
    const claims = `${BASE}/persistentvolumeclaims`;
    for (const [name, volumeAttributesClassName] of [
      ['a', 'gold'],
      ['b', 'silver'],
    ])
      await api.call('POST', claims, {
        body: {
          metadata: { name },
          spec: {
            volumeAttributesClassName,
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
          },
        },
      });
    const patch = (currentVolumeAttributesClassName: string) =>
      api.call('PATCH', `${claims}/b/status`, {
        headers: { 'content-type': 'application/merge-patch+json' },
        body: { status: { currentVolumeAttributesClassName } },
      });
    expect((await patch('silver')).status).toBe(200);
    const refused = await patch('gold');
    expect(refused.status).toBe(403);
    expect(refused.body.message).toBe(
      'persistentvolumeclaims "b" is forbidden: exceeded quota: gold, requested: persistentvolumeclaims=1, used: persistentvolumeclaims=1, limited: persistentvolumeclaims=1',
    );
  });

  it('is never exceeded by updates at the same moment', async () => {
    for (const name of ['a', 'b', 'c'])
      await api.call('POST', `${BASE}/services`, { body: service(name, 'ClusterIP') });
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        api.call('PATCH', `${BASE}/services/${name}`, {
          headers: { 'content-type': 'application/merge-patch+json' },
          body: { spec: { type: 'LoadBalancer' } },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
  });
});
