import type { Ingress, Node, PersistentVolumeClaim, Pod } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { admit, FakeState, kindOf, pod, statusOf } from '../auth/testing/fakes.ts';
import { defaultIngressClass } from './default-ingress-class.ts';
import { createDefaultTolerationSeconds } from './default-toleration-seconds.ts';
import { priority } from './priority.ts';
import { runtimeClass } from './runtime-class.ts';
import { defaultStorageClass, persistentVolumeClaimResize, storageObjectInUseProtection } from './storage.ts';
import { taintNodesByCondition } from './taint-nodes.ts';

const pods = kindOf('pods');
const claims = kindOf('persistentvolumeclaims');
const claim = (spec: object = {}, status: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'ns' },
  spec,
  status,
});
const storageClass = (name: string, created: string, over: object = {}): object => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name,
    creationTimestamp: created,
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  ...over,
});

describe('DefaultStorageClass', () => {
  const state = new FakeState([
    storageClass('old', '2020-01-01T00:00:00Z'),
    storageClass('new', '2021-01-01T00:00:00Z'),
  ]);
  const run = async (spec: object): Promise<string | undefined> =>
    (
      (await admit(defaultStorageClass, claims, { object: claim(spec), state }))
        .object as unknown as PersistentVolumeClaim
    ).spec.storageClassName;

  it('picks the newest default and respects an empty class', async () => {
    expect(await run({})).toBe('new');
    expect(await run({ storageClassName: '' })).toBe('');
  });
});

describe('PersistentVolumeClaimResize', () => {
  const sized = (storage: string, phase: string): object =>
    claim({ storageClassName: 'c', resources: { requests: { storage } } }, { phase });
  const run = (from: string, to: string, phase: string, allowVolumeExpansion: boolean) =>
    statusOf(
      admit(persistentVolumeClaimResize, claims, {
        object: sized(to, phase),
        old: sized(from, phase),
        state: new FakeState([storageClass('c', '2020-01-01T00:00:00Z', { allowVolumeExpansion })]),
      }),
    );

  it('grows only what is bound and can grow', async () => {
    expect((await run('1Gi', '2Gi', 'Bound', true)).message).toBe('');
    expect((await run('1Gi', '1024Mi', 'Pending', false)).message).toBe('');
    expect((await run('1Gi', '2Gi', 'Pending', true)).message).toContain(
      'Only bound persistent volume claims',
    );
    expect((await run('1Gi', '2Gi', 'Bound', false)).message).toContain(
      'only dynamically provisioned pvc can be resized',
    );
  });
});

it('StorageObjectInUseProtection adds its finalizer once', async () => {
  const once = (await admit(storageObjectInUseProtection, claims, { object: claim() })).object;
  const twice = (await admit(storageObjectInUseProtection, claims, { object: once })).object;
  expect(twice.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
});

it('TaintNodesByCondition taints a new node once', async () => {
  const nodes = kindOf('nodes');
  const object = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } };
  const once = (await admit(taintNodesByCondition, nodes, { object })).object;
  const twice = (await admit(taintNodesByCondition, nodes, { object: once })).object as unknown as Node;
  expect(twice.spec?.taints).toEqual([{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }]);
});

it('DefaultTolerationSeconds leaves own tolerations alone', async () => {
  const own = {
    key: 'node.kubernetes.io/not-ready',
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 1,
  };
  const tolerations = async (list: object[]): Promise<unknown> =>
    (
      (await admit(createDefaultTolerationSeconds(), pods, { object: pod('a', { tolerations: list }) }))
        .object as unknown as Pod
    ).spec.tolerations;
  const unreachable = { ...own, key: 'node.kubernetes.io/unreachable', tolerationSeconds: 300 };
  expect(await tolerations([own])).toEqual([own, unreachable]);
  expect(await tolerations([{ operator: 'Exists' }])).toEqual([{ operator: 'Exists' }]);
});

it('DefaultIngressClass picks the default class', async () => {
  const state = new FakeState([
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
    },
  ]);
  const object = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'i' }, spec: {} };
  const made = await admit(defaultIngressClass, kindOf('ingresses', 'networking.k8s.io'), { object, state });
  expect((made.object as unknown as Ingress).spec?.ingressClassName).toBe('nginx');
});

describe('Priority', () => {
  const classOf = (name: string, value: number, over: object = {}): object => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    ...over,
  });
  const state = new FakeState([
    classOf('high', 1000, { preemptionPolicy: 'Never' }),
    classOf('std', 5, { globalDefault: true }),
  ]);
  const run = async (spec: object, from = state): Promise<Pod> =>
    (await admit(priority, pods, { object: pod('a', spec), state: from })).object as unknown as Pod;

  it('resolves the class, the default one, or zero', async () => {
    expect((await run({ priorityClassName: 'high' })).spec).toMatchObject({
      priority: 1000,
      preemptionPolicy: 'Never',
    });
    expect((await run({})).spec).toMatchObject({ priority: 5, priorityClassName: 'std' });
    expect((await run({}, new FakeState())).spec).toMatchObject({
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
    });
  });

  it('refuses unknown classes, other numbers, and a second default', async () => {
    expect((await statusOf(run({ priorityClassName: 'x' }))).message).toBe(
      'pods "a" is forbidden: no PriorityClass with name x was found',
    );
    expect((await statusOf(run({ priorityClassName: 'high', priority: 7 }))).message).toContain(
      'the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 1000',
    );
    const object = classOf('second', 1, { globalDefault: true });
    const second = admit(priority, kindOf('priorityclasses', 'scheduling.k8s.io'), { object, state });
    expect((await statusOf(second)).message).toContain('PriorityClass std is already marked as default');
  });
});

describe('RuntimeClass', () => {
  const state = new FakeState([
    {
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'vm' },
      handler: 'vm',
      overhead: { podFixed: { memory: '64Mi' } },
      scheduling: { nodeSelector: { vm: 'yes' }, tolerations: [{ key: 'vm', operator: 'Exists' }] },
    },
  ]);
  const run = async (spec: object): Promise<Pod> =>
    (await admit(runtimeClass, pods, { object: pod('a', spec), state })).object as unknown as Pod;

  it('adds overhead and scheduling', async () => {
    expect((await run({ runtimeClassName: 'vm' })).spec).toMatchObject({
      overhead: { memory: '64Mi' },
      nodeSelector: { vm: 'yes' },
      tolerations: [{ key: 'vm', operator: 'Exists' }],
    });
    await run({ runtimeClassName: 'vm', overhead: { memory: String(64 * 1024 * 1024) } });
  });

  it('takes an empty overhead for none where it has one, and for one where it has not', async () => {
    const { spec } = await run({ runtimeClassName: 'vm', overhead: {} });
    expect(spec.overhead).toEqual({ memory: '64Mi' });
    expect((await statusOf(run({ overhead: {} }))).message).toContain('without corresponding RuntimeClass');
  });

  it('refuses what contradicts it', async () => {
    expect((await statusOf(run({ runtimeClassName: 'x' }))).message).toContain('RuntimeClass "x" not found');
    expect((await statusOf(run({ runtimeClassName: 'vm', overhead: { cpu: '1' } }))).message).toContain(
      "doesn't match",
    );
    expect((await statusOf(run({ overhead: { cpu: '1' } }))).message).toContain(
      'without corresponding RuntimeClass',
    );
    expect((await statusOf(run({ runtimeClassName: 'vm', nodeSelector: { vm: 'no' } }))).message).toContain(
      'conflict:',
    );
  });
});
