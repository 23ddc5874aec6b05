import { describe, expect, it, vi } from 'vitest';
import { alice, attributes, root } from '../testing/fakes.ts';
import { type AuthorizationMode, createAuthorization } from './authorization.ts';
import { parseAuthorizationConfiguration, type WebhookConfiguration } from './configuration.ts';
import { AuthorizationFault } from './denial.ts';
import { createWebhookAuthorizer, type WebhookAuthorizerOptions } from './webhook-authorizer.ts';

type Review = { readonly spec: Record<string, Record<string, unknown>> };

function setUp(answer: (review: Review) => object, over: Partial<WebhookAuthorizerOptions> = {}) {
  const asked: Review[] = [];
  const webhook = createWebhookAuthorizer({
    ...{ version: 'v1', authorizedMs: 1_000, unauthorizedMs: 0, failure: 'NoOpinion', now: () => 0 },
    async post(body) {
      const review = JSON.parse(body) as Review;
      asked.push(review);
      return { status: answer(review) };
    },
    ...over,
  });
  const authorization = createAuthorization([], [webhook, 'RBAC']);
  const ask = async (over: object, user = alice) => {
    const wanted = attributes(over);
    await authorization.prepare?.(user, wanted);
    return authorization.authorize(user, wanted);
  };
  return { asked, authorization, ask };
}

describe('a webhook that authorizes', () => {
  it('is asked once for equal questions, and never about superusers', async () => {
    const { ask, asked } = setUp(() => ({ allowed: true, reason: 'the webhook says so' }));
    const list = {
      verb: 'list',
      namespace: 'ns',
      fieldSelector: 'spec.nodeName=n1',
      labelSelector: 'a in (b)',
    };
    expect(await ask(list)).toEqual({ allowed: true, reason: 'the webhook says so' });
    expect(await ask(list)).toMatchObject({ allowed: true });
    expect(await ask(list, root)).toMatchObject({ allowed: true });
    expect(asked.map(({ spec }) => spec)).toEqual([
      {
        user: 'alice',
        groups: ['system:authenticated'],
        resourceAttributes: {
          ...{ namespace: 'ns', verb: 'list', version: 'v1', resource: 'pods' },
          fieldSelector: { requirements: [{ key: 'spec.nodeName', operator: 'In', values: ['n1'] }] },
          labelSelector: { requirements: [{ key: 'a', operator: 'In', values: ['b'] }] },
        },
      },
    ]);
  });

  it('may have no opinion, or the last word', async () => {
    const none = setUp(() => ({ allowed: false, reason: 'who knows' }));
    expect(await none.ask({})).toEqual({ allowed: false, reason: 'who knows' });
    const never = setUp(() => ({ denied: true, allowed: false, reason: 'never' }));
    expect(await never.ask({})).toMatchObject({ allowed: false, denied: true, reason: 'never' });
  });

  it('is not asked when a condition says so, and counts as the options say when it fails', async () => {
    const skipped = setUp(() => ({ allowed: true }), { conditions: [() => false] });
    expect(await skipped.ask({})).toMatchObject({ allowed: false });
    expect(skipped.asked).toEqual([]);
    const broken = setUp(() => ({}), {
      failure: 'Deny',
      conditions: [
        () => {
          throw new Error('no');
        },
      ],
    });
    expect(await broken.ask({})).toMatchObject({ allowed: false, denied: true });
  });

  it('is passed over by one condition that is false, though others fail', async () => {
    const failing = (text: string) => (): boolean => {
      throw new Error(text);
    };
    const ask = (...conditions: (() => boolean)[]) =>
      setUp(() => ({ allowed: true }), { failure: 'Deny', conditions }).ask({});
    expect(await ask(failing('no'), () => false)).toEqual({ allowed: false, reason: '' });
    expect((await ask(failing('no'), () => true, failing('nor this'))).error).toBe('[no, nor this]');
  });

  it('tells why it could not be asked, so that a denial is not taken for its answer', async () => {
    const down = {
      async post(): Promise<never> {
        throw new Error('connection refused');
      },
    };
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      for (const failure of ['Deny', 'NoOpinion'] as const) {
        const asking = setUp(() => ({}), { ...down, failure }).ask({});
        await vi.runAllTimersAsync();
        expect(await asking).toMatchObject({ allowed: false, error: 'connection refused' });
      }
    } finally {
      vi.useRealTimers();
    }
    const both = setUp(() => ({ allowed: true, denied: true }));
    expect(await both.ask({})).toMatchObject({
      error: 'webhook subject access review returned both allow and deny response',
    });
    const fault = new AuthorizationFault('a < b');
    expect(fault.textFor('/api?x=1')).toBe('Internal Server Error: "/api?x=1": a &lt; b\n');
  });

  it('joins equal questions that are under way, and bounds how many there are', async () => {
    const gate = Promise.withResolvers<void>();
    const users: string[] = [];
    const webhook = createWebhookAuthorizer({
      ...{ version: 'v1', authorizedMs: 0, unauthorizedMs: 0, failure: 'Deny', now: () => 0 },
      async post(body) {
        users.push((JSON.parse(body) as Review).spec.user as unknown as string);
        await gate.promise;
        return { status: { allowed: true } };
      },
    });
    const ask = (name: string) => webhook.authorize({ name, groups: [] }, attributes());
    const most = 1_024;
    const names = Array.from({ length: most }, (_, index) => `user-${index}`);
    const asking = [...names, ...names].map(ask);
    expect(users).toEqual(names);
    expect(await ask('one-more')).toMatchObject({ allowed: false, denied: true, reason: '' });
    gate.resolve();
    const opinions = await Promise.all(asking);
    expect(opinions).toHaveLength(2 * most);
    expect(opinions.every(({ allowed }) => allowed)).toBe(true);
    expect(users).toHaveLength(most);
    expect(await ask('one-more')).toMatchObject({ allowed: true });
  });
});

describe('modes that change', () => {
  it('count from the next request on; one that was asked before is decided as it was asked', async () => {
    const never = createWebhookAuthorizer({
      ...{ version: 'v1', authorizedMs: 0, unauthorizedMs: 0, failure: 'Deny', now: () => 0 },
      post: async () => ({ status: { allowed: false, denied: true } }),
    });
    let modes: readonly AuthorizationMode[] = [never, 'AlwaysAllow'];
    const authorization = createAuthorization([], () => modes);
    const [before, after] = [attributes(), attributes({ verb: 'list' })];
    await authorization.prepare?.(alice, before);
    modes = ['AlwaysAllow'];
    expect(authorization.authorize(alice, before)).toMatchObject({ allowed: false, denied: true });
    await authorization.prepare?.(alice, after);
    expect(authorization.authorize(alice, after)).toMatchObject({ allowed: true });
  });
});

describe('AuthorizationConfiguration', () => {
  const webhook = {
    ...{ timeout: '3s', subjectAccessReviewVersion: 'v1', failurePolicy: 'Deny' },
    ...{ authorizedTTL: '30s', unauthorizedTTL: '10s' },
    connectionInfo: { type: 'KubeConfigFile', kubeConfigFile: '/kube' },
    matchConditionSubjectAccessReviewVersion: 'v1',
    matchConditions: [{ expression: "request.user != 'alice' && has(request.resourceAttributes)" }],
  };
  const text = (authorizers: object[]): string =>
    JSON.stringify({
      apiVersion: 'apiserver.config.k8s.io/v1',
      kind: 'AuthorizationConfiguration',
      authorizers,
    });

  it('names authorizers in order, with conditions', () => {
    const [first, second] = parseAuthorizationConfiguration(
      text([
        { type: 'Webhook', name: 'w', webhook },
        { type: 'RBAC', name: 'rbac' },
      ]),
    );
    expect(second).toBe('RBAC');
    expect(first).toMatchObject({ name: 'w', timeoutMs: 3_000, authorizedMs: 30_000, failure: 'Deny' });
    const holds = (first as WebhookConfiguration).conditions[0];
    expect(holds?.({ user: 'bob', resourceAttributes: {} })).toBe(true);
    expect(holds?.({ user: 'alice', resourceAttributes: {} })).toBe(false);
    expect(holds?.({ user: 'bob', nonResourceAttributes: { path: '/', verb: 'get' } })).toBe(false);
  });

  it('says which field is wrong', () => {
    for (const [authorizers, message] of [
      [[], 'authorizers: Required value'],
      [[{ type: 'Magic', name: 'm' }], 'authorizers[0].type: Unsupported value: "Magic"'],
      [[{ type: 'RBAC' }], 'authorizers[0].name: Required value'],
      [[{ type: 'RBAC', name: 'x' }], 'expected name rbac for authorizer RBAC instead of x'],
      [
        [{ type: 'Webhook', name: 'w', webhook: { ...webhook, timeout: '1m' } }],
        'authorizers[0].timeout: Invalid value: "1m": must be > 0s and <= 30s',
      ],
      [
        [{ type: 'Webhook', name: 'w', webhook: { ...webhook, matchConditions: [{ expression: '1 +' }] } }],
        'authorizers[0].matchConditions[0].expression: Invalid value: "1 +": compilation failed: ERROR: <input>:1:4: Syntax error',
      ],
    ] as const)
      expect(() => parseAuthorizationConfiguration(text([...authorizers]))).toThrow(message);
  });
});
