import { describe, expect, it } from 'vitest';
import { admit, FakeState, kindOf, node1, pod, statusOf } from '../auth/testing/fakes.ts';
import { nodeRestriction } from './node-restriction.ts';

const node = (name: string, labels: object = {}, spec: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, uid: `uid-${name}`, labels },
  spec,
});
const state = new FakeState([node('n1')]);
const owner = { apiVersion: 'v1', kind: 'Node', name: 'n1', uid: 'uid-n1', controller: true };
const mirror = (spec: object = {}, meta: object = {}) =>
  pod(
    'm',
    { nodeName: 'n1', ...spec },
    { annotations: { 'kubernetes.io/config.mirror': 'x' }, ownerReferences: [owner], ...meta },
  );
const message = async (
  plural: string,
  input: Parameters<typeof admit>[2],
  group = '',
): Promise<string | undefined> =>
  (await statusOf(admit(nodeRestriction, kindOf(plural, group), { user: node1, state, ...input }))).message;

describe('NodeRestriction', () => {
  it('lets a node create mirror pods of its own that name no API object', async () => {
    expect(await message('pods', { object: mirror() })).toBe('');
    expect(await message('pods', { object: pod('a', { nodeName: 'n1' }) })).toContain(
      'can only create mirror pods',
    );
    expect(await message('pods', { object: mirror({ nodeName: 'n2' }) })).toContain(
      'spec.nodeName set to itself',
    );
    expect(
      await message('pods', { object: mirror({}, { ownerReferences: [{ ...owner, uid: 'old' }] }) }),
    ).toContain('UID mismatch');
    const volumes = [{ name: 's', secret: { secretName: 's' } }];
    expect(await message('pods', { object: mirror({ volumes }) })).toContain(
      'can not create pods that reference secrets',
    );
  });

  it('keeps it to the status and deletion of its own pods', async () => {
    const own = pod('a', { nodeName: 'n1' });
    const other = pod('b', { nodeName: 'n2' });
    const status = { subresource: 'status' };
    expect(await message('pods', { ...status, object: own, old: own })).toBe('');
    expect(await message('pods', { ...status, object: other, old: other })).toContain(
      'can only update pod status for pods',
    );
    expect(
      await message('pods', {
        ...status,
        object: pod('a', { nodeName: 'n1' }, { labels: { x: 'y' } }),
        old: own,
      }),
    ).toContain('cannot update labels through pod status');
    expect(await message('pods', { operation: 'DELETE', old: other })).toContain('can only delete pods');
    expect(await message('pods', { object: own, old: own })).toContain(
      'can only create and delete mirror pods',
    );
  });

  it('keeps it to its own node, without taints and foreign labels', async () => {
    expect(
      await message('nodes', { object: node('n1', { 'kubernetes.io/hostname': 'n1', mine: 'yes' }) }),
    ).toBe('');
    expect(await message('nodes', { object: node('n2') })).toContain('is not allowed to modify node "n2"');
    expect(
      await message('nodes', {
        object: node('n1', {}, { taints: [] }),
        old: node('n1', {}, { taints: [{ key: 'x' }] }),
      }),
    ).toContain('is not allowed to modify taints');
    for (const label of [
      'node-restriction.kubernetes.io/a',
      'node-role.kubernetes.io/master',
      'x.k8s.io/y',
    ]) {
      expect(await message('nodes', { object: node('n1', { [label]: '' }), old: node('n1') })).toContain(
        label,
      );
    }
  });

  it('keeps it to its own lease', async () => {
    const lease = (name: string): object => ({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name },
    });
    const input = { namespace: 'kube-node-lease' };
    expect(await message('leases', { ...input, object: lease('n1') }, 'coordination.k8s.io')).toBe('');
    expect(await message('leases', { ...input, object: lease('n2') }, 'coordination.k8s.io')).toContain(
      'same name',
    );
    expect(await message('leases', { object: lease('n1') }, 'coordination.k8s.io')).toContain(
      'system namespace',
    );
  });

  it('keeps it to its own DNS slice', async () => {
    const slice = (name: string, service: string): object => ({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name, labels: { 'kubernetes.io/service-name': service } },
    });
    const write = (object: object) => message('endpointslices', { object }, 'discovery.k8s.io');
    expect(await write(slice('kube-dns-n1', 'kube-dns'))).toBe('');
    for (const other of [slice('kube-dns-n2', 'kube-dns'), slice('kube-dns-n1', 'metrics')]) {
      expect(await write(other)).toContain('its own slice');
    }
  });
});
