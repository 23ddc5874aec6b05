import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { makeCache, makeNode, makePod, outcome } from '../testing/objects.ts';

const message = (reasons: string, nodes: number) => `0/${nodes} nodes are available: ${reasons}.`;

describe('volumes', () => {
  const claim = (
    more: Partial<PersistentVolumeClaim['spec']> = {},
    annotations = {},
  ): PersistentVolumeClaim => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'default', uid: 'c', annotations },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      storageClassName: 'local',
      ...more,
    },
  });
  const volume = (name: string, node: string, storage = '2Gi'): PersistentVolume => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage },
      storageClassName: 'local',
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
    },
    status: { phase: 'Available' },
  });
  const storageClass = (provisioner: string): StorageClass => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local' },
    provisioner,
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  const result = (
    c: PersistentVolumeClaim | undefined,
    volumes: PersistentVolume[],
    provisioner = 'kubernetes.io/no-provisioner',
  ) =>
    outcome(
      makeCache([makeNode('a'), makeNode('b')]),
      makePod('new', {}, { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] }),
      {
        claims: { get: () => c },
        volumes: { get: (_, name) => volumes.find((v) => v.metadata.name === name), list: () => volumes },
        storageClasses: { get: () => storageClass(provisioner) },
      },
    );

  it('waits for claims that are missing or not bound', () => {
    expect(result(undefined, [])).toBe(message('persistentvolumeclaim "data" not found', 2));
    expect(result(claim({ volumeName: 'x' }), [])).toBe(
      message('pod has unbound immediate PersistentVolumeClaims', 2),
    );
  });
  it('goes where the bound volume is', () => {
    const bound = claim({ volumeName: 'pv' }, { 'pv.kubernetes.io/bind-completed': 'yes' });
    expect(result(bound, [volume('pv', 'b')])).toBe('b');
    expect(result(bound, [volume('pv', 'gone')])).toBe(
      message("2 node(s) didn't match PersistentVolume's node affinity", 2),
    );
  });
  it('goes where a free volume of enough size is, or where one can be made', () => {
    expect(result(claim(), [volume('small', 'a', '1Mi'), volume('pv', 'b')])).toBe('b');
    expect(result(claim(), [])).toBe(
      message("2 node(s) didn't find available persistent volumes to bind", 2),
    );
    expect(result(claim({}, { 'volume.kubernetes.io/selected-node': 'a' }), [], 'example.org/p')).toBe('a');
  });
});
