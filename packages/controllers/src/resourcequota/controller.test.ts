import type { Deployment, Pod, ReplicaSet, ResourceClaim } from '@gantry/api/generated/types';
import {
  deployments,
  persistentVolumeClaims,
  pods,
  replicaSets,
  resourceClaims,
  resourceQuotas,
} from '@gantry/client/resources';
import { afterEach, expect, test, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { resourceQuotaController } from './controller.ts';

let scene: Harness | undefined;
afterEach(() => scene?.stop());

const replicaSet = (name: string): ReplicaSet => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { namespace: 'a', name },
  spec: { replicas: 0, selector: { matchLabels: { app: name } }, template: {} },
});

const pod = (name: string, spec: object = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'a', name },
  spec: { containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: '100m' } } }], ...spec },
});

const start = async (hard: Record<string, string>, spec: object = {}) => {
  const here = harness([resourceQuotaController()]);
  scene = here;
  here.start();
  await here.client.create(resourceQuotas, {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { namespace: 'a', name: 'q' },
    spec: { hard, ...spec },
  });
  const uses = (used: Record<string, string>) =>
    // Well below the minute of the resync: a change must wake the controller by itself.
    vi.waitFor(() => expect(here.client.peek(resourceQuotas, 'a', 'q')?.status?.used).toEqual(used), {
      timeout: 20_000,
      interval: 10,
    });
  return { ...here, uses };
};

test('kinds that are only counted are followed as they come and go', async () => {
  const { client, uses } = await start({ 'count/replicasets.apps': '5', 'count/deployments.apps': '5' });
  await uses({ 'count/replicasets.apps': '0', 'count/deployments.apps': '0' });
  await client.create(replicaSets, replicaSet('one'));
  await uses({ 'count/replicasets.apps': '1', 'count/deployments.apps': '0' });
  await client.create(deployments, { ...replicaSet('d'), kind: 'Deployment' } as Deployment);
  await client.create(replicaSets, replicaSet('two'));
  await uses({ 'count/replicasets.apps': '2', 'count/deployments.apps': '1' });
  await client.delete(replicaSets, 'a', 'one');
  await uses({ 'count/replicasets.apps': '1', 'count/deployments.apps': '1' });
});

test('what another namespace holds is not counted, nor a kind that nobody serves', async () => {
  const { client, uses } = await start({ 'count/replicasets.apps': '5', 'count/things.example.com': '1' });
  await client.create(replicaSets, { ...replicaSet('far'), metadata: { namespace: 'b', name: 'far' } });
  await client.create(replicaSets, replicaSet('near'));
  await uses({ 'count/replicasets.apps': '1', 'count/things.example.com': '0' });
});

test('a quota of scopes counts the pods in them, ended ones only as objects', async () => {
  const { client, uses } = await start(
    { pods: '5', 'count/pods': '5', 'count/replicasets.apps': '5' },
    { scopeSelector: { matchExpressions: [{ scopeName: 'CrossNamespacePodAffinity', operator: 'Exists' }] } },
  );
  const term = { topologyKey: 'kubernetes.io/hostname', namespaces: ['b'] };
  const affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  await client.create(replicaSets, replicaSet('r'));
  await client.create(pods, pod('alone'));
  const far = await client.create(pods, pod('far', { affinity }));
  await uses({ pods: '1', 'count/pods': '1', 'count/replicasets.apps': '0' });
  await client.update(pods, { ...far, status: { phase: 'Succeeded' } }, { subresource: 'status' });
  await uses({ pods: '0', 'count/pods': '1', 'count/replicasets.apps': '0' });
});

test('a claim counts for the class that it asks for and for the one in force', async () => {
  const requirement = { scopeName: 'VolumeAttributesClass', operator: 'In', values: ['gold'] };
  const { client, uses } = await start(
    { persistentvolumeclaims: '1' },
    { scopeSelector: { matchExpressions: [requirement] } },
  );
  const made = await client.create(persistentVolumeClaims, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'a', name: 'c' },
    spec: { volumeAttributesClassName: 'silver' },
  });
  await uses({ persistentvolumeclaims: '0' });
  const inForce = (currentVolumeAttributesClassName: string) =>
    client.patch(
      persistentVolumeClaims,
      'a',
      made.metadata.name,
      { status: { currentVolumeAttributesClassName } },
      { type: 'merge', subresource: 'status' },
    );
  await inForce('gold');
  await uses({ persistentvolumeclaims: '1' });
  await inForce('silver');
  await uses({ persistentvolumeclaims: '0' });
});

test('devices that claims ask for are measured by class', async () => {
  const { client, uses } = await start({ 'gpu.deviceclass.resource.k8s.io/devices': '9', 'limits.cpu': '1' });
  await client.create(resourceClaims, {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: { namespace: 'a', name: 'c' },
    spec: {
      devices: {
        requests: [
          { name: 'r', exactly: { deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 3 } },
        ],
      },
    },
  } as ResourceClaim);
  await uses({ 'gpu.deviceclass.resource.k8s.io/devices': '3', 'limits.cpu': '0' });
  await client.delete(resourceClaims, 'a', 'c');
  await uses({ 'gpu.deviceclass.resource.k8s.io/devices': '0', 'limits.cpu': '0' });
});
