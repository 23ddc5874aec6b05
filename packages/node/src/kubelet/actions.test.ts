import { describe, expect, it } from 'vitest';
import { computeActions } from './actions.ts';
import { testContainer, testPod, testRuntime, testSandbox } from './testing.ts';

const fine = { started: () => true, failed: () => undefined };
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

describe('a pod without init containers', () => {
  const pod = testPod({ containers: [{ name: 'a' }, { name: 'b' }] });

  it('gets a sandbox and all its containers', () => {
    const actions = computeActions(pod, testRuntime([], []), fine);
    expect(actions).toMatchObject({ createSandbox: true, killPod: false, attempt: 0 });
    expect(names(actions.start)).toEqual(['a', 'b']);
  });

  it('keeps what runs and starts what is missing', () => {
    const actions = computeActions(pod, testRuntime([testContainer('a', 'CONTAINER_RUNNING')]), fine);
    expect(actions).toMatchObject({ createSandbox: false, kill: [] });
    expect(names(actions.start)).toEqual(['b']);
  });

  it('starts over when the sandbox is lost', () => {
    const runtime = testRuntime(
      [testContainer('a', 'CONTAINER_EXITED', { exitCode: 137 })],
      [testSandbox('SANDBOX_NOTREADY')],
    );
    expect(computeActions(pod, runtime, fine)).toMatchObject({
      killPod: true,
      createSandbox: true,
      attempt: 1,
    });
  });

  it('restarts a container whose liveness probe failed, and one whose image changed', () => {
    const running = testRuntime([
      testContainer('a', 'CONTAINER_RUNNING'),
      testContainer('b', 'CONTAINER_RUNNING'),
    ]);
    const failing = computeActions(pod, running, {
      ...fine,
      failed: (id) => (id === 'a-0' ? 'liveness' : undefined),
    });
    expect(failing.kill.map(({ message }) => message)).toEqual([
      'Container a failed liveness probe, will be restarted',
    ]);
    expect(names(failing.start)).toEqual(['a']);
    const changed = testPod({ containers: [{ name: 'a', image: 'new' }, { name: 'b' }] });
    expect(computeActions(changed, running, fine).kill.map(({ reason }) => reason)).toEqual(['changed']);
  });
});

describe('restart policies', () => {
  const ended = (exitCode: number) => testRuntime([testContainer('a', 'CONTAINER_EXITED', { exitCode })]);
  it.each([
    ['Always', 0, true],
    ['Always', 1, true],
    ['OnFailure', 0, false],
    ['OnFailure', 1, true],
    ['Never', 1, false],
  ])('%s after exit code %i: restart %s', (restartPolicy, exitCode, restarts) => {
    const actions = computeActions(
      testPod({ restartPolicy, containers: [{ name: 'a' }] }),
      ended(exitCode),
      fine,
    );
    expect(names(actions.start)).toEqual(restarts ? ['a'] : []);
    expect(actions.killPod).toBe(!restarts);
  });

  it('a finished pod is not revived by a lost sandbox', () => {
    const pod = testPod({ restartPolicy: 'Never', containers: [{ name: 'a' }] });
    const runtime = { ...ended(0), sandboxes: [testSandbox('SANDBOX_NOTREADY')] };
    expect(computeActions(pod, runtime, fine)).toMatchObject({
      killPod: true,
      createSandbox: false,
      start: [],
    });
  });
});

describe('init containers', () => {
  const pod = testPod({
    initContainers: [{ name: 'i1' }, { name: 'side', restartPolicy: 'Always' }, { name: 'i2' }],
    containers: [{ name: 'a' }],
  });
  const i1 = testContainer('i1', 'CONTAINER_EXITED', { exitCode: 0 });
  const side = testContainer('side', 'CONTAINER_RUNNING');

  it('run one after the other', () => {
    expect(names(computeActions(pod, testRuntime([], []), fine).startInit)).toEqual(['i1']);
    expect(names(computeActions(pod, testRuntime([i1]), fine).startInit)).toEqual(['side']);
    expect(names(computeActions(pod, testRuntime([i1, side]), fine).startInit)).toEqual(['i2']);
    const i2 = testContainer('i2', 'CONTAINER_EXITED', { exitCode: 0 });
    const last = computeActions(pod, testRuntime([i1, side, i2]), fine);
    expect([names(last.startInit), names(last.start)]).toEqual([[], ['a']]);
  });

  it('wait for a sidecar that has not started', () => {
    const actions = computeActions(pod, testRuntime([i1, side]), { ...fine, started: () => false });
    expect([names(actions.startInit), names(actions.start)]).toEqual([[], []]);
  });

  it('fail the pod when they may not run again', () => {
    const failed = testRuntime([testContainer('i1', 'CONTAINER_EXITED', { exitCode: 1 })]);
    expect(
      computeActions({ ...pod, spec: { ...pod.spec, restartPolicy: 'Never' } }, failed, fine).killPod,
    ).toBe(true);
    expect(names(computeActions(pod, failed, fine).startInit)).toEqual(['i1']);
  });

  it('a sidecar that ended runs again beside the containers', () => {
    const runtime = testRuntime([
      testContainer('a', 'CONTAINER_RUNNING'),
      testContainer('side', 'CONTAINER_EXITED', { exitCode: 0 }),
      i1,
    ]);
    expect(names(computeActions(pod, runtime, fine).startInit)).toEqual(['side']);
  });
});

it('starts an ephemeral container once', () => {
  const pod = testPod({ containers: [{ name: 'a' }], ephemeralContainers: [{ name: 'debug' }] });
  const running = testContainer('a', 'CONTAINER_RUNNING');
  expect(names(computeActions(pod, testRuntime([running]), fine).startEphemeral)).toEqual(['debug']);
  const ended = testContainer('debug', 'CONTAINER_EXITED', { exitCode: 1 });
  expect(names(computeActions(pod, testRuntime([ended, running]), fine).startEphemeral)).toEqual([]);
});
