import { describe, expect, it } from 'vitest';
import { admin, FakeServer, failure } from './testing/fake-server.ts';

const BASE = '/apis/gitops.gantry.dev/v1alpha1/namespaces/shop';
const shop = { namespace: 'shop', name: 'shop' };
const plan = (name: string, application: string, status?: object) => ({
  metadata: { name, namespace: 'shop', creationTimestamp: '2026-01-01T00:00:00Z', resourceVersion: '7' },
  spec: { application, revision: 'next' },
  ...(status === undefined ? {} : { status }),
});
const ready = { phase: 'Ready', commit: 'c', created: 1, time: '2026-01-02T00:00:00Z' };

describe('plans', () => {
  it('of an Application come newest first, without what they list', async () => {
    const items = [
      plan('old', 'shop', { ...ready, time: '2026-01-01T00:00:00Z' }),
      plan('other', 'web', ready),
      plan('new', 'shop', { ...ready, changes: [{ name: 'a' }] }),
    ];
    const fake = new FakeServer().on(`GET ${BASE}/plans`, { status: 200, body: { items } });
    const lines = await fake.as(admin).applications.plans(shop);
    expect(lines.map(({ name }) => name)).toEqual(['new', 'old']);
    expect(lines[0]).not.toHaveProperty('changes');
  });

  it('are made for a revision, and awaited', async () => {
    const fake = new FakeServer()
      .on(`GET ${BASE}/applications/shop`, { status: 200, body: { metadata: { ...shop, uid: 'u' } } })
      .on(`POST ${BASE}/plans`, { status: 201, body: plan('shop-x', 'shop') });
    const made = fake.as(admin).applications.planFor({ ...shop, revision: ' next ' });
    await expect.poll(() => fake.watches.length).toBe(1);
    const tell = (type: string, object: object) =>
      fake.watches[0]?.write(Buffer.from(`${JSON.stringify({ type, object })}\n`));
    tell('ADDED', plan('shop-x', 'shop'));
    const changes = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', operation: 'create' }];
    tell('MODIFIED', plan('shop-x', 'shop', { ...ready, changes }));
    expect(await made).toMatchObject({ name: 'shop-x', phase: 'Ready', created: 1, changes });
    expect(fake.requests.find(({ method }) => method === 'POST')?.body).toMatchObject({
      metadata: { generateName: 'shop-', ownerReferences: [{ kind: 'Application', name: 'shop', uid: 'u' }] },
      spec: { application: 'shop', revision: 'next' },
    });
  });

  it('need the right to make them', async () => {
    const fake = new FakeServer()
      .on(`GET ${BASE}/applications/shop`, { status: 200, body: { metadata: { ...shop, uid: 'u' } } })
      .on(`POST ${BASE}/plans`, { status: 403, body: failure(403, 'Forbidden', 'plans is forbidden') });
    await expect(fake.as(admin).applications.planFor({ ...shop, revision: '' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'plans is forbidden',
    });
  });
});
