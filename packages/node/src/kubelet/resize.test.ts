import type { Container, Pod } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import type { ContainerStatus } from '../cri/types.ts';
import { computeActions } from './actions.ts';
import type { Rejection } from './admission.ts';
import type { KubeletContext } from './context.ts';
import { SIZING } from './labels.ts';
import { PodSizes } from './pod-sizes.ts';
import { podStatus } from './pod-status.ts';
import { resizePod } from './resize.ts';
import type { RuntimePod } from './runtime-state.ts';
import { sizingOf } from './sizes.ts';
import { statusPatch } from './status-writer.ts';
import { testContainer, testPod, testRuntime } from './testing.ts';

const sized = (cpu: string, more: Partial<Container> = {}): Container => ({
  name: 'a',
  resources: { requests: { cpu } },
  ...more,
});

function podWith(container: Container, generation = 1, resources?: Pod['spec']['resources']): Pod {
  const pod = testPod({ containers: [container], ...(resources === undefined ? {} : { resources }) });
  return { ...pod, metadata: { ...pod.metadata, generation } };
}

function running(pod: Pod): RuntimePod {
  const containers = pod.spec.containers.map((container): ContainerStatus => {
    const made = testContainer(container.name, 'CONTAINER_RUNNING');
    const sizing = JSON.stringify(sizingOf(pod, container));
    return { ...made, annotations: { ...made.annotations, [SIZING]: sizing } };
  });
  return testRuntime(containers);
}

/** A node of which the calls to the runtime and the kernel are written down. */
function node(options: { readonly memoryUsed?: number; readonly refuses?: Rejection } = {}) {
  const calls: string[] = [];
  const events: string[] = [];
  const context = {
    config: { memoryCapacityBytes: 2 ** 30, restrictOomScoreAdj: true },
    clock: { now: () => 0 },
    events: { event: (_: unknown, __: string, reason: string) => events.push(reason) },
    cri: {
      updateContainerResources: (id: string, linux: { cpuShares: string; memoryLimitInBytes: string }) =>
        Promise.resolve(calls.push(`${id} ${linux.cpuShares} ${linux.memoryLimitInBytes}`)),
      listContainerStats: () =>
        Promise.resolve([
          { attributes: { id: 'a-0' }, memory: { usageBytes: { value: String(options.memoryUsed ?? 0) } } },
        ]),
    },
    cgroups: {
      create: () => Promise.resolve(calls.push('pod')),
      memoryUsed: () => Promise.resolve(options.memoryUsed ?? 0),
    },
  } as unknown as KubeletContext;
  const run = async (pod: Pod, runtime: RuntimePod, sizes: PodSizes): Promise<string | undefined> => {
    sizes.decide(context, pod, () => options.refuses);
    const granted = sizes.granted(pod);
    const error = await resizePod(context, granted, runtime, sizes);
    sizes.settle(context, granted, error);
    return error;
  };
  return { context, calls, events, run };
}

const statusOf = (pod: Pod, runtime: RuntimePod, sizes: PodSizes) =>
  podStatus(sizes.granted(pod), {
    runtime,
    startErrors: new Map(),
    terminationMessages: new Map(),
    kind: 'containerd',
    started: () => true,
    ready: () => true,
    hostIp: '10.0.0.1',
    now: 0,
    startTimeMs: 0,
    applied: sizes.applied ?? sizes.granted(pod),
    resize: sizes.conditions(),
    actual: (container) => sizes.actual(container),
  });

it('sets the resources of a running container when the spec changes, once', async () => {
  const { calls, events, run } = node();
  const [before, after] = [podWith(sized('20m')), podWith(sized('100m'), 2)];
  const [runtime, sizes] = [running(before), new PodSizes()];
  await run(before, runtime, sizes);
  expect([calls, events]).toEqual([[], []]);
  await run(after, runtime, sizes);
  await run(after, runtime, sizes);
  expect(calls).toEqual(['pod', 'a-0 102 0', 'pod']);
  expect(events).toEqual(['ResizeStarted', 'ResizeCompleted']);
  expect(statusOf(after, runtime, sizes)).toMatchObject({
    allocatedResources: { cpu: '100m' },
    resources: { requests: { cpu: '100m' } },
    containerStatuses: [{ allocatedResources: { cpu: '100m' }, resources: { requests: { cpu: '100m' } } }],
  });
});

it('goes on with what it has while the node has no room, and says so', async () => {
  const refuses = { reason: 'OutOfcpu', message: 'no room' };
  const { calls, events, run } = node({ refuses });
  const [before, after] = [podWith(sized('20m')), podWith(sized('9'), 2)];
  const [runtime, sizes] = [running(before), new PodSizes()];
  await run(before, runtime, sizes);
  await run(after, runtime, sizes);
  await run(after, runtime, sizes);
  expect([calls, events]).toEqual([[], ['ResizeDeferred']]);
  const status = statusOf(after, runtime, sizes);
  expect(status.conditions?.at(-1)).toMatchObject({
    type: 'PodResizePending',
    status: 'True',
    reason: 'Deferred',
    message: 'no room',
    observedGeneration: 2,
  });
  expect(status.containerStatuses?.[0]).toMatchObject({ allocatedResources: { cpu: '20m' } });
  // An agent that is started anew reads there what it has granted, and what waits.
  const reborn = new PodSizes();
  expect(reborn.granted({ ...after, status }).spec.containers[0]?.resources?.requests).toEqual({
    cpu: '20m',
  });
  expect(reborn.isPending).toBe(true);
  // Asked for no longer, it is off the status as well.
  await run(before, runtime, sizes);
  const patch = statusPatch({ ...before, status }, statusOf(before, runtime, sizes));
  expect(patch).toMatchObject({
    status: { conditions: expect.arrayContaining([{ type: 'PodResizePending', $patch: 'delete' }]) },
  });
});

it('leaves memory alone that is in use', async () => {
  const { calls, events, run } = node({ memoryUsed: 5000 });
  const limited = (memory: string, generation: number) =>
    podWith({ name: 'a', resources: { limits: { memory }, requests: { memory } } }, generation);
  const [before, after] = [limited('1Mi', 1), limited('4000', 2)];
  const [runtime, sizes] = [running(before), new PodSizes()];
  await run(before, runtime, sizes);
  expect(await run(after, runtime, sizes)).toBe(
    'cannot decrease memory limits: [attempting to set pod memory limit (4000) below current usage (5000), ' +
      'attempting to set container "a" memory limit (4000) below current usage (5000)]',
  );
  expect([calls, events]).toEqual([[], ['ResizeStarted', 'ResizeError']]);
  expect(statusOf(after, runtime, sizes).conditions?.at(-1)).toMatchObject({
    type: 'PodResizeInProgress',
    reason: 'Error',
  });
  expect(
    await run({ ...before, metadata: { ...before.metadata, generation: 3 } }, runtime, sizes),
  ).toBeUndefined();
  expect(sizes.conditions()).toEqual([]);
});

it('is not held up by memory in use when it sets again what an agent before it has set', async () => {
  const { calls, events, run } = node({ memoryUsed: 5000 });
  const limited = (memory: string) => podWith({ name: 'a', resources: { limits: { memory } } });
  // Made with more; since then its cache has filled what it was shrunk to.
  expect(await run(limited('5000'), running(limited('1Mi')), new PodSizes())).toBeUndefined();
  expect([calls, events]).toEqual([['pod', 'a-0 2 5000', 'pod'], []]);
});

describe('resources of the pod as a whole', () => {
  it('are set on its cgroup, and on containers that have no limit of their own', async () => {
    const { calls, run } = node();
    const level = (memory: string) => ({ requests: { memory }, limits: { memory } });
    const [before, after] = [
      podWith({ name: 'a' }, 1, level('1Mi')),
      podWith({ name: 'a' }, 2, level('2Mi')),
    ];
    const [runtime, sizes] = [running(before), new PodSizes()];
    await run(before, runtime, sizes);
    await run(after, runtime, sizes);
    expect(calls).toEqual(['pod', 'a-0 2 2097152', 'pod']);
    expect(statusOf(after, runtime, sizes)).toMatchObject({
      allocatedResources: { memory: '2Mi' },
      resources: { requests: { memory: '2Mi' }, limits: { memory: '2Mi' } },
    });
  });

  it('are set though no container changes', async () => {
    const { calls, run } = node();
    const own = sized('10m', { resources: { requests: { cpu: '10m' }, limits: { cpu: '20m' } } });
    const level = (cpu: string) => ({ requests: { cpu }, limits: { cpu } });
    const [before, after] = [podWith(own, 1, level('30m')), podWith(own, 2, level('40m'))];
    const [runtime, sizes] = [running(before), new PodSizes()];
    await run(before, runtime, sizes);
    await run(after, runtime, sizes);
    expect(calls).toEqual(['pod', 'pod']);
  });
});

it.each([
  ['cpu', true],
  ['memory', false],
])('starts a container anew when its rule for %s says so', (resourceName, restarts) => {
  const rule = { resizePolicy: [{ resourceName, restartPolicy: 'RestartContainer' }] };
  const [before, after] = [podWith(sized('20m', rule)), podWith(sized('30m', rule), 2)];
  const [runtime, sizes] = [running(before), new PodSizes()];
  const verdicts = { started: () => true, failed: () => undefined };
  const { kill, start } = computeActions(after, runtime, verdicts, (status) => sizes.actual(status));
  expect(kill.map(({ message }) => message)).toEqual(restarts ? ['Container a resize requires restart'] : []);
  expect(start.map(({ name }) => name)).toEqual(restarts ? ['a'] : []);
});
