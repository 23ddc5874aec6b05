import type { PersistentVolumeClaim, Pod, StatefulSet } from '@gantry/api/generated/types';
import { persistentVolumeClaims, pods, statefulSets } from '@gantry/client/resources';
import type { OwnerReference } from '@gantry/machinery/object';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { statefulSetController } from './controller.ts';
import { decideOwners } from './retention.ts';

interface Policy {
  readonly whenDeleted?: 'Delete' | 'Retain';
  readonly whenScaled?: 'Delete' | 'Retain';
}

const setOf = (policy: Policy, replicas = 1): StatefulSet => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { namespace: 'a', name: 'db', uid: 'set' },
  spec: {
    replicas,
    serviceName: 'db',
    selector: { matchLabels: { app: 'db' } },
    template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
    persistentVolumeClaimRetentionPolicy: policy,
  },
});
const podOf = (ordinal: number): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'a', name: `db-${ordinal}`, uid: `pod-${ordinal}` },
  spec: { containers: [] },
});
const bySet = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'set' };
const byPod = { apiVersion: 'v1', kind: 'Pod', name: 'db-0', uid: 'pod-0' };
const byOther = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'x' };
const managing = (ref: OwnerReference) => ({ ...ref, controller: true, blockOwnerDeletion: true });

describe('the owners of a claim', () => {
  const owners = (policy: Policy, replicas: number, ...ownerReferences: OwnerReference[]) => {
    const claim: PersistentVolumeClaim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { namespace: 'a', name: 'data-db-0', ownerReferences },
      spec: {},
    };
    return decideOwners(setOf(policy, replicas), podOf(0), claim);
  };

  it('follow the policy, and the size of the set', () => {
    const both = { whenDeleted: 'Delete', whenScaled: 'Delete' } as const;
    expect(owners({}, 1)).toBeUndefined();
    expect(owners({ whenDeleted: 'Delete' }, 1)).toEqual([managing(bySet)]);
    expect(owners({ whenDeleted: 'Delete' }, 0)).toEqual([managing(bySet)]);
    expect(owners({ whenScaled: 'Delete' }, 1)).toBeUndefined();
    expect(owners({ whenScaled: 'Delete' }, 0)).toEqual([managing(byPod)]);
    expect(owners(both, 1)).toEqual([managing(bySet)]);
    expect(owners(both, 0, managing(bySet))).toEqual([managing(byPod)]);
    expect(owners(both, 1, managing(byPod))).toEqual([managing(bySet)]);
    expect(owners({}, 1, managing(bySet))).toEqual([]);
    expect(owners({ whenDeleted: 'Delete' }, 1, bySet)).toEqual([managing(bySet)]);
    expect(owners({ whenDeleted: 'Delete' }, 1, managing(bySet))).toBeUndefined();
  });

  it("leave another controller its claim, and others' references", () => {
    const policy = { whenScaled: 'Delete' } as const;
    expect(owners(policy, 0, managing(byOther))).toBeUndefined();
    expect(owners(policy, 0, managing(byOther), managing(byPod))).toEqual([managing(byOther)]);
    expect(owners(policy, 0, byOther)).toEqual([byOther, managing(byPod)]);
  });

  it('stay as they are when left from a set or a pod before', () => {
    expect(owners({ whenDeleted: 'Delete' }, 1, { ...bySet, uid: 'old' })).toBeUndefined();
    expect(owners({ whenDeleted: 'Delete' }, 1, { ...byPod, uid: 'old' })).toBeUndefined();
  });
});

describe('a StatefulSet with claims', () => {
  let scene: Harness;
  afterEach(() => scene.stop());
  const claimOf = (ordinal: number) => scene.client.peek(persistentVolumeClaims, 'a', `data-db-${ordinal}`);
  const podNamed = (ordinal: number) => scene.client.peek(pods, 'a', `db-${ordinal}`);
  const soon = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });
  const run = async (ordinal: number) => {
    await soon(() => expect(podNamed(ordinal)).toBeDefined());
    const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
    await scene.client.patch(
      pods,
      'a',
      `db-${ordinal}`,
      { status },
      { type: 'merge', subresource: 'status' },
    );
  };
  const change = (spec: object) => scene.client.patch(statefulSets, 'a', 'db', { spec }, { type: 'merge' });
  const start = async (policy: Policy, replicas: number) => {
    scene = harness([statefulSetController()]);
    scene.start();
    await scene.client.create(statefulSets, setOf(policy, replicas));
    for (let ordinal = 0; ordinal < replicas; ordinal++) await run(ordinal);
  };

  it('has its claims follow a policy that changes', async () => {
    await start({}, 2);
    await soon(() => expect(claimOf(1)).toBeDefined());
    expect(claimOf(0)?.metadata.ownerReferences ?? []).toEqual([]);
    await change({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } });
    const kinds = () =>
      [0, 1].map((ordinal) => claimOf(ordinal)?.metadata.ownerReferences?.map(({ kind }) => kind));
    await soon(() => expect(kinds()).toEqual([['StatefulSet'], ['StatefulSet']]));
    await change({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' } });
    await soon(() => expect(kinds()).toEqual([[], []]));
  });

  it('has the claims of a pod that never comes to run', async () => {
    scene = harness([statefulSetController()]);
    scene.start();
    await scene.client.create(statefulSets, setOf({}, 1));
    await soon(() => expect([podNamed(0), claimOf(0)]).not.toContain(undefined));
    const pending = { status: { phase: 'Pending' } };
    await scene.client.patch(pods, 'a', 'db-0', pending, { type: 'merge', subresource: 'status' });
    await change({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } });
    await soon(() => expect(claimOf(0)?.metadata.ownerReferences).toMatchObject([{ kind: 'StatefulSet' }]));
  });

  it("scales away: a pod takes its claims along, but not another controller's", async () => {
    await start({ whenScaled: 'Delete' }, 2);
    const metadata = { ownerReferences: [managing(byOther)] };
    await scene.client.patch(persistentVolumeClaims, 'a', 'data-db-1', { metadata }, { type: 'merge' });
    const uid = podNamed(0)?.metadata.uid;
    await change({ replicas: 0 });
    await soon(() => expect(scene.client.all(pods)).toEqual([]));
    expect(claimOf(0)?.metadata.ownerReferences).toEqual([managing({ ...byPod, uid: uid ?? '' })]);
    expect(claimOf(1)?.metadata.ownerReferences).toEqual([managing(byOther)]);
    // The next pod of the name waits for the claim to go, and gets a new one.
    const before = claimOf(0)?.metadata.uid;
    await change({ replicas: 1 });
    await scene.client.delete(persistentVolumeClaims, 'a', 'data-db-0');
    await soon(() => expect(podNamed(0)).toBeDefined());
    expect(claimOf(0)?.metadata.uid).not.toBe(before);
  });

  it('makes a claim anew that a pod waits for', async () => {
    scene = harness([statefulSetController()]);
    scene.start();
    await scene.client.create(statefulSets, setOf({}, 1));
    await soon(() => expect(podNamed(0)).toBeDefined());
    await scene.client.delete(persistentVolumeClaims, 'a', 'data-db-0');
    const status = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False' }] };
    await scene.client.patch(pods, 'a', 'db-0', { status }, { type: 'merge', subresource: 'status' });
    await soon(() => expect(claimOf(0)).toBeDefined());
  });
});
