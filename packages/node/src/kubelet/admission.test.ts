import type { Pod } from '@gantry/api/generated/types';
import { expect, it, test } from 'vitest';
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
