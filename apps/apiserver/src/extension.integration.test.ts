import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Received,
  reviewed,
  startHttpsServer,
  type TestHttpsServer,
  testAuthorityBundle,
} from '@gantry/server/outbound/testing/review-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiProcess, startApiProcess } from './testing/api-process.ts';

const VERSION = 'wardle.example.com/v1alpha1';
const FLUNDER = {
  kind: 'Flunder',
  apiVersion: VERSION,
  metadata: { name: 'a', namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z' },
};

/** A webhook that wants no ConfigMaps with the key `bad`, and an aggregated API of one kind. */
function answer(received: Received): unknown {
  const { path, body } = received;
  if (path.startsWith('/check')) {
    const { data = {} } = (body.request?.object ?? {}) as { data?: Record<string, string> };
    return reviewed(
      received,
      data.bad === undefined
        ? { allowed: true, warnings: ['looked at it'] }
        : { allowed: false, status: { message: 'the key is bad' } },
    );
  }
  if (path.startsWith(`/apis/${VERSION}/namespaces/default/flunders`))
    return path.includes('/flunders/a')
      ? FLUNDER
      : { kind: 'FlunderList', apiVersion: VERSION, items: [FLUNDER] };
  if (path.startsWith(`/apis/${VERSION}`))
    return {
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: VERSION,
      resources: [
        {
          name: 'flunders',
          singularName: 'flunder',
          namespaced: true,
          kind: 'Flunder',
          verbs: ['get', 'list'],
        },
      ],
    };
  return { kind: 'APIGroupList', groups: [] };
}

let other: TestHttpsServer;
let api: ApiProcess;

beforeAll(async () => {
  other = await startHttpsServer(answer);
  api = await startApiProcess(async (data) => {
    const file = join(data, 'admission.yaml');
    const configuration = { defaults: { enforce: 'baseline' }, exemptions: { namespaces: ['kube-system'] } };
    await writeFile(
      file,
      JSON.stringify({
        apiVersion: 'apiserver.config.k8s.io/v1',
        kind: 'AdmissionConfiguration',
        plugins: [{ name: 'PodSecurity', configuration }],
      }),
    );
    return [
      ...['--admission-control-config-file', file],
      ...['--enable-admission-plugins', 'AlwaysPullImages', '--disable-admission-plugins', 'ServiceAccount'],
    ];
  });
});
afterAll(async () => {
  await api?.stop();
  await other?.close();
});

const kubectl = async (...args: string[]): Promise<string> => (await api.kubectl(args)).out;
const apply = async (object: object): Promise<string> =>
  (await api.kubectl(['apply', '-f', '-'], { input: JSON.stringify(object) })).out;

describe('an admission webhook', () => {
  it('decides on what kubectl does', async () => {
    const made = await apply({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'check' },
      webhooks: [
        {
          name: 'check.example.com',
          clientConfig: { url: `https://127.0.0.1:${other.port}/check`, caBundle: testAuthorityBundle },
          rules: [{ operations: ['*'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] }],
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          matchConditions: [{ name: 'ours', expression: "request.namespace == 'default'" }],
        },
      ],
    });
    expect(made).toContain('created');
    expect(await kubectl('create', 'configmap', 'good', '--from-literal=a=b')).toBe(
      'configmap/good created\nWarning: looked at it\n',
    );
    expect(await kubectl('create', 'configmap', 'worse', '--from-literal=bad=b')).toContain(
      'admission webhook "check.example.com" denied the request: the key is bad',
    );
    expect(await kubectl('-n', 'kube-public', 'create', 'configmap', 'w', '--from-literal=bad=b')).toContain(
      'created',
    );
    expect(await kubectl('delete', 'validatingwebhookconfiguration', 'check')).toContain('deleted');
    expect(await kubectl('create', 'configmap', 'worse', '--from-literal=bad=b')).toContain('created');
  });
});

describe('an aggregated API', () => {
  it('is one of the cluster’s own to kubectl', async () => {
    await kubectl('create', 'namespace', 'demo');
    await apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'hook', namespace: 'demo' },
      spec: { type: 'ExternalName', externalName: 'localhost' },
    });
    await apply({
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1alpha1.wardle.example.com' },
      spec: {
        ...{ group: 'wardle.example.com', version: 'v1alpha1', groupPriorityMinimum: 2000 },
        versionPriority: 200,
        service: { namespace: 'demo', name: 'hook', port: other.port },
        caBundle: testAuthorityBundle,
      },
    });
    const waited = await kubectl(
      ...['wait', '--for=condition=Available', 'apiservice/v1alpha1.wardle.example.com', '--timeout=20s'],
    );
    expect(waited).toContain('condition met');
    expect(await kubectl('get', 'apiservices')).toMatch(/v1alpha1\.wardle\.example\.com +demo\/hook +True/);
    await vi.waitUntil(async () => (await kubectl('get', 'flunders')).startsWith('NAME'), {
      timeout: 20_000,
    });
    expect(await kubectl('get', 'flunders', '-o', 'name')).toContain('flunder.wardle.example.com/a');
    expect(await kubectl('get', 'flunder', 'a', '-o', 'jsonpath={.kind}')).toBe('Flunder');
    expect(await kubectl('api-resources', '--api-group=wardle.example.com')).toContain('flunders');
    expect(await kubectl('delete', 'apiservice', 'v1alpha1.wardle.example.com')).toContain('deleted');
    expect(await kubectl('get', '--raw', `/apis/${VERSION}`)).toContain('NotFound');
  });
});

describe('plugins', () => {
  it('are those that the flags and the file ask for', async () => {
    const pod = (name: string, spec: object = {}, namespace = 'default') => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
      spec: { containers: [{ name: 'c', image: 'i:1' }], ...spec },
    });
    expect(await apply(pod('a'))).toContain('created');
    expect(await kubectl('get', 'pod', 'a', '-o', 'jsonpath={.spec.containers[0].imagePullPolicy}')).toBe(
      'Always',
    );
    expect(await apply(pod('b', { hostPID: true }))).toContain(
      'violates PodSecurity "baseline:latest": host namespaces (hostPID=true)',
    );
    expect(await apply(pod('b', { hostPID: true }, 'kube-system'))).toContain('created');
  });
});
