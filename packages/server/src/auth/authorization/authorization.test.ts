import type { PolicyRule } from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import { describe, expect, it } from 'vitest';
import { systemNodeRules } from '../../bootstrap/rbac.ts';
import type { RequestAttributes, UserInfo } from '../../request.ts';
import { alice, attributes, node1, pod, root } from '../testing/fakes.ts';
import { type Authorization, createAuthorization } from './authorization.ts';
import { forbiddenRequest } from './denial.ts';

const RBAC = 'rbac.authorization.k8s.io';
const role = (name: string, rules: PolicyRule[], namespace?: string): AnyObject => ({
  apiVersion: `${RBAC}/v1`,
  kind: namespace === undefined ? 'ClusterRole' : 'Role',
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  rules,
});
const binding = (
  name: string,
  roleKind: string,
  roleName: string,
  subjects: object[],
  namespace?: string,
): AnyObject => ({
  apiVersion: `${RBAC}/v1`,
  kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  roleRef: { apiGroup: RBAC, kind: roleKind, name: roleName },
  subjects,
});
const aliceSubject = { kind: 'User', name: 'alice', apiGroup: RBAC };

const resourceOf = ({ kind }: AnyObject): string =>
  kind === 'Pod'
    ? 'pods'
    : kind === 'PersistentVolume'
      ? 'persistentvolumes'
      : `${kind.toLowerCase()}s.${RBAC}`;
const put = (authorization: Authorization, ...objects: AnyObject[]): void => {
  for (const object of objects) authorization.listener.onChange(resourceOf(object), object, undefined);
};
const can = (authorization: Authorization, user: UserInfo, over: Partial<RequestAttributes>): boolean =>
  authorization.authorize(user, attributes(over)).allowed;

describe('RBAC', () => {
  it('lets a RoleBinding hold in its namespace alone and a ClusterRoleBinding everywhere', () => {
    const authorization = createAuthorization([]);
    put(
      authorization,
      role('reader', [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]),
      binding('r', 'ClusterRole', 'reader', [aliceSubject], 'a'),
    );
    expect(can(authorization, alice, { namespace: 'a' })).toBe(true);
    expect(can(authorization, alice, { namespace: 'b' })).toBe(false);
    expect(can(authorization, alice, { namespace: '' })).toBe(false);
    put(
      authorization,
      binding('c', 'ClusterRole', 'reader', [{ kind: 'Group', name: 'system:authenticated' }]),
    );
    expect(can(authorization, alice, { namespace: 'b' })).toBe(true);
    expect(authorization.authorize(alice, attributes({ namespace: 'b' })).reason).toBe(
      'RBAC: allowed by ClusterRoleBinding "c" of ClusterRole "reader" to Group "system:authenticated"',
    );
  });

  it('forgets cached decisions with every change of roles and bindings', () => {
    const authorization = createAuthorization([]);
    const reader = role('reader', [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }], 'a');
    const bound = binding('r', 'Role', 'reader', [aliceSubject], 'a');
    put(authorization, bound);
    expect(can(authorization, alice, { namespace: 'a' })).toBe(false);
    put(authorization, reader);
    expect(can(authorization, alice, { namespace: 'a' })).toBe(true);
    authorization.listener.onChange(`rolebindings.${RBAC}`, undefined, bound);
    expect(can(authorization, alice, { namespace: 'a' })).toBe(false);
  });

  it('does not confuse a role of a namespace with a cluster role of the same name', () => {
    const authorization = createAuthorization([]);
    put(
      authorization,
      role('x', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }], 'other'),
      binding('b', 'Role', 'x', [aliceSubject], 'a'),
      binding('c', 'ClusterRole', 'x', [aliceSubject]),
    );
    expect(can(authorization, alice, { namespace: 'a' })).toBe(false);
    expect(can(authorization, alice, { namespace: 'other' })).toBe(false);
  });

  it.each<[PolicyRule, Partial<RequestAttributes>, boolean]>([
    [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }, { subresource: 'log' }, false],
    [{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }, { subresource: 'log' }, true],
    [
      { apiGroups: ['*'], resources: ['*/scale'], verbs: ['*'] },
      { group: 'apps', resource: 'deployments', subresource: 'scale' },
      true,
    ],
    [
      { apiGroups: ['*'], resources: ['*/scale'], verbs: ['*'] },
      { group: 'apps', resource: 'deployments' },
      false,
    ],
    [{ apiGroups: [''], resources: ['pods'], resourceNames: ['web'], verbs: ['get'] }, { name: 'web' }, true],
    [{ apiGroups: [''], resources: ['pods'], resourceNames: ['web'], verbs: ['get'] }, { name: 'db' }, false],
    [
      { apiGroups: [''], resources: ['pods'], resourceNames: ['web'], verbs: ['list'] },
      { verb: 'list' },
      false,
    ],
    [{ apiGroups: ['apps'], resources: ['*'], verbs: ['*'] }, {}, false],
    [{ nonResourceURLs: ['/api/*'], verbs: ['get'] }, { isResourceRequest: false, path: '/api/v1' }, true],
    [{ nonResourceURLs: ['/api'], verbs: ['get'] }, { isResourceRequest: false, path: '/api/v1' }, false],
    [
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { isResourceRequest: false, path: '/metrics' },
      false,
    ],
  ])('%j on %j: %s', (rule, over, allowed) => {
    const authorization = createAuthorization([]);
    put(authorization, role('r', [rule]), binding('b', 'ClusterRole', 'r', [aliceSubject]));
    expect(can(authorization, alice, over)).toBe(allowed);
  });

  it('does not take a path that somebody asked about for a resource', () => {
    const authorization = createAuthorization([]);
    put(
      authorization,
      role('paths', [{ nonResourceURLs: ['*'], verbs: ['get'] }]),
      binding('b', 'ClusterRole', 'paths', [aliceSubject]),
    );
    const path = 'apps deployments/ ns';
    expect(can(authorization, alice, { isResourceRequest: false, path, resource: '' })).toBe(true);
    expect(can(authorization, alice, { group: 'apps', resource: 'deployments', namespace: 'ns' })).toBe(
      false,
    );
  });

  it('lets system:masters do everything without any role', () => {
    expect(can(createAuthorization([]), root, { verb: 'delete', resource: 'nodes' })).toBe(true);
  });

  it('words denials as clients know them', () => {
    const message = (over: Partial<RequestAttributes>): string =>
      forbiddenRequest(alice, attributes(over), '').message;
    expect(message({ verb: 'list', namespace: 'default' })).toBe(
      'pods is forbidden: User "alice" cannot list resource "pods" in API group "" in the namespace "default"',
    );
    expect(message({ group: 'apps', resource: 'deployments', name: 'web', subresource: 'scale' })).toBe(
      'deployments.apps "web" is forbidden: User "alice" cannot get resource "deployments/scale" in API group "apps" at the cluster scope',
    );
    expect(message({ isResourceRequest: false, path: '/x<y' })).toBe(
      'forbidden: User "alice" cannot get path "/x&lt;y"',
    );
  });
});

describe('bindings to roles that are not there', () => {
  it('are told in a denial', () => {
    const authorization = createAuthorization([]);
    put(
      authorization,
      binding('a', 'ClusterRole', 'gone', [aliceSubject]),
      binding('b', 'Role', 'gone', [aliceSubject], 'ns'),
    );
    const { reason } = authorization.authorize(alice, attributes({ namespace: 'ns' }));
    expect(reason).toBe(
      'RBAC: [clusterrole.rbac.authorization.k8s.io "gone" not found, role.rbac.authorization.k8s.io "gone" not found]',
    );
  });
});

describe('Node authorizer', () => {
  const spec = {
    nodeName: 'n1',
    serviceAccountName: 'web',
    containers: [{ name: 'a', envFrom: [{ secretRef: { name: 'env' } }, { configMapRef: { name: 'cm' } }] }],
    volumes: [
      { name: 'p', projected: { sources: [{ secret: { name: 'projected' } }] } },
      { name: 'd', persistentVolumeClaim: { claimName: 'data' } },
    ],
  };
  const setUp = (): Authorization => {
    const authorization = createAuthorization(systemNodeRules);
    put(
      authorization,
      pod('web', spec),
      pod('other', { ...spec, nodeName: 'n2', serviceAccountName: 'other' }),
    );
    return authorization;
  };

  it('gives a node what its pods name and nothing else', () => {
    const authorization = setUp();
    const get = (resource: string, name: string, verb = 'get'): boolean =>
      can(authorization, node1, {
        resource,
        name,
        verb,
        namespace: resource === 'persistentvolumes' ? '' : 'ns',
      });
    expect(get('secrets', 'env')).toBe(true);
    expect(get('secrets', 'projected', 'watch')).toBe(true);
    expect(get('secrets', 'elsewhere')).toBe(false);
    expect(get('secrets', '', 'list')).toBe(false);
    expect(get('secrets', 'env', 'delete')).toBe(false);
    expect(get('configmaps', 'cm')).toBe(true);
    expect(get('persistentvolumeclaims', 'data')).toBe(true);
    const token = { resource: 'serviceaccounts', subresource: 'token', verb: 'create', namespace: 'ns' };
    expect(can(authorization, node1, { ...token, name: 'web' })).toBe(true);
    expect(can(authorization, node1, { ...token, name: 'other' })).toBe(false);
  });

  it('gives a node the devices of its pods, and its own slices', () => {
    const authorization = createAuthorization(systemNodeRules);
    const claims = { resourceClaims: [{ name: 'a', resourceClaimName: 'gpu' }, { name: 'b' }] };
    const before = pod('web', { ...spec, ...claims });
    put(authorization, before);
    const slice = { apiVersion: 'resource.k8s.io/v1', kind: 'ResourceSlice', metadata: { name: 's1' } };
    const own = { ...slice, spec: { nodeName: 'n1' } } as unknown as AnyObject;
    authorization.listener.onChange('resourceslices.resource.k8s.io', own, undefined);
    const group = 'resource.k8s.io';
    const get = (resource: string, name: string, namespace = ''): boolean =>
      can(authorization, node1, { group, resource, name, namespace });
    expect([get('resourceclaims', 'gpu', 'ns'), get('resourceclaims', 'web-b', 'ns')]).toEqual([true, false]);
    const statuses = [{ name: 'b', resourceClaimName: 'web-b' }];
    const after = { ...before, status: { resourceClaimStatuses: statuses } } as AnyObject;
    authorization.listener.onChange('pods', after, before);
    expect([get('resourceclaims', 'gpu', 'ns'), get('resourceclaims', 'web-b', 'ns')]).toEqual([true, true]);
    expect([get('resourceslices', 's1'), get('resourceslices', 's2')]).toEqual([true, false]);
    const list = { group, resource: 'resourceslices', verb: 'list' };
    expect(can(authorization, node1, list)).toBe(false);
    expect(can(authorization, node1, { ...list, fieldSelector: 'spec.nodeName=n1' })).toBe(true);
  });

  it('follows a claim to its volume and the secret behind it', () => {
    const authorization = setUp();
    const volume: AnyObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv' },
      spec: {
        claimRef: { namespace: 'ns', name: 'data' },
        csi: { nodeStageSecretRef: { name: 'stage', namespace: 'sys' } },
      },
    };
    expect(can(authorization, node1, { resource: 'persistentvolumes', name: 'pv' })).toBe(false);
    put(authorization, volume);
    expect(can(authorization, node1, { resource: 'persistentvolumes', name: 'pv' })).toBe(true);
    expect(can(authorization, node1, { resource: 'secrets', name: 'stage', namespace: 'sys' })).toBe(true);
    authorization.listener.onChange('persistentvolumes', undefined, volume);
    expect(can(authorization, node1, { resource: 'persistentvolumes', name: 'pv' })).toBe(false);
  });

  it('takes the rights back when the last pod that gave them is gone', () => {
    const authorization = setUp();
    const second = pod('web-2', spec);
    put(authorization, second);
    authorization.listener.onChange('pods', undefined, pod('web', spec));
    expect(can(authorization, node1, { resource: 'secrets', name: 'env', namespace: 'ns' })).toBe(true);
    authorization.listener.onChange('pods', undefined, second);
    expect(can(authorization, node1, { resource: 'secrets', name: 'env', namespace: 'ns' })).toBe(false);
  });

  it('keeps a node to its own node, lease and pods', () => {
    const authorization = setUp();
    const lease = {
      group: 'coordination.k8s.io',
      resource: 'leases',
      namespace: 'kube-node-lease',
      verb: 'update',
    };
    expect(can(authorization, node1, { ...lease, name: 'n1' })).toBe(true);
    expect(can(authorization, node1, { ...lease, name: 'n2' })).toBe(false);
    expect(can(authorization, node1, { resource: 'nodes', verb: 'list' })).toBe(false);
    expect(
      can(authorization, node1, { resource: 'nodes', verb: 'list', fieldSelector: 'metadata.name=n1' }),
    ).toBe(true);
    expect(can(authorization, node1, { verb: 'watch', fieldSelector: 'spec.nodeName=n1' })).toBe(true);
    expect(can(authorization, node1, { verb: 'watch', fieldSelector: 'spec.nodeName!=n1' })).toBe(false);
    expect(can(authorization, node1, { namespace: 'ns', name: 'web' })).toBe(true);
    expect(can(authorization, node1, { namespace: 'ns', name: 'other' })).toBe(false);
  });

  it('is not fooled by a selector that looks like the one it wants', () => {
    const authorization = setUp();
    const list = (resource: string, fieldSelector: string): boolean =>
      can(authorization, node1, { resource, verb: 'list', namespace: 'ns', fieldSelector });
    expect(list('pods', 'spec.nodeName=n1')).toBe(true);
    // What looks like a second term is part of the first one's value.
    expect(list('pods', 'spec.nodeName!=x\\,spec.nodeName=n1')).toBe(false);
    expect(list('secrets', 'metadata.name=env')).toBe(true);
    expect(list('secrets', 'metadata.name!=x\\,metadata.name=env')).toBe(false);
  });

  it('is not fooled by a name without the group', () => {
    const imposter: UserInfo = { name: 'system:node:n1', groups: ['system:authenticated'] };
    expect(can(setUp(), imposter, { resource: 'secrets', name: 'env', namespace: 'ns' })).toBe(false);
  });
});
