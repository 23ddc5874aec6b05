import type { Namespace, Role, RoleBinding, Secret, ServiceAccount } from '@gantry/api/generated/types';
import {
  clusterRoleBindings,
  namespaces,
  roleBindings,
  roles,
  secrets,
  serviceAccounts,
} from '@gantry/client/resources';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, Fixture } from '../testing/fixture.ts';
import type { WorkTree } from '../testing/git-client.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
});

afterAll(() => fixture.close());

const subject = (namespace: string, name: string) => [{ kind: 'ServiceAccount', namespace, name }];

/** An account in its own namespace, and the token that stock git sends for it. */
async function account(namespace: string, name: string): Promise<string[]> {
  const { admin } = fixture.cluster;
  await admin
    .create<Namespace>(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
      spec: {},
    })
    .catch(() => undefined);
  const metadata = { name, namespace };
  await admin.create<ServiceAccount>(serviceAccounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
  const review = await admin.request<{ status: { token: string } }>(
    'POST',
    `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
  );
  await admin.create(clusterRoleBindings, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `${namespace}-${name}-applyset` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'gantry:applyset-user' },
    subjects: subject(namespace, name),
  });
  return ['-c', `http.extraHeader=Authorization: Bearer ${review.status.token}`];
}

const bind = (namespace: string, name: string, kind: 'Role' | 'ClusterRole', role: string) =>
  fixture.cluster.admin.create<RoleBinding>(roleBindings, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: `${name}-${role}`, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: role },
    subjects: subject(namespace, name),
  });

async function pushAs(tree: WorkTree, token: readonly string[], repository: string) {
  await tree.git('remote', 'set-url', 'origin', `${fixture.origin}/git/${repository}.git`);
  return tree.git(...token, 'push', 'origin', 'main');
}

describe("a push has the pusher's rights", () => {
  test('and no others: without any it is refused before anything is read', async () => {
    const token = await account('stranger', 'git');
    const tree = await fixture.workTree('stranger');
    await tree.commit({ 'a.yaml': configMap('a', 'x') });
    const said = await pushAs(tree, token, 'stranger');
    expect(said.text).toContain('403');
  });

  test('needs no right to change the Repository, which says who may push where', async () => {
    const token = await account('narrow', 'git');
    const { admin } = fixture.cluster;
    const own = await fixture.workTree('narrow');
    await own.commit({ 'a.yaml': configMap('a', 'one') });
    await own.git('push', 'origin', 'main');
    await admin.create<Role>(roles, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'pusher', namespace: 'narrow' },
      rules: [{ apiGroups: ['gitops.gantry.dev'], resources: ['repositories'], verbs: ['get', 'push'] }],
    });
    await bind('narrow', 'git', 'Role', 'pusher');
    await own.git('checkout', '-q', '-b', 'feature');
    await own.git('remote', 'set-url', 'origin', `${fixture.origin}/git/narrow.git`);
    const said = await own.git(...token, 'push', 'origin', 'feature');
    expect([said.code, said.text]).toEqual([0, expect.stringContaining('feature')]);
  });

  test('what it may not write is named with its line, in the words of the server', async () => {
    const token = await account('team', 'git');
    await bind('team', 'git', 'ClusterRole', 'edit');
    const tree = await fixture.workTree('team');
    await tree.commit({
      'a.yaml': configMap('a', 'x'),
      'b.yaml': `# rights\n${configMap('b', 'x', '  namespace: kube-system\n')}`,
    });
    const refused = await pushAs(tree, token, 'team');
    expect(refused.text).toContain(
      'b.yaml:2: ConfigMap/b: configmaps "b" is forbidden: User "system:serviceaccount:team:git" cannot patch resource "configmaps" in API group "" in the namespace "kube-system"',
    );
    await expect(fixture.application('team')).rejects.toThrow('not found');
    await tree.commit({ 'b.yaml': undefined });
    const accepted = await pushAs(tree, token, 'team');
    expect(accepted.text).toContain('team  health  Healthy');
    expect((await fixture.application('team')).spec.user).toBe('system:serviceaccount:team:git');
  });

  test('whoever may push but not make or lead the Application is told so before the refs move', async () => {
    const token = await account('half', 'git');
    await fixture.cluster.admin.create(roles, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'pusher', namespace: 'half' },
      rules: [
        { apiGroups: ['gitops.gantry.dev'], resources: ['repositories'], verbs: ['*'] },
        { apiGroups: [''], resources: ['configmaps'], verbs: ['*'] },
      ],
    });
    await bind('half', 'git', 'Role', 'pusher');
    const tree = await fixture.workTree('half');
    const first = await tree.commit({ 'a.yaml': configMap('a', 'x') });
    expect((await pushAs(tree, token, 'half')).text).toContain(
      'applications.gitops.gantry.dev "half" is forbidden',
    );
    await tree.git('remote', 'set-url', 'origin', fixture.address('half'));
    expect((await tree.git('push', 'origin', 'main')).code).toBe(0);
    await tree.commit({ 'a.yaml': configMap('a', 'y') });
    expect((await pushAs(tree, token, 'half')).text).toContain(
      'applications.gitops.gantry.dev "half" is forbidden',
    );
    expect(await fixture.ref('half')).toBe(first);
    expect((await fixture.application('half')).spec.user).toBe('admin');
  });
});

test('secrets are never shown in a plan', async () => {
  const secret = (value: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  annotations:\n    note: ${value}\nstringData:\n  key: ${value}\n`;
  const tree = await fixture.workTree('secretive');
  await tree.commit({ 's.yaml': secret('first-password') });
  const first = await tree.git('push', 'origin', 'main');
  await tree.commit({ 's.yaml': secret('second-password') });
  const second = await tree.git('push', 'origin', 'main');
  expect(second.text).toContain('~ Secret/s');
  for (const text of [first.text, second.text]) {
    expect(text).not.toContain('password');
    expect(text).not.toContain(btoa('first-password'));
    expect(text).not.toContain(btoa('second-password'));
  }
  const { data } = await fixture.cluster.admin.get<Secret>(secrets, 'secretive', 's');
  expect(data?.key).toBe(btoa('second-password'));
});
