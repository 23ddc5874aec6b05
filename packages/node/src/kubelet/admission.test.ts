import type { Node, Pod } from '@gantry/api/generated/types';
import { describe, expect, it, test } from 'vitest';
import { admit, isAdmitted } from './admission.ts';
import { podStatus } from './pod-status.ts';
import { statusPatch } from './status-writer.ts';
import { testPod, testRuntime } from './testing.ts';

type Port = NonNullable<Pod['spec']['containers'][0]['ports']>[0];
const withPort = (port: Partial<Port>): Pod =>
  testPod({ containers: [{ name: 'c', ports: [{ containerPort: 80, ...port }] }] });

test.each([
  [{ hostPort: 1 }, { hostPort: 1 }, false],
  [{ hostPort: 1 }, { hostPort: 2 }, true],
  [{ hostPort: 1, protocol: 'UDP' }, { hostPort: 1 }, true],
  [{ hostPort: 1, hostIP: '10.0.0.1' }, { hostPort: 1, hostIP: '10.0.0.2' }, true],
  [{ hostPort: 1, hostIP: '10.0.0.1' }, { hostPort: 1, hostIP: '0.0.0.0' }, false],
  [{ hostPort: 1 }, { hostPort: 1, hostIP: '10.0.0.2' }, false],
  [{}, {}, true],
])('host ports %j beside %j', (port, taken, fits) => {
  expect(admit(withPort(port), [withPort(taken)]) === undefined).toBe(fits);
});

it('ends a pod as Failed with the reason and nothing of a start', () => {
  const pod = withPort({ hostPort: 1 });
  const verdict = admit(pod, [withPort({ hostPort: 1 })]);
  const facts = {
    runtime: testRuntime([], []),
    startErrors: new Map(),
    terminationMessages: new Map(),
    kind: 'containerd',
    started: () => false,
    ready: () => false,
    hostIp: '10.0.0.1',
    now: 0,
    startTimeMs: 0,
    applied: pod,
    resize: [],
    actual: () => undefined,
  };
  const status = podStatus(pod, { ...facts, ...(verdict === undefined ? {} : { rejection: verdict }) });
  expect(status).toEqual({
    phase: 'Failed',
    observedGeneration: 1,
    reason: 'NodePorts',
    message:
      "Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
    qosClass: 'BestEffort',
  });
  const ended = { ...pod, status };
  expect(isAdmitted(ended)).toBe(true);
  // The next agent does not know why, and leaves it alone.
  expect(statusPatch(ended, podStatus(ended, facts))).toBeUndefined();
});

describe('room on the node', () => {
  const node = (allocatable: Record<string, string>): Node => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n' },
    spec: {},
    status: { allocatable },
  });
  const asking = (requests: Record<string, string>, more: Partial<Pod['spec']> = {}): Pod =>
    testPod({ ...more, containers: [{ name: 'c', resources: { requests } }] });
  const small = node({ cpu: '2', memory: '1Gi', pods: '3', 'example.com/lamp': '1' });

  test.each([
    ['all of what is left', asking({ cpu: '1500m' }), [asking({ cpu: '500m' })], undefined],
    [
      'a core too many',
      asking({ cpu: '1501m' }),
      [asking({ cpu: '500m' })],
      "OutOfcpu: Node didn't have enough resource: cpu, requested: 1501, used: 500, capacity: 2000",
    ],
    [
      'memory',
      asking({ memory: '2Gi' }),
      [],
      "OutOfmemory: Node didn't have enough resource: memory, requested: 2147483648, used: 0, capacity: 1073741824",
    ],
    [
      'a device that is taken',
      asking({ 'example.com/lamp': '1' }),
      [asking({ 'example.com/lamp': '1' })],
      "OutOfexample.com/lamp: Node didn't have enough resource: example.com/lamp, requested: 1, used: 1, capacity: 1",
    ],
    ['a device that the node does not know', asking({ 'example.com/bell': '1' }), [], undefined],
    [
      'a place',
      asking({}),
      [asking({}), asking({}), asking({})],
      "OutOfpods: Node didn't have enough resource: pods, requested: 1, used: 3, capacity: 3",
    ],
    ['too much, but it is critical', asking({ cpu: '9' }, { priority: 2_000_001_000 }), [], undefined],
  ])('is asked for %s', (_, pod, others, expected) => {
    const rejection = admit(pod, others, small);
    expect(rejection && `${rejection.reason}: ${rejection.message}`).toBe(expected);
  });

  it.each([
    ['kernel.shm_rmid_forced', {}, undefined],
    ['kernel/shm_rmid_forced', {}, undefined],
    ['kernel.msgmax', {}, 'forbidden sysctl: "kernel.msgmax" not allowlisted'],
    ['toString', {}, 'forbidden sysctl: "toString" not allowlisted'],
    [
      'net.ipv4.tcp_syncookies',
      { hostNetwork: true },
      'forbidden sysctl: "net.ipv4.tcp_syncookies" not allowed with host Net enabled',
    ],
  ])('lets a pod set what is its own alone: %s %j', (name, spec, expected) => {
    const securityContext = { sysctls: [{ name, value: '1' }] };
    const rejection = admit(testPod({ ...spec, securityContext, containers: [{ name: 'c' }] }), []);
    expect(rejection?.message).toBe(expected);
  });

  it('turns down what is for another system', () => {
    expect(admit(testPod({ os: { name: 'windows' }, containers: [{ name: 'c' }] }), [])).toMatchObject({
      reason: 'PodOSNotSupported',
    });
  });
});
