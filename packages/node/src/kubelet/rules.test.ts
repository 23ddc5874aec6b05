import { describe, expect, it } from 'vitest';
import { Backoff, goDuration } from './backoff.ts';
import { hostsFile } from './hosts-file.ts';
import { removableContainers } from './housekeeping.ts';
import { oomScoreAdjust, podResources, qosClass } from './qos.ts';
import { amount, milli, whole } from './quantity.ts';
import { podResolvConf } from './resolv-conf.ts';
import { testContainer, testPod, testRuntime } from './testing.ts';

it('reads quantities', () => {
  expect([
    milli('250m'),
    milli('1'),
    milli(0.1),
    whole('64Mi'),
    whole('1e3'),
    amount('x'),
    amount(undefined),
  ]).toEqual([250, 1000, 100, 67_108_864, 1000, 0, 0]);
});

describe('back-off', () => {
  it('doubles up to its maximum and is forgotten', () => {
    const backoff = new Backoff(10_000, 300_000);
    expect(backoff.remaining('k', 0, 0)).toBe(0);
    for (let at = 0; at < 7; at++) backoff.next('k', at);
    expect(backoff.current('k')).toBe(300_000);
    expect(backoff.remaining('k', 10, 20)).toBe(299_990);
    backoff.next('k', 1_000_000);
    expect(backoff.current('k')).toBe(10_000);
    backoff.forget('k');
    expect(backoff.current('k')).toBe(0);
  });

  it('is printed as Go prints durations', () => {
    expect([10_000, 80_000, 300_000, 3_600_000, 1500].map(goDuration)).toEqual([
      '10s',
      '1m20s',
      '5m0s',
      '1h0m0s',
      '1.5s',
    ]);
  });
});

describe('resources', () => {
  const limited = { resources: { limits: { cpu: '1', memory: '1Gi' } } };
  it('decide the QoS class', () => {
    expect(qosClass(testPod({ containers: [{ name: 'a' }] }))).toBe('BestEffort');
    expect(qosClass(testPod({ containers: [{ name: 'a', ...limited }] }))).toBe('Guaranteed');
    expect(qosClass(testPod({ containers: [{ name: 'a', ...limited }, { name: 'b' }] }))).toBe('Burstable');
  });

  it('of the pod as a whole stand above those of its containers', () => {
    const whole = { cpu: '2', memory: '2Gi' };
    const pod = testPod({
      containers: [{ name: 'a', ...limited }, { name: 'b' }],
      resources: { requests: whole, limits: whole },
    });
    expect(qosClass(pod)).toBe('Guaranteed');
    expect(podResources(pod)).toEqual({
      cpuRequestMilli: 2000,
      cpuLimitMilli: 2000,
      memoryLimitBytes: 2 * 2 ** 30,
    });
    const part = testPod({ ...pod.spec, resources: { requests: { memory: '1Gi' } } });
    expect(qosClass(part)).toBe('Burstable');
    // A gibibyte of four, half of it to each of the two.
    const free = testPod({
      containers: [{ name: 'a' }, { name: 'b' }],
      resources: part.spec.resources ?? {},
    });
    expect(oomScoreAdjust(free, { name: 'a' }, 4 * 2 ** 30)).toBe(875);
  });

  it('spare a sidecar as long as any container that it serves', () => {
    const requests = { memory: '2Gi' };
    const sidecar = { name: 's', restartPolicy: 'Always' };
    const pod = testPod({ initContainers: [sidecar], containers: [{ name: 'a', resources: { requests } }] });
    expect(oomScoreAdjust(pod, sidecar, 4 * 2 ** 30)).toBe(500);
  });

  it('limit the pod only when every container is limited', () => {
    expect(podResources(testPod({ containers: [{ name: 'a', ...limited }] })).cpuLimitMilli).toBe(1000);
    expect(
      podResources(testPod({ containers: [{ name: 'a', ...limited }, { name: 'b' }] })).cpuLimitMilli,
    ).toBe(0);
  });

  it('decide who is killed first when memory runs out', () => {
    const score = (pod: ReturnType<typeof testPod>) =>
      oomScoreAdjust(pod, pod.spec.containers[0] ?? { name: 'a' }, 4 * 2 ** 30);
    expect(score(testPod({ containers: [{ name: 'a' }] }))).toBe(1000);
    expect(score(testPod({ containers: [{ name: 'a', ...limited }] }))).toBe(-997);
    expect(score(testPod({ containers: [{ name: 'a', resources: { requests: { memory: '1Gi' } } }] }))).toBe(
      750,
    );
  });
});

describe('name resolution', () => {
  const host = { servers: ['192.0.2.1'], searches: ['example.com'], options: [] };
  const cluster = { dns: '10.96.0.10', domain: 'cluster.local' };
  const conf = (spec: object) => podResolvConf(testPod({ containers: [], ...spec }), host, cluster);

  it('asks the cluster first, the host’s domains last', () => {
    expect(conf({})).toEqual({
      servers: ['10.96.0.10'],
      searches: ['ns.svc.cluster.local', 'svc.cluster.local', 'cluster.local', 'example.com'],
      options: ['ndots:5'],
    });
  });

  it('follows dnsPolicy and dnsConfig', () => {
    expect(conf({ hostNetwork: true })).toEqual(host);
    expect(conf({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }).servers).toEqual(['10.96.0.10']);
    const own = {
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['1.1.1.1'], options: [{ name: 'ndots', value: '2' }] },
    };
    expect(conf(own)).toEqual({ servers: ['1.1.1.1'], searches: [], options: ['ndots:2'] });
    expect(conf({ dnsConfig: { options: [{ name: 'ndots', value: '2' }] } }).options).toEqual(['ndots:2']);
  });
});

it('writes a hosts file with the pod’s names and aliases', async () => {
  const pod = testPod({
    hostname: 'h',
    subdomain: 's',
    containers: [],
    hostAliases: [{ ip: '1.2.3.4', hostnames: ['x', 'y'] }],
  });
  const text = await hostsFile(pod, ['10.1.1.1'], 'cluster.local');
  expect(text).toContain('10.1.1.1\th.s.ns.svc.cluster.local\th\n');
  expect(text).toContain('# Entries added by HostAliases.\n1.2.3.4\tx\ty\n');
});

it('keeps the newest dead container and one before it', () => {
  const attempts = [3, 2, 1, 0].map((attempt) =>
    testContainer('a', 'CONTAINER_EXITED', { attempt, exitCode: 1 }),
  );
  expect(removableContainers(testRuntime(attempts)).map(({ id }) => id)).toEqual(['a-1', 'a-0']);
});
