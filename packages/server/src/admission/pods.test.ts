import type { Pod } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { admit, FakeState, kindOf, pod, statusOf } from '../auth/testing/fakes.ts';
import { nodeDeclaredFeatureValidator } from './node-declared-features.ts';
import { podResizeValidator } from './pod-resize.ts';
import { podTopologyLabels } from './pod-topology-labels.ts';
import { createServiceAccountPlugin } from './service-account.ts';
import { mergeTolerations } from './tolerations.ts';

const pods = kindOf('pods');
const node = (labels: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1', labels },
  status: { allocatable: { cpu: '2', memory: '1Gi' } },
});

describe('PodResizeValidator', () => {
  const resized = (cpu: string, memory: string): object =>
    pod(
      'a',
      { nodeName: 'n1', containers: [{ name: 'a', resources: { requests: { cpu, memory } } }] },
      { generation: 2 },
    );
  const old = pod('a', { nodeName: 'n1' }, { generation: 1 });
  const resize = (object: object, state: FakeState) =>
    statusOf(admit(podResizeValidator, pods, { object, old, state, subresource: 'resize' }));

  it('holds the requests against the node', async () => {
    const state = new FakeState([node()]);
    expect((await resize(resized('2', '1Gi'), state)).message).toBe('');
    const { message, details } = await resize(resized('2500m', '2Gi'), state);
    expect(message).toBe(
      `pods "a" is forbidden: node didn't have enough allocatable resources: cpu, requested: 2500, allocatable: 2000; memory, requested: 2147483648, allocatable: 1073741824`,
    );
    expect(details?.causes).toEqual([{ reason: 'NodeCapacity' }]);
  });

  it('knows which nodes can', async () => {
    const windows = new FakeState([node({ 'kubernetes.io/os': 'windows' })]);
    expect((await resize(resized('1', '1'), windows)).message).toContain(
      'pod resize is only supported on linux nodes, node "n1" is "windows"',
    );
    expect((await resize(resized('1', '1'), new FakeState())).message).toContain('node "n1" not found');
  });
});

describe('NodeDeclaredFeatureValidator', () => {
  const requests = (cpu: string) => ({ requests: { cpu } });
  const container = (name: string, cpu: string, more: object = {}) => ({
    name,
    resources: requests(cpu),
    ...more,
  });
  const state = (declaredFeatures: readonly string[]) =>
    new FakeState([{ ...node(), status: { declaredFeatures } }]);
  const update = (spec: object, was: object, features: readonly string[], generation = 2) =>
    statusOf(
      admit(nodeDeclaredFeatureValidator, pods, {
        object: pod('a', { nodeName: 'n1', ...spec }, { generation }),
        old: pod('a', { nodeName: 'n1', ...was }, { generation: 1 }),
        state: state(features),
        subresource: 'resize',
      }),
    );

  it('lets through what every node knows', async () => {
    const sidecar = (cpu: string) => ({ initContainers: [container('s', cpu, { restartPolicy: 'Always' })] });
    expect((await update(sidecar('2'), sidecar('1'), [])).message).toBe('');
    expect((await update({ resources: requests('1') }, { resources: requests('1') }, [])).message).toBe('');
    expect((await update({ resources: requests('2') }, {}, [], 1)).message).toBe('');
  });

  it('names what the node does not declare', async () => {
    const next = { resources: requests('2'), initContainers: [container('i', '2')] };
    const was = { resources: requests('1'), initContainers: [container('i', '1')] };
    const [level, init] = [
      'InPlacePodLevelResourcesVerticalScaling',
      'InPlacePodVerticalScalingInitContainers',
    ];
    expect((await update(next, was, [])).message).toBe(
      `pods "a" is forbidden: pod update requires features ${level}, ${init} which are not available on node "n1"`,
    );
    expect((await update(next, was, [level])).message).toContain(`requires features ${init} which`);
    expect((await update(next, was, [level, init])).message).toBe('');
  });
});

describe('PodTopologyLabels', () => {
  const state = new FakeState([node({ 'topology.kubernetes.io/zone': 'z1', other: 'x' })]);

  it('go from the node to what is bound to it', async () => {
    const binding = { kind: 'Binding', metadata: { name: 'a' }, target: { kind: 'Node', name: 'n1' } };
    const bound = await admit(podTopologyLabels, pods, { object: binding, state, subresource: 'binding' });
    expect(bound.object.metadata.labels).toEqual({ 'topology.kubernetes.io/zone': 'z1' });
    const made = await admit(podTopologyLabels, pods, {
      object: pod('a', { nodeName: 'n1' }, { labels: { 'topology.kubernetes.io/zone': 'mine', app: 'a' } }),
      state,
    });
    expect(made.object.metadata.labels).toEqual({ 'topology.kubernetes.io/zone': 'z1', app: 'a' });
  });
});

describe('a service account that limits Secrets', () => {
  const state = new FakeState([
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        name: 'default',
        namespace: 'ns',
        annotations: { 'kubernetes.io/enforce-mountable-secrets': 'true' },
      },
      secrets: [{ name: 'known' }],
    },
  ]);
  const message = async (spec: object): Promise<string | undefined> =>
    (await statusOf(admit(createServiceAccountPlugin(Date.now), pods, { object: pod('a', spec), state })))
      .message;

  it('lets its pods use no others', async () => {
    expect(await message({ volumes: [{ name: 'v', secret: { secretName: 'known' } }] })).toBe('');
    expect(await message({ volumes: [{ name: 'v', secret: { secretName: 'other' } }] })).toBe(
      'pods "a" is forbidden: volume with secret.secretName="other" is not allowed because service account default does not reference that secret',
    );
    const env = [{ name: 'E', valueFrom: { secretKeyRef: { name: 'other', key: 'k' } } }];
    expect(await message({ containers: [{ name: 'a', env }] })).toContain(
      'container a with envVar E referencing secret.secretName="other" is not allowed',
    );
    expect(await message({ imagePullSecrets: [{ name: 'pull' }] })).toContain(
      'imagePullSecrets[0].name="pull" is not allowed',
    );
  });
});

describe('merged tolerations', () => {
  it('leave out what another one covers', () => {
    const all = { operator: 'Exists' };
    const one = { key: 'a', operator: 'Equal', value: 'b', effect: 'NoSchedule' };
    expect(mergeTolerations([one, all])).toEqual([all]);
    expect(mergeTolerations([one, one])).toEqual([one]);
    const short = { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 };
    const long = { ...short, tolerationSeconds: 10 };
    expect(mergeTolerations([short, long])).toEqual([long]);
    const other = { ...one, value: 'c' };
    expect(mergeTolerations([one, other])).toEqual([one, other]);
  });

  it('are a pod’s own when there is nothing to merge', () => {
    const { spec } = pod('a') as unknown as Pod;
    expect(mergeTolerations(spec.tolerations ?? [])).toEqual([]);
  });
});
