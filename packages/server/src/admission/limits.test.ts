import type { Pod } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { admit, FakeState, kindOf, pod, statusOf } from '../auth/testing/fakes.ts';
import { limitRanger } from './limit-ranger.ts';
import { createResourceQuota } from './resource-quota.ts';

const pods = kindOf('pods');
const sized = (name: string, requests: object = {}, limits: object = {}): ReturnType<typeof pod> =>
  pod(name, { containers: [{ name: 'a', resources: { requests, limits } }] });

describe('LimitRanger', () => {
  const range = (...limits: object[]): FakeState =>
    new FakeState([
      { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'r', namespace: 'ns' }, spec: { limits } },
    ]);

  it('fills in what a container leaves out and says so', async () => {
    const state = range({
      type: 'Container',
      default: { cpu: '1' },
      defaultRequest: { cpu: '100m', memory: '1Mi' },
    });
    const { object } = await admit(limitRanger, pods, { object: sized('a', { memory: '5Mi' }), state });
    const made = object as unknown as Pod;
    expect(made.spec.containers[0]?.resources).toEqual({
      requests: { memory: '5Mi', cpu: '100m' },
      limits: { cpu: '1' },
    });
    expect(made.metadata.annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu request for container a; cpu limit for container a',
    });
  });

  it.each([
    [
      { type: 'Container', max: { cpu: '1' } },
      {},
      { cpu: '2' },
      'maximum cpu usage per Container is 1, but limit is 2',
    ],
    [
      { type: 'Container', max: { cpu: '1' } },
      {},
      {},
      'maximum cpu usage per Container is 1.  No limit is specified',
    ],
    [
      { type: 'Container', min: { memory: '1Gi' } },
      { memory: '5Mi' },
      {},
      'minimum memory usage per Container is 1Gi, but request is 5Mi',
    ],
    [{ type: 'Pod', min: { cpu: '1' } }, {}, {}, 'minimum cpu usage per Pod is 1.  No request is specified'],
    [
      { type: 'Container', maxLimitRequestRatio: { cpu: '2' } },
      { cpu: '100m' },
      { cpu: '300m' },
      'cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000',
    ],
  ])('%j refuses', async (item, requests, limits, text) => {
    const { message } = await statusOf(
      admit(limitRanger, pods, { object: sized('a', requests, limits), state: range(item) }),
    );
    expect(message).toBe(`pods "a" is forbidden: ${text}`);
  });

  it('holds claims to the storage bounds', async () => {
    const object = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'd' },
      spec: { resources: { requests: { storage: '5Gi' } } },
    };
    const state = range({ type: 'PersistentVolumeClaim', max: { storage: '2Gi' } });
    expect(
      (await statusOf(admit(limitRanger, kindOf('persistentvolumeclaims'), { object, state }))).message,
    ).toContain('maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 5Gi');
  });
});

describe('ResourceQuota', () => {
  const quota = (hard: object, spec: object = {}): object => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'q', namespace: 'ns' },
    spec: { hard, ...spec },
  });
  const clock = { now: 0 };
  const setUp = () => createResourceQuota(() => clock.now);

  it('counts what the state holds, a set being applied included', async () => {
    const state = new FakeState([quota({ pods: '1' })]);
    const plugin = setUp();
    await admit(plugin, pods, { object: pod('a'), state, dryRun: true });
    state.objects.push(pod('a'));
    expect(await statusOf(admit(plugin, pods, { object: pod('b'), state }))).toMatchObject({
      code: 403,
      message: 'pods "b" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
    });
  });

  it('sees creates of the same moment that do not show yet, and forgets them if they never do', async () => {
    const state = new FakeState([quota({ 'count/pods': '1' })]);
    const plugin = setUp();
    await admit(plugin, pods, { object: pod('a'), state });
    expect((await statusOf(admit(plugin, pods, { object: pod('b'), state }))).code).toBe(403);
    clock.now += 60_000;
    await admit(plugin, pods, { object: pod('b'), state });
  });

  it('adds up amounts and wants each container to name them', async () => {
    const state = new FakeState([
      quota({ 'requests.cpu': '1', 'limits.memory': '1Gi' }),
      sized('a', { cpu: '700m' }),
    ]);
    expect((await statusOf(admit(setUp(), pods, { object: sized('b', { cpu: '1' }), state }))).message).toBe(
      'pods "b" is forbidden: failed quota: q: must specify limits.memory for: a',
    );
    const object = sized('b', { cpu: '500m' }, { memory: '1Mi' });
    expect((await statusOf(admit(setUp(), pods, { object, state }))).message).toBe(
      'pods "b" is forbidden: exceeded quota: q, requested: requests.cpu=500m, used: requests.cpu=700m, limited: requests.cpu=1',
    );
  });

  it('does not count finished pods, nor pods outside its scope', async () => {
    const done = { ...pod('done'), status: { phase: 'Succeeded' } };
    await admit(setUp(), pods, { object: pod('a'), state: new FakeState([quota({ pods: '1' }), done]) });
    const scoped = new FakeState([quota({ pods: '0' }, { scopes: ['NotBestEffort'] })]);
    await admit(setUp(), pods, { object: pod('a'), state: scoped });
    expect(
      (await statusOf(admit(setUp(), pods, { object: sized('b', { cpu: '1' }), state: scoped }))).code,
    ).toBe(403);
  });

  it('counts node ports, and only what an update adds', async () => {
    const service = (name: string, ports: number): object => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'ns', uid: name },
      spec: { type: 'NodePort', ports: Array.from({ length: ports }, (_, port) => ({ port: port + 1 })) },
    });
    const state = new FakeState([quota({ 'services.nodeports': '3' }), service('a', 2)]);
    const services = kindOf('services');
    await admit(setUp(), services, { object: service('a', 3), old: service('a', 2), state });
    expect(
      (await statusOf(admit(setUp(), services, { object: service('a', 4), old: service('a', 2), state })))
        .message,
    ).toContain('requested: services.nodeports=2, used: services.nodeports=2, limited: services.nodeports=3');
  });
});
