import type { Pod } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { podStatus } from './pod-status.ts';
import type { RuntimePod } from './runtime-state.ts';
import { statusPatch } from './status-writer.ts';
import { testContainer, testPod, testRuntime } from './testing.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

const compute = (pod: Pod, runtime: RuntimePod, more: Partial<Parameters<typeof podStatus>[1]> = {}) =>
  podStatus(pod, {
    runtime,
    startErrors: new Map(),
    terminationMessages: new Map(),
    kind: 'containerd',
    started: () => true,
    ready: () => true,
    hostIp: '10.0.0.1',
    now: NOW,
    startTimeMs: NOW,
    applied: pod,
    resize: [],
    actual: () => undefined,
    ...more,
  });
const conditions = (status: ReturnType<typeof compute>) =>
  Object.fromEntries((status.conditions ?? []).map(({ type, status: value }) => [type, value]));

describe('phase', () => {
  const pod = (restartPolicy: string) => testPod({ restartPolicy, containers: [{ name: 'a' }] });
  const ended = (exitCode: number) => testRuntime([testContainer('a', 'CONTAINER_EXITED', { exitCode })]);
  it.each([
    ['Always', testRuntime([], []), 'Pending'],
    ['Always', testRuntime([testContainer('a', 'CONTAINER_RUNNING')]), 'Running'],
    ['Always', ended(1), 'Running'],
    ['OnFailure', ended(0), 'Succeeded'],
    ['OnFailure', ended(1), 'Running'],
    ['Never', ended(1), 'Failed'],
  ])('restartPolicy %s', (policy, runtime, phase) => {
    expect(compute(pod(policy), runtime).phase).toBe(phase);
  });

  it('is never left once it is terminal', () => {
    const done = { ...pod('Never'), status: { phase: 'Succeeded' } };
    expect(compute(done, testRuntime([], [])).phase).toBe('Succeeded');
  });

  it('is Pending while init containers run', () => {
    const waiting = testPod({ initContainers: [{ name: 'i' }], containers: [{ name: 'a' }] });
    const status = compute(waiting, testRuntime([testContainer('i', 'CONTAINER_RUNNING')]));
    expect(status.phase).toBe('Pending');
    expect(status.containerStatuses?.[0]?.state).toEqual({ waiting: { reason: 'PodInitializing' } });
    expect(conditions(status).Initialized).toBe('False');
  });
});

describe('conditions', () => {
  const pod = testPod({
    containers: [{ name: 'a' }],
    readinessGates: [{ conditionType: 'example.com/gate' }],
  });
  const running = testRuntime([testContainer('a', 'CONTAINER_RUNNING')]);

  it('wait for readiness gates', () => {
    const status = compute(pod, running);
    expect(conditions(status)).toMatchObject({
      Ready: 'False',
      ContainersReady: 'True',
      PodReadyToStartContainers: 'True',
    });
    expect(status.conditions?.find(({ type }) => type === 'Ready')?.message).toBe(
      'corresponding condition of pod readiness gate "example.com/gate" does not exist.',
    );
    const open = { ...pod, status: { conditions: [{ type: 'example.com/gate', status: 'True' }] } };
    expect(conditions(compute(open, running)).Ready).toBe('True');
  });

  it('keep the time of their last change', () => {
    const old = { type: 'ContainersReady', status: 'True', lastTransitionTime: '2020-01-01T00:00:00Z' };
    const status = compute({ ...pod, status: { conditions: [old] } }, running);
    expect(status.conditions?.find(({ type }) => type === 'ContainersReady')?.lastTransitionTime).toBe(
      '2020-01-01T00:00:00Z',
    );
  });

  it('name the containers that are not ready', () => {
    const status = compute(pod, running, { ready: () => false });
    expect(status.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [a]',
    });
  });
});

describe('container statuses', () => {
  const pod = testPod({ containers: [{ name: 'a', image: 'busybox:1.35' }] });

  it('show why a container waits, with its last end', () => {
    const runtime = testRuntime([testContainer('a', 'CONTAINER_EXITED', { exitCode: 7, attempt: 2 })]);
    const startErrors = new Map([['a', { reason: 'CrashLoopBackOff', message: 'back-off 20s' }]]);
    const [status] =
      compute(pod, runtime, { startErrors, terminationMessages: new Map([['a-2', 'last words']]) })
        .containerStatuses ?? [];
    expect(status).toMatchObject({
      restartCount: 2,
      ready: false,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 7, message: 'last words', reason: 'Error' } },
    });
  });

  it('show the attempt before as the last state', () => {
    const runtime = testRuntime([
      testContainer('a', 'CONTAINER_RUNNING', { attempt: 1 }),
      testContainer('a', 'CONTAINER_EXITED', { exitCode: 1 }),
    ]);
    const [status] = compute(pod, runtime).containerStatuses ?? [];
    expect(status?.restartCount).toBe(1);
    expect(status?.lastState?.terminated?.containerID).toBe('containerd://a-0');
  });
});

describe('status patch', () => {
  const pod = testPod({ containers: [{ name: 'a' }] });
  const running = testRuntime([testContainer('a', 'CONTAINER_RUNNING')]);

  it('is nothing when nothing differs', () => {
    const status = compute(pod, running);
    expect(statusPatch(pod, status)).toMatchObject({ metadata: { uid: 'u' } });
    expect(statusPatch({ ...pod, status }, status)).toBeUndefined();
  });

  it('replaces addresses and leaves other writers’ conditions alone', () => {
    const status = compute(pod, running);
    const foreign = { type: 'DisruptionTarget', status: 'True' };
    const old = {
      ...status,
      podIP: '10.9.9.9',
      podIPs: [{ ip: '10.9.9.9' }],
      conditions: [...(status.conditions ?? []), foreign],
    };
    expect(statusPatch({ ...pod, status: old }, status)).toEqual({
      metadata: { uid: 'u' },
      status: { podIP: '10.1.1.1', podIPs: [{ ip: '10.1.1.1' }, { $patch: 'replace' }] },
    });
  });
});
