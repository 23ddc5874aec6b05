import { expect } from 'vitest';
import {
  patchOf,
  type Received,
  reviewed,
  startHttpsServer,
  type TestHttpsServer,
  testAuthorityBundle,
} from '../../../outbound/testing/review-server.ts';
import { createWebhookClient } from '../../../outbound/webhook-client.ts';
import type { StateReader } from '../../../request.ts';
import { startTestServer, type TestAnswer, type TestServer } from '../../../testing/test-server.ts';
import { createMutatingWebhooks } from '../mutating.ts';
import { createValidatingWebhooks } from '../validating.ts';

const GROUP = '/apis/admissionregistration.k8s.io/v1';
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

/** A rule for all that is done to ConfigMaps. */
export const RULE = {
  operations: ['*'],
  apiGroups: [''],
  apiVersions: ['v1'],
  resources: ['configmaps'],
};

type Kind = 'Mutating' | 'Validating';

export interface WebhookScene {
  readonly api: TestServer;
  /** What the webhooks' server answers, and has received. */
  readonly hooks: TestHttpsServer;
  /** Creates a configuration; each webhook is for ConfigMaps unless it says otherwise. */
  register(kind: Kind, name: string, webhooks: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** Deletes a configuration. */
  unregister(kind: Kind, name: string): Promise<TestAnswer>;
  /** Creates a ConfigMap. */
  create(name: string, more?: Readonly<Record<string, unknown>>, query?: string): Promise<TestAnswer>;
  /** What a webhook was asked, in order. */
  request(index?: number): Record<string, unknown>;
  /** No configurations, no ConfigMaps, nothing received, and webhooks that allow everything. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export const configurations = (kind: Kind): string => `${GROUP}/${kind.toLowerCase()}webhookconfigurations`;

/** An API server with webhooks of both kinds, and an HTTPS server that they call. */
export async function startWebhookScene(): Promise<WebhookScene> {
  const hooks = await startHttpsServer((received) => reviewed(received));
  const state: StateReader = {
    get: (...key) => api.server.state.get(...key),
    list: (...key) => api.server.state.list(...key),
  };
  const client = createWebhookClient(state);
  const parts = { authorizer: { authorize: () => ({ allowed: true, reason: '' }) } };
  const api = await startTestServer({
    admission: [createMutatingWebhooks(client, parts), createValidatingWebhooks(client, parts)],
  });
  return {
    api,
    hooks,
    async register(kind, name, webhooks) {
      const { status, body } = await api.call('POST', configurations(kind), {
        body: {
          apiVersion: 'admissionregistration.k8s.io/v1',
          kind: `${kind}WebhookConfiguration`,
          metadata: { name },
          webhooks: webhooks.map((webhook) => ({
            name: 'one.example.com',
            rules: [RULE],
            clientConfig: { url: `https://localhost:${hooks.port}/ask`, caBundle: testAuthorityBundle },
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
            ...webhook,
          })),
        },
      });
      expect([status, body.message]).toEqual([201, undefined]);
    },
    unregister: (kind, name) => api.call('DELETE', `${configurations(kind)}/${name}`),
    create: (name, more = {}, query = '') =>
      api.call('POST', `${CONFIG_MAPS}${query}`, {
        body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...more },
      }),
    request: (index = 0) => ({ ...hooks.received[index]?.body.request }),
    async reset() {
      hooks.answer((received) => reviewed(received));
      for (const kind of ['Mutating', 'Validating'] as const) await api.call('DELETE', configurations(kind));
      await api.call('DELETE', CONFIG_MAPS);
      hooks.received.length = 0;
    },
    async close() {
      await api.close();
      await hooks.close();
    },
  };
}

/** A webhook that puts a key into a ConfigMap's data. */
export const adding =
  (key: string) =>
  (received: Received): unknown => {
    const object = received.body.request?.object as { data?: unknown } | undefined;
    const patch = [
      ...(object?.data === undefined ? [{ op: 'add', path: '/data', value: {} }] : []),
      { op: 'add', path: `/data/${key}`, value: 'set' },
    ];
    return reviewed(received, patchOf(patch));
  };
