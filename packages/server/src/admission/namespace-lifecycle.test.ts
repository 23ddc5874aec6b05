import { describe, expect, it } from 'vitest';
import { admit, FakeState, kindOf, namespace, pod, root, statusOf } from '../auth/testing/fakes.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';

const pods = kindOf('pods');
const object = pod('web');

describe('NamespaceLifecycle', () => {
  it('wants the namespace to exist', async () => {
    const { code, message } = await statusOf(admit(namespaceLifecycle, pods, { object }));
    expect([code, message]).toEqual([404, 'namespaces "ns" not found']);
    await admit(namespaceLifecycle, pods, { object, state: new FakeState([namespace('ns')]) });
  });

  it('lets nothing new into a namespace that goes away, but lets its objects be updated', async () => {
    const state = new FakeState([{ ...namespace('ns'), status: { phase: 'Terminating' } }]);
    expect(await statusOf(admit(namespaceLifecycle, pods, { object, state }))).toMatchObject({
      code: 403,
      message:
        'pods "web" is forbidden: unable to create new content in namespace ns because it is being terminated',
      details: {
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: 'namespace ns is being terminated',
            field: 'metadata.namespace',
          },
        ],
      },
    });
    await admit(namespaceLifecycle, pods, { object, old: object, state });
  });

  it('keeps the namespaces of the system, even from superusers', async () => {
    const input = { operation: 'DELETE', user: root } as const;
    const namespaces = kindOf('namespaces');
    expect(
      (await statusOf(admit(namespaceLifecycle, namespaces, { ...input, name: 'kube-system' }))).message,
    ).toBe('namespaces "kube-system" is forbidden: this namespace may not be deleted');
    await admit(namespaceLifecycle, namespaces, { ...input, name: 'mine' });
  });
});
