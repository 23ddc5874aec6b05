import type { PolicyRule } from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import { describe, expect, it } from 'vitest';
import { admit, alice, FakeState, kindOf, root, statusOf } from '../testing/fakes.ts';
import { createAuthorization } from './authorization.ts';
import { createEscalationCheck } from './escalation.ts';

const RBAC = 'rbac.authorization.k8s.io';
const role = (name: string, rules: PolicyRule[]): AnyObject => ({
  apiVersion: `${RBAC}/v1`,
  kind: 'ClusterRole',
  metadata: { name },
  rules,
});
const bind = (name: string, roleName: string): AnyObject => ({
  apiVersion: `${RBAC}/v1`,
  kind: 'ClusterRoleBinding',
  metadata: { name },
  roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: roleName },
  subjects: [{ kind: 'User', name: 'alice' }],
});
const READ_PODS: PolicyRule = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] };

function setUp(...held: PolicyRule[]) {
  const authorization = createAuthorization([]);
  authorization.listener.onChange(`clusterroles.${RBAC}`, role('own', held), undefined);
  authorization.listener.onChange(`clusterrolebindings.${RBAC}`, bind('own', 'own'), undefined);
  return createEscalationCheck(authorization);
}
const roles = kindOf('clusterroles', RBAC);
const bindings = kindOf('clusterrolebindings', RBAC);

describe('escalation', () => {
  it('refuses rules that the user lacks, naming them', async () => {
    const object = role('new', [{ apiGroups: [''], resources: ['pods', 'secrets'], verbs: ['get'] }]);
    const { code, message } = await statusOf(admit(setUp(READ_PODS), roles, { object }));
    expect(code).toBe(403);
    expect(message).toBe(
      'clusterroles.rbac.authorization.k8s.io "new" is forbidden: user "alice" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}',
    );
  });

  it('admits rules that the user holds, an escalate right, and superusers', async () => {
    const object = role('new', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]);
    await admit(setUp(READ_PODS), roles, { object: role('new', [READ_PODS]) });
    await admit(setUp({ apiGroups: [RBAC], resources: ['clusterroles'], verbs: ['escalate'] }), roles, {
      object,
    });
    await admit(setUp(), roles, { object, user: root });
    expect((await statusOf(admit(setUp(READ_PODS), roles, { object }))).code).toBe(403);
  });

  it('holds a binding against the role it names, also one that only the set holds', async () => {
    const state = new FakeState([role('big', [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }])]);
    const object = bind('b', 'big');
    expect((await statusOf(admit(setUp(READ_PODS), bindings, { object, state }))).code).toBe(403);
    await admit(
      setUp({ apiGroups: [RBAC], resources: ['clusterroles'], resourceNames: ['big'], verbs: ['bind'] }),
      bindings,
      { object, state },
    );
    expect(
      (await statusOf(admit(setUp(READ_PODS), bindings, { object: bind('b', 'none'), state }))).message,
    ).toBe('clusterroles.rbac.authorization.k8s.io "none" not found');
  });

  it('lets the garbage collector touch what it could not grant', async () => {
    const old = role('big', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]);
    const object = { ...old, metadata: { name: 'big', finalizers: ['x/y'] } };
    await admit(setUp(), roles, { object, old, user: alice });
  });

  it('asks for everything before a role may aggregate', async () => {
    const object = {
      ...role('a', []),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] },
    };
    expect((await statusOf(admit(setUp(READ_PODS), roles, { object }))).message).toBe(
      'clusterroles.rbac.authorization.k8s.io "a" is forbidden: must have cluster-admin privileges to use the aggregationRule',
    );
  });
});
