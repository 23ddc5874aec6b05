import { alreadyExists } from '@gantry/machinery/status';
import { describe, expect, it } from 'vitest';
import { admit, FakeState, kindOf, namespace, statusOf } from '../../auth/testing/fakes.ts';
import { admin, startTestServer } from '../../testing/test-server.ts';
import { createNamespaceAutoProvision } from './namespace-auto-provision.ts';
import { namespaceExists } from './namespace-exists.ts';

const maps = kindOf('configmaps');
const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
const state = new FakeState([namespace('ns')]);

describe('NamespaceExists', () => {
  it.each([
    ['CREATE', { object }],
    ['UPDATE', { object, old: object }],
    ['DELETE', { old: object }],
  ] as const)('refuses a %s where there is no namespace', async (operation, input) => {
    const there = await statusOf(admit(namespaceExists, maps, { ...input, operation, state }));
    expect(there.message).toBe('');
    const missing = await statusOf(
      admit(namespaceExists, maps, { ...input, operation, state, namespace: 'none' }),
    );
    expect([missing.code, missing.message]).toEqual([404, 'namespaces "none" not found']);
  });
});

describe('NamespaceAutoProvision', () => {
  it('creates the namespace of an object, which may have come meanwhile', async () => {
    const made: string[] = [];
    const plugin = createNamespaceAutoProvision(async (name) => {
      made.push(name);
      throw alreadyExists({ group: '', resource: 'namespaces' }, name);
    });
    await admit(plugin, maps, { object, state });
    await admit(plugin, maps, { object, state, namespace: 'new', dryRun: true });
    expect(made).toEqual([]);
    await admit(plugin, maps, { object, state, namespace: 'new' });
    expect(made).toEqual(['new']);
  });

  it('refuses with the reason when that fails', async () => {
    const plugin = createNamespaceAutoProvision(() => Promise.reject(new Error('no room')));
    const refused = await statusOf(admit(plugin, maps, { object, state, namespace: 'new' }));
    expect([refused.code, refused.message]).toEqual([403, 'configmaps "a" is forbidden: no room']);
  });

  it('lets the object that asked for it be created', async () => {
    const test: Awaited<ReturnType<typeof startTestServer>> = await startTestServer({
      admission: [
        createNamespaceAutoProvision(async (name) => {
          const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
          await test.server.registry.create(kindOf('namespaces'), body, admin);
        }),
      ],
    });
    const { status } = await test.call('POST', '/api/v1/namespaces/new/configmaps', { body: object });
    expect(status).toBe(201);
    await test.close();
  });
});
