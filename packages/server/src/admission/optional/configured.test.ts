import { describe, expect, it } from 'vitest';
import { admit, FakeState, kindOf, pod, statusOf } from '../../auth/testing/fakes.ts';
import { createEventRateLimit } from './event-rate-limit.ts';
import { createImagePolicy, type ImagePolicyOptions } from './image-policy.ts';
import { createPodTolerationRestriction } from './pod-toleration-restriction.ts';

const pods = kindOf('pods');

describe('EventRateLimit', () => {
  const event = (name: string, component = 'x') => ({
    ...{ apiVersion: 'v1', kind: 'Event', metadata: { name } },
    source: { component },
    involvedObject: { kind: 'Pod', name },
  });
  const events = kindOf('events');

  it('lets through the burst, and more with time', async () => {
    let now = 0;
    const plugin = createEventRateLimit([{ type: 'Namespace', qps: 1, burst: 2 }], () => now);
    const code = async (namespace = 'ns', dryRun = false) =>
      (await statusOf(admit(plugin, events, { object: event('a'), namespace, dryRun }))).code;
    expect([await code(), await code(), await code()]).toEqual([undefined, undefined, 429]);
    expect([await code('other'), await code('ns', true)]).toEqual([undefined, undefined]);
    now = 1_000;
    expect([await code(), await code()]).toEqual([undefined, 429]);
  });

  it('says which limits were reached', async () => {
    const limits = (['Server', 'User', 'SourceAndObject'] as const).map((type) => ({
      ...{ type, qps: 1, burst: 1 },
    }));
    const plugin = createEventRateLimit(limits, () => 0);
    const message = async (component: string) =>
      (await statusOf(admit(plugin, events, { object: event('a', component) }))).message;
    expect(await message('x')).toBe('');
    expect(await message('x')).toBe(
      '[limit reached on type Server for key , limit reached on type User for key alice, limit reached on type SourceAndObject for key xPoda]',
    );
    expect(await message('y')).not.toContain('SourceAndObject');
  });

  it('is for events of the core group alone', () => {
    const plugin = createEventRateLimit([{ type: 'Server', qps: 1, burst: 1 }]);
    expect(plugin.handles(pods, 'CREATE', '')).toBe(false);
    expect(plugin.handles(events, 'DELETE', '')).toBe(false);
  });
});

describe('PodTolerationRestriction', () => {
  const inNamespace = (annotations: Record<string, string>) =>
    new FakeState([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ns', annotations } }]);
  const gpu = { key: 'gpu', operator: 'Exists', effect: 'NoSchedule' };
  const other = { key: 'other', operator: 'Exists' };
  const annotation = (what: string, list: object[]) => ({
    [`scheduler.alpha.kubernetes.io/${what}`]: JSON.stringify(list),
  });
  const plugin = createPodTolerationRestriction({ default: [other as never], whitelist: [other as never] });

  it('gives pods the tolerations of their namespace, else those of the configuration', async () => {
    const own = await admit(plugin, pods, {
      object: pod('a'),
      state: inNamespace({
        ...annotation('defaultTolerations', [gpu]),
        ...annotation('tolerationsWhitelist', []),
      }),
    });
    expect(own.object.spec).toMatchObject({ tolerations: [gpu] });
    const usual = await admit(plugin, pods, { object: pod('a'), state: inNamespace({}) });
    expect(usual.object.spec).toMatchObject({ tolerations: [other] });
  });

  it('lets pods that ask for something stay under memory pressure', async () => {
    const containers = [{ name: 'a', image: 'a', resources: { requests: { cpu: '1' } } }];
    const { object } = await admit(createPodTolerationRestriction(), pods, {
      object: pod('a', { containers }),
      state: inNamespace({}),
    });
    expect(object.spec).toMatchObject({
      tolerations: [{ key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' }],
    });
  });

  it('refuses what the whitelist of namespace or cluster does not cover', async () => {
    const refusal = async (annotations: Record<string, string>) =>
      (
        await statusOf(
          admit(plugin, pods, {
            object: pod('a', { tolerations: [gpu] }),
            state: inNamespace(annotations),
          }),
        )
      ).message;
    const conflict = 'conflict with its';
    expect(await refusal({})).toContain(`${conflict} cluster whitelist`);
    expect(await refusal(annotation('tolerationsWhitelist', [other]))).toContain(
      `${conflict} namespace whitelist`,
    );
    expect(await refusal(annotation('tolerationsWhitelist', [other, { ...gpu, effect: '' }]))).toBe('');
    expect(await refusal({ 'scheduler.alpha.kubernetes.io/tolerationsWhitelist': '{' })).toContain(
      'is no list of tolerations',
    );
  });
});

describe('ImagePolicyWebhook', () => {
  const setUp = (answer: () => unknown, over: Partial<ImagePolicyOptions> = {}) => {
    const asked: unknown[] = [];
    const plugin = createImagePolicy({
      ...{ allowMs: 1_000, denyMs: 0, retryMs: 0, defaultAllow: false, now: () => 0 },
      async post(body) {
        asked.push((JSON.parse(body) as { spec: unknown }).spec);
        return answer();
      },
      ...over,
    });
    return { asked, plugin };
  };
  const image = (name: string) => ({ containers: [{ name: 'a', image: name }] });

  it('tells images, namespace and the annotations that are meant for it, and remembers a yes', async () => {
    const { asked, plugin } = setUp(() => ({ status: { allowed: true } }));
    const object = pod('a', image('nginx'));
    (object as { metadata: { annotations?: object } }).metadata.annotations = {
      'x.image-policy.k8s.io/y': 'z',
      other: 'o',
    };
    await admit(plugin, pods, { object });
    await admit(plugin, pods, { object });
    expect(asked).toEqual([
      {
        containers: [{ image: 'nginx' }],
        annotations: { 'x.image-policy.k8s.io/y': 'z' },
        namespace: 'ns',
      },
    ]);
  });

  it('refuses, with the reason where there is one', async () => {
    let reason = '';
    const { plugin } = setUp(() => ({ status: { allowed: false, reason } }));
    const message = async () =>
      (await statusOf(admit(plugin, pods, { object: pod('a', image('x')) }))).message;
    expect(await message()).toBe('pods "a" is forbidden: one or more images rejected by webhook backend');
    reason = 'old';
    expect(await message()).toBe(
      'pods "a" is forbidden: image policy webhook backend denied one or more images: old',
    );
  });

  it('decides as configured when nobody answers', async () => {
    const fail = (): never => {
      throw new Error('away');
    };
    const object = pod('a', image('x'));
    const refused = await statusOf(admit(setUp(fail).plugin, pods, { object }));
    expect(refused.message).toBe('pods "a" is forbidden: away');
    const open = await admit(setUp(fail, { defaultAllow: true }).plugin, pods, { object });
    expect(open.object.metadata.annotations).toEqual({ 'alpha.image-policy.k8s.io/failed-open': 'true' });
  });

  it('is asked of containers that are added to a running pod', async () => {
    const { asked, plugin } = setUp(() => ({ status: { allowed: true } }));
    const object = pod('a', { ...image('x'), ephemeralContainers: [{ name: 'e', image: 'debug' }] });
    await admit(plugin, pods, { object, old: pod('a'), subresource: 'ephemeralcontainers' });
    await admit(plugin, pods, { object, old: pod('a'), subresource: 'status' });
    expect(asked).toEqual([{ containers: [{ image: 'debug' }], namespace: 'ns' }]);
  });
});
