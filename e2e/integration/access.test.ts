import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectApi } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';
import { workingCopy } from '../support/git.ts';
import type { Kubectl } from '../support/kubectl.ts';
import { configMap } from '../support/manifests.ts';

let gantry: Gantry;
let k: Kubectl;
beforeAll(async () => {
  gantry = await startGantry('--nodes', 'simulated:1');
  k = gantry.kubectl();
});
afterAll(() => gantry?.purge());

describe('who may what', () => {
  test('a service account may what its role says, by its token', async () => {
    k('create', 'serviceaccount', 'robot');
    k('create', 'role', 'reader', '--verb=get,list', '--resource=configmaps');
    k('create', 'rolebinding', 'robot', '--role=reader', '--serviceaccount=default:robot');
    const api = await connectApi(gantry.status.kubeconfig, `Bearer ${k('create', 'token', 'robot').trim()}`);
    await eventually(async () =>
      expect((await api.call('GET', '/api/v1/namespaces/default/configmaps')).status).toBe(200),
    );
    const denied = await api.call('POST', '/api/v1/namespaces/default/configmaps', {
      body: { metadata: { name: 'x' } },
    });
    expect([denied.status, denied.body.reason]).toEqual([403, 'Forbidden']);
    expect(denied.body.message).toBe(
      'configmaps is forbidden: User "system:serviceaccount:default:robot" cannot create resource "configmaps" in API group "" in the namespace "default"',
    );
    const nodes = await api.call('GET', '/api/v1/nodes');
    expect(nodes.body.message).toBe(
      'nodes is forbidden: User "system:serviceaccount:default:robot" cannot list resource "nodes" in API group "" at the cluster scope',
    );
    expect(
      k.try(['auth', 'can-i', 'delete', 'configmaps', '--as=system:serviceaccount:default:robot']).stdout,
    ).toBe('no\n');
    expect(k('auth', 'can-i', 'list', 'configmaps', '--as=system:serviceaccount:default:robot')).toBe(
      'yes\n',
    );
    k('delete', 'serviceaccount', 'robot');
    await eventually(async () =>
      expect((await api.call('GET', '/api/v1/namespaces/default/configmaps')).status).toBe(401),
    );
  });

  test('kubectl words a denial as people know it', () => {
    expect(k.fails('get', 'secrets', '-A', '--as=nobody')).toBe(
      'Error from server (Forbidden): secrets is forbidden: User "nobody" cannot list resource "secrets" in API group "" at the cluster scope\n',
    );
  });

  test('wrong and missing credentials', async () => {
    const url = '/api/v1/namespaces';
    const bearer = await connectApi(gantry.status.kubeconfig, 'Bearer nonsense');
    expect((await bearer.call('GET', url)).body).toMatchObject({
      code: 401,
      reason: 'Unauthorized',
      message: 'Unauthorized',
    });
    const basic = await connectApi(gantry.status.kubeconfig, `Basic ${btoa('admin:wrong')}`);
    expect((await basic.call('GET', url)).status).toBe(401);
    const password = await connectApi(
      gantry.status.kubeconfig,
      `Basic ${btoa(`admin:${gantry.status.adminPassword}`)}`,
    );
    expect((await password.call('GET', url)).status).toBe(200);
    const stranger = k.with({ env: { KUBECONFIG: '/dev/null' } });
    const server = ['--server', gantry.status.apiUrl, '--insecure-skip-tls-verify', '--token', 'nonsense'];
    expect(stranger.fails(...server, 'get', 'namespaces')).toBe(
      'error: You must be logged in to the server (Unauthorized)\n',
    );
  });

  test('a role cannot be made larger than its maker', () => {
    k('create', 'clusterrole', 'role-maker', '--verb=create', '--resource=roles.rbac.authorization.k8s.io');
    k('create', 'clusterrolebinding', 'maker', '--clusterrole=role-maker', '--user=maker');
    expect(k.fails('create', 'role', 'much', '--verb=*', '--resource=*', '--as=maker')).toContain(
      'user "maker" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held',
    );
  });

  test('who may not read a repository may not push to it', () => {
    const wrong = workingCopy(gantry.gitUrl('secret').replace(/admin:[^@]*@/, 'admin:wrong@'));
    wrong.write('a.yaml', configMap('a', {}));
    const { code, output } = wrong.push('x');
    wrong.dispose();
    expect(code).not.toBe(0);
    expect(output).toMatch(/Authentication failed|could not read|401/);
    expect(k.fails('get', 'namespace', 'secret')).toContain('NotFound');
  });
});
