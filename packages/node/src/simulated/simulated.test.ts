import { describe, expect, it } from 'vitest';
import { testPod } from '../kubelet/testing.ts';
import { nodeConditions, withForeignResources } from '../node/node-object.ts';
import { nodeStatusPatch } from '../node/registration.ts';
import { addressAt, freeSubnet, parseCidr } from '../pod-network/ipv4.ts';
import { simulatedStatus } from './pod-status.ts';

const GOOD = { problem: undefined, diskFull: false };

describe('a simulated pod', () => {
  const facts = { hostIp: '10.0.0.1', podIp: '10.1.0.2', now: 0, finished: false };
  const pod = testPod({ initContainers: [{ name: 'i' }], containers: [{ name: 'a', image: 'x' }] });

  it('is Running and Ready at once', () => {
    const status = simulatedStatus(pod, facts);
    expect(status).toMatchObject({ phase: 'Running', podIP: '10.1.0.2' });
    expect(status.conditions?.every((condition) => condition.status === 'True')).toBe(true);
    expect(status.initContainerStatuses?.[0]?.state?.terminated?.exitCode).toBe(0);
  });

  it('succeeds when it is told to', () => {
    const status = simulatedStatus(
      { ...pod, status: simulatedStatus(pod, facts) },
      { ...facts, now: 5000, finished: true },
    );
    expect(status.phase).toBe('Succeeded');
    expect(status.containerStatuses?.[0]?.state?.terminated).toMatchObject({
      exitCode: 0,
      startedAt: '1970-01-01T00:00:00Z',
      finishedAt: '1970-01-01T00:00:05Z',
    });
  });

  it('shows the size that a simulated pod is asked to have', () => {
    const resources = { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '1Gi' } };
    const sized = testPod({ containers: [{ name: 'a', resources }], resources });
    expect(simulatedStatus(sized, facts)).toMatchObject({
      allocatedResources: resources.requests,
      resources,
      containerStatuses: [{ allocatedResources: resources.requests, resources }],
    });
  });
});

describe('address ranges', () => {
  it('are handed out in order and run out', () => {
    const cluster = parseCidr('10.244.0.0/23');
    expect(freeSubnet(cluster, 24, new Set(['10.244.0.0/24']))).toBe('10.244.1.0/24');
    expect(freeSubnet(cluster, 24, new Set(['10.244.0.0/24', '10.244.1.0/24']))).toBeUndefined();
    expect(addressAt(cluster, 257)).toBe('10.244.1.1');
    expect(() => parseCidr('10.0.0.0/33')).toThrow('not an IPv4 range');
  });
});

describe('node status', () => {
  it('leaves resources that others have written, and drops what they took back', () => {
    const own = { capacity: { cpu: '2' }, allocatable: { cpu: '2' } };
    const lamp = { 'example.com/lamp': '5' };
    const given = withForeignResources(own, { capacity: { cpu: '1', ...lamp } });
    expect(given).toEqual({ capacity: { cpu: '2', ...lamp }, allocatable: { cpu: '2', ...lamp } });
    const taken = withForeignResources(own, { capacity: { cpu: '2' }, allocatable: given.allocatable ?? {} });
    expect(nodeStatusPatch({ capacity: { cpu: '2' }, allocatable: given.allocatable ?? {} }, taken)).toEqual({
      status: { allocatable: { cpu: '2', 'example.com/lamp': null } },
    });
  });

  it('does not change with the heartbeat alone', () => {
    const old = { conditions: nodeConditions([], GOOD, 0) };
    const same = { conditions: nodeConditions(old.conditions, GOOD, 60_000) };
    expect(nodeStatusPatch(old, same)).toBeUndefined();
    const broken = {
      conditions: nodeConditions(old.conditions, { ...GOOD, problem: 'container runtime is down' }, 60_000),
    };
    expect(nodeStatusPatch(old, broken)).toEqual({ status: broken });
    const ready = broken.conditions.find(({ type }) => type === 'Ready');
    expect(ready).toMatchObject({ status: 'False', lastTransitionTime: '1970-01-01T00:01:00Z' });
  });
});
