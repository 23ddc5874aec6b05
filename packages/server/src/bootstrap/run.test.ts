import type { ClusterRole, ClusterRoleBinding } from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import { alreadyExists, notFound } from '@gantry/machinery/status';
import { describe, expect, it } from 'vitest';
import { createAuthorization } from '../auth/authorization/authorization.ts';
import { attributes } from '../auth/testing/fakes.ts';
import type { RegistryAccess } from '../handler.ts';
import type { RequestAttributes, UserInfo } from '../request.ts';
import { firstServiceIp } from './kubernetes-service.ts';
import { runBootstrap } from './run.ts';

class FakeRegistry implements RegistryAccess {
  readonly objects = new Map<string, AnyObject>();
  writes = 0;
  get: RegistryAccess['get'] = async (kind, namespace, name) => {
    const found = this.objects.get(`${kind.plural}/${namespace}/${name}`);
    if (found === undefined) throw notFound({ group: kind.group, resource: kind.plural }, name);
    return structuredClone(found);
  };
  create: RegistryAccess['create'] = async (kind, object) => {
    const { name, namespace = '' } = object.metadata;
    const key = `${kind.plural}/${namespace}/${name}`;
    if (this.objects.has(key)) throw alreadyExists({ group: kind.group, resource: kind.plural }, name);
    if (namespace !== '' && !this.objects.has(`namespaces//${namespace}`)) {
      throw notFound({ group: '', resource: 'namespaces' }, namespace);
    }
    this.writes++;
    this.objects.set(key, structuredClone(object));
    return object;
  };
  modify: RegistryAccess['modify'] = async (kind, namespace, name, _user, change) => {
    const object = await this.get(kind, namespace, name);
    change(object);
    this.writes++;
    this.objects.set(`${kind.plural}/${namespace}/${name}`, object);
    return object;
  };
  delete: RegistryAccess['delete'] = async () => {
    throw new Error('bootstrap deletes nothing');
  };
}

const OPTIONS = { serviceCidr: '10.96.0.0/12', advertiseAddress: '192.0.2.1', securePort: 6443 };
const started = async (): Promise<FakeRegistry> => {
  const registry = new FakeRegistry();
  await runBootstrap(registry, OPTIONS);
  return registry;
};
const RBAC = 'rbac.authorization.k8s.io';

function authorizationOf(registry: FakeRegistry) {
  const authorization = createAuthorization([]);
  for (const [key, object] of registry.objects) {
    const resource = `${key.slice(0, key.indexOf('/'))}.${RBAC}`;
    if (object.apiVersion.startsWith(RBAC)) authorization.listener.onChange(resource, object, undefined);
  }
  return (user: UserInfo, over: Partial<RequestAttributes>): boolean =>
    authorization.authorize(user, attributes(over)).allowed;
}
const user = (name: string, ...groups: string[]): UserInfo => ({
  name,
  groups: ['system:authenticated', ...groups],
});

describe('runBootstrap', () => {
  it('writes nothing the second time', async () => {
    const registry = await started();
    const { writes } = registry;
    expect(writes).toBeGreaterThan(150);
    await runBootstrap(registry, OPTIONS);
    expect(registry.writes).toBe(writes);
  });

  it('says that the default range of Services is ready, once', async () => {
    const registry = await started();
    const ready = { type: 'Ready', status: 'True', message: 'Kubernetes default Service CIDR is ready' };
    const stored = registry.objects.get('servicecidrs//kubernetes') as AnyObject;
    expect(stored.status).toMatchObject({ conditions: [ready] });
    stored.status = { conditions: [{ ...ready, status: 'False' }] };
    await runBootstrap(registry, OPTIONS);
    expect(registry.objects.get('servicecidrs//kubernetes')?.status).toMatchObject({
      conditions: [{ status: 'False' }],
    });
  });

  it('mends roles and addresses, and keeps what an administrator added', async () => {
    const registry = await started();
    const role = registry.objects.get('clusterroles//system:kube-scheduler') as unknown as ClusterRole;
    const extra = { apiGroups: ['x'], resources: ['y'], verbs: ['get'] };
    role.rules = [extra];
    const binding = registry.objects.get(
      'clusterrolebindings//system:discovery',
    ) as unknown as ClusterRoleBinding;
    binding.subjects = [{ kind: 'User', name: 'someone' }];
    const left = registry.objects.get('clusterroles//system:kube-dns') as unknown as ClusterRole;
    left.rules = [];
    left.metadata.annotations = { 'rbac.authorization.kubernetes.io/autoupdate': 'false' };
    await runBootstrap(registry, { ...OPTIONS, advertiseAddress: '192.0.2.9' });
    const mended = registry.objects.get('clusterroles//system:kube-scheduler') as unknown as ClusterRole;
    expect(mended.rules).toContainEqual(extra);
    expect(mended.rules).toContainEqual({ apiGroups: [''], resources: ['pods/binding'], verbs: ['create'] });
    expect(
      (registry.objects.get('clusterrolebindings//system:discovery') as unknown as ClusterRoleBinding)
        .subjects,
    ).toHaveLength(2);
    expect((registry.objects.get('clusterroles//system:kube-dns') as unknown as ClusterRole).rules).toEqual(
      [],
    );
    expect(registry.objects.get('endpoints/default/kubernetes')).toMatchObject({
      subsets: [{ addresses: [{ ip: '192.0.2.9' }], ports: [{ port: 6443 }] }],
    });
  });

  it('takes back what an older version gave a role of our own, unless that is kept from updates', async () => {
    const registry = await started();
    const role = (name: string) => registry.objects.get(`clusterroles//${name}`) as unknown as ClusterRole;
    const names = ['gantry:node-network', 'gantry:node-volumes'];
    const wanted = structuredClone(names.map((name) => role(name).rules));
    const old = { apiGroups: [''], resources: ['nodes'], verbs: ['get'] };
    for (const name of names) role(name).rules?.push(old);
    role('gantry:node-volumes').metadata.annotations = {
      'rbac.authorization.kubernetes.io/autoupdate': 'false',
    };
    await runBootstrap(registry, OPTIONS);
    expect(role('gantry:node-network').rules).toEqual(wanted[0]);
    expect(role('gantry:node-volumes').rules).toEqual([...(wanted[1] ?? []), old]);
  });

  it('gives each part what it needs, and no more', async () => {
    const can = authorizationOf(await started());
    const kcm = user('system:kube-controller-manager');
    const sync = user('system:gantry-sync');
    const scheduler = user('system:kube-scheduler');
    expect(can(kcm, { verb: 'create', resource: 'pods', namespace: 'ns' })).toBe(true);
    expect(
      can(kcm, {
        verb: 'update',
        group: 'coordination.k8s.io',
        resource: 'leases',
        namespace: 'kube-system',
        name: 'x',
      }),
    ).toBe(true);
    expect(can(kcm, { verb: 'impersonate', resource: 'users', name: 'root' })).toBe(false);
    expect(can(sync, { verb: 'impersonate', resource: 'groups', name: 'dev' })).toBe(true);
    expect(can(sync, { verb: 'create', resource: 'pods', namespace: 'ns' })).toBe(false);
    expect(
      can(scheduler, { verb: 'create', resource: 'pods', subresource: 'binding', namespace: 'ns' }),
    ).toBe(true);
    expect(can(scheduler, { verb: 'get', resource: 'secrets', namespace: 'ns' })).toBe(false);
    expect(can(user('eve', 'gantry:admins'), { verb: 'delete', resource: 'nodes', name: 'n' })).toBe(true);
    const anonymous: UserInfo = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
    const url = (path: string) => ({ isResourceRequest: false, verb: 'get', path });
    expect(can(anonymous, url('/version'))).toBe(true);
    expect(can(anonymous, url('/api'))).toBe(false);
    expect(can(user('eve'), url('/apis/apps/v1'))).toBe(true);
    expect(
      can(user('eve'), {
        verb: 'create',
        group: 'authorization.k8s.io',
        resource: 'selfsubjectaccessreviews',
      }),
    ).toBe(true);
  });

  it('nests view in edit and edit in admin, Applications included', async () => {
    const registry = await started();
    const authorization = createAuthorization([]);
    for (const name of ['view', 'edit', 'admin']) {
      const role = registry.objects.get(`clusterroles//${name}`);
      authorization.listener.onChange(`clusterroles.${RBAC}`, role, undefined);
      authorization.listener.onChange(
        `clusterrolebindings.${RBAC}`,
        {
          apiVersion: `${RBAC}/v1`,
          kind: 'ClusterRoleBinding',
          metadata: { name },
          roleRef: { kind: 'ClusterRole', name },
          subjects: [{ kind: 'User', name }],
        },
        undefined,
      );
    }
    const can = (name: string, over: Partial<RequestAttributes>): boolean =>
      authorization.authorize(user(name), attributes({ namespace: 'ns', ...over })).allowed;
    const application = { group: 'gitops.gantry.dev', resource: 'applications' };
    for (const name of ['view', 'edit', 'admin']) expect(can(name, application)).toBe(true);
    expect(can('view', { resource: 'secrets' })).toBe(false);
    expect(can('view', { ...application, verb: 'update' })).toBe(false);
    expect(can('edit', { ...application, verb: 'update' })).toBe(true);
    expect(can('edit', { group: RBAC, resource: 'roles', verb: 'create' })).toBe(false);
    expect(can('admin', { group: RBAC, resource: 'roles', verb: 'create' })).toBe(true);
  });
});

describe('firstServiceIp', () => {
  it('is the first host of the range', () => {
    expect(firstServiceIp('10.96.0.0/12')).toBe('10.96.0.1');
    expect(firstServiceIp('10.43.7.9/16')).toBe('10.43.0.1');
    expect(() => firstServiceIp('fd00::/108')).toThrow('give an IPv4 range');
    expect(() => firstServiceIp('10.0.0.0/31')).toThrow('at least four addresses');
  });
});
