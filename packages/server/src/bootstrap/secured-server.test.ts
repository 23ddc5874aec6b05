import { generateKeyPairSync } from 'node:crypto';
import { builtinKinds } from '@gantry/api/kinds';
import { createMemoryStore } from '@gantry/store/memory-store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdmissionPlugins } from '../admission/plugins.ts';
import { type ApiServer, createServer } from '../api-server.ts';
import { createAuthentication } from '../auth/authentication/authentication.ts';
import { loadServiceAccountKeys } from '../auth/authentication/service-account-keys.ts';
import { createAuthorization } from '../auth/authorization/authorization.ts';
import { virtualHandlers } from '../auth/reviews/handlers.ts';
import { alice, node1, root } from '../auth/testing/fakes.ts';
import type { UserInfo } from '../request.ts';
import { systemNodeRules } from './rbac.ts';
import { runBootstrap } from './run.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys = loadServiceAccountKeys(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());

let server: ApiServer;
let authenticate: ReturnType<typeof createAuthentication>['authenticate'];

const call = async (user: UserInfo, method: string, path: string, body?: object) => {
  const answer = await server.dispatch(user, { method, path, ...(body === undefined ? {} : { body }) });
  return {
    status: answer.status,
    body: JSON.parse(answer.body.toString()) as Record<string, unknown>,
    headers: answer.headers,
  };
};
const patch = async (user: UserInfo, path: string, body: object) => {
  const headers = { 'content-type': 'application/merge-patch+json' };
  const answer = await server.dispatch(user, { method: 'PATCH', path, body, headers });
  return { status: answer.status, body: JSON.parse(answer.body.toString()) as Record<string, unknown> };
};
const messageOf = async (...args: Parameters<typeof call>): Promise<unknown> =>
  (await call(...args)).body.message;

beforeAll(async () => {
  server = await createServer({
    store: createMemoryStore({ busyResources: new Set(['events', 'nodes', 'leases.coordination.k8s.io']) }),
    kinds: builtinKinds,
    services: { clusterIps: '10.96.0.0/12', nodePorts: '30000-32767' },
    version: { gantryVersion: '0.1.0', gitCommit: 'test', buildDate: '2026-01-01T00:00:00Z' },
    serverAddress: '127.0.0.1:6443',
    log: quiet,
    plugins: (state) => {
      const authorization = createAuthorization(systemNodeRules);
      const authentication = createAuthentication({
        state,
        serviceAccounts: { keys, issuer: 'https://issuer', jwksUri: 'https://issuer/jwks' },
      });
      authenticate = authentication.authenticate;
      return {
        authenticate,
        authorizer: authorization,
        listeners: [authorization.listener],
        admission: createAdmissionPlugins({ authorization }),
        virtualHandlers: virtualHandlers({ authentication, authorization }),
        documents: authentication.documents,
      };
    },
  });
  await runBootstrap(server.registry, {
    serviceCidr: '10.96.0.0/12',
    advertiseAddress: '192.0.2.1',
    securePort: 6443,
  });
  for (const name of ['default', 'web']) {
    await call(root, 'POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name } });
  }
});
afterAll(() => server.close());

const podBody = (name: string, spec: object = {}): object => ({
  metadata: { name },
  spec: { containers: [{ name: 'a', image: 'busybox:1.35' }], ...spec },
});
const PODS = '/api/v1/namespaces/default/pods';

describe('a server with everything on', () => {
  it('has the objects of the start, and a second start changes none of them', async () => {
    const service = await call(root, 'GET', '/api/v1/namespaces/default/services/kubernetes');
    expect(service.body.spec).toMatchObject({
      clusterIP: '10.96.0.1',
      ports: [{ port: 443, targetPort: 6443 }],
    });
    const before = server.cache.cursor;
    await runBootstrap(server.registry, {
      serviceCidr: '10.96.0.0/12',
      advertiseAddress: '192.0.2.1',
      securePort: 6443,
    });
    expect(server.cache.cursor).toBe(before);
  });

  it('says no in the original words, and yes as soon as a binding says so', async () => {
    expect(await messageOf(alice, 'GET', PODS)).toBe(
      'pods is forbidden: User "alice" cannot list resource "pods" in API group "" in the namespace "default"',
    );
    const binding = {
      metadata: { name: 'alice' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'User', name: 'alice', apiGroup: 'rbac.authorization.k8s.io' }],
    };
    const path = '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings';
    expect((await call(root, 'POST', path, binding)).status).toBe(201);
    expect((await call(alice, 'GET', PODS)).status).toBe(200);
    expect((await call(alice, 'GET', '/api/v1/namespaces/default/secrets')).status).toBe(403);
  });

  it('admits a pod with account, token volume, priority and tolerations', async () => {
    const made = await call(root, 'POST', PODS, podBody('web'));
    expect(made.status).toBe(201);
    expect(made.body.spec).toMatchObject({
      serviceAccountName: 'default',
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
      volumes: [{ projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607 } }, {}, {}] } }],
      tolerations: [{ tolerationSeconds: 300 }, { tolerationSeconds: 300 }],
    });
    expect(await messageOf(root, 'POST', PODS, podBody('x', { serviceAccountName: 'nobody' }))).toBe(
      'pods "x" is forbidden: error looking up service account default/nobody: serviceaccount "nobody" not found',
    );
  });

  it('issues a token that signs in, to the node that runs the pod alone', async () => {
    const made = await call(
      root,
      'POST',
      PODS,
      podBody('bound', { serviceAccountName: 'web', nodeName: 'n1' }),
    );
    const { uid } = made.body.metadata as { uid: string };
    const path = '/api/v1/namespaces/default/serviceaccounts/web/token';
    const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name: 'bound', uid };
    const token = await call(node1, 'POST', path, { spec: { boundObjectRef, expirationSeconds: 3607 } });
    expect(token.status).toBe(201);
    const authorization = `Bearer ${(token.body.status as { token: string }).token}`;
    expect((await authenticate({ headers: { authorization }, path: '/' })).name).toBe(
      'system:serviceaccount:default:web',
    );
    expect(await messageOf(node1, 'POST', path, { spec: {} })).toContain(
      'node requested token not bound to a pod',
    );
    const node2 = { ...node1, name: 'system:node:n2' };
    expect((await call(node2, 'POST', path, { spec: { boundObjectRef } })).status).toBe(403);
  });

  it('lets a node register, renew its lease, report pods and serve DNS', async () => {
    const answers = [
      await call(node1, 'POST', '/api/v1/nodes', {
        metadata: { name: 'n1', labels: { 'kubernetes.io/hostname': 'n1' } },
      }),
      await patch(node1, '/api/v1/nodes/n1/status', { status: { phase: 'Running' } }),
      await call(node1, 'POST', '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases', {
        metadata: { name: 'n1' },
      }),
      await call(node1, 'GET', '/apis/discovery.k8s.io/v1/endpointslices'),
      await call(node1, 'POST', '/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices', {
        metadata: { name: 'kube-dns-n1', labels: { 'kubernetes.io/service-name': 'kube-dns' } },
        addressType: 'IPv4',
        endpoints: [],
      }),
      await call(node1, 'POST', '/api/v1/namespaces/default/events', {
        metadata: { name: 'e' },
        involvedObject: { kind: 'Pod', namespace: 'default', name: 'web' },
      }),
    ];
    expect(answers.map(({ status, body }) => [status, body.message])).toEqual(
      [201, 200, 201, 200, 201, 201].map((code) => [code, undefined]),
    );
    expect((await call(node1, 'GET', '/api/v1/namespaces/default/secrets')).status).toBe(403);
  });

  it('answers reviews', async () => {
    const review = await call(alice, 'POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      spec: { resourceAttributes: { verb: 'list', resource: 'pods', namespace: 'default' } },
    });
    expect(review.body.status).toMatchObject({
      allowed: true,
      reason: expect.stringContaining('RBAC: allowed by RoleBinding "alice/default"'),
    });
    const who = await call(alice, 'POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {});
    expect(who.body.status).toEqual({ userInfo: { username: 'alice', groups: ['system:authenticated'] } });
    const rules = await call(alice, 'POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
      spec: { namespace: 'default' },
    });
    expect((rules.body.status as { resourceRules: object[] }).resourceRules).toContainEqual(
      expect.objectContaining({ resources: expect.arrayContaining(['pods/log']) }),
    );
    const token = await call(root, 'POST', '/apis/authentication.k8s.io/v1/tokenreviews', {
      spec: { token: 'nonsense' },
    });
    expect(token.body.status).toMatchObject({ error: 'invalid bearer token' });
  });

  it('keeps alice from granting what she lacks', async () => {
    const path = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';
    await call(root, 'POST', `${path}/roles`, {
      metadata: { name: 'role-writer' },
      rules: [
        { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles', 'rolebindings'], verbs: ['create'] },
      ],
    });
    await call(root, 'POST', `${path}/rolebindings`, {
      metadata: { name: 'role-writer' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'role-writer' },
      subjects: [{ kind: 'User', name: 'alice', apiGroup: 'rbac.authorization.k8s.io' }],
    });
    const grant = (name: string): Promise<unknown> =>
      messageOf(alice, 'POST', `${path}/rolebindings`, {
        metadata: { name: `to-${name}` },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
        subjects: [{ kind: 'User', name: 'alice', apiGroup: 'rbac.authorization.k8s.io' }],
      });
    expect(await grant('cluster-admin')).toContain(
      'is attempting to grant RBAC permissions not currently held',
    );
    expect(await grant('view')).toBeUndefined();
  });

  it('counts quota across creates at one moment', async () => {
    await call(root, 'POST', '/api/v1/namespaces', { metadata: { name: 'small' } });
    await call(root, 'POST', '/api/v1/namespaces/small/resourcequotas', {
      metadata: { name: 'q' },
      spec: { hard: { configmaps: '2' } },
    });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        call(root, 'POST', '/api/v1/namespaces/small/configmaps', { metadata: { generateName: 'c-' } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 403, 403, 403]);
  });
});
