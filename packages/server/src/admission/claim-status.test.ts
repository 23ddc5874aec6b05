import { describe, expect, it } from 'vitest';
import { admit, alice, kindOf, statusOf } from '../auth/testing/fakes.ts';
import type { Authorizer, UserInfo } from '../request.ts';
import { createClaimStatusCheck } from './claim-status.ts';

const claims = kindOf('resourceclaims', 'resource.k8s.io');
const claim = (status: object) => ({
  ...{ apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaim', metadata: { name: 'a' }, spec: {} },
  status,
});
const onNode = {
  nodeSelector: {
    nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }],
  },
};
const device = (driver: string, more: object = {}) => ({ driver, pool: 'p', device: 'd', ...more });
const driverOn = (node: string): UserInfo => ({
  name: 'system:serviceaccount:kube-system:driver',
  groups: ['system:authenticated'],
  extra: { 'authentication.kubernetes.io/node-name': [node] },
});

/** Runs the check with these rights: `verb resource/subresource namespace/name`. */
async function check(rights: readonly string[], old: object, now: object, user = alice) {
  const asked: string[] = [];
  const authorizer: Authorizer = {
    authorize(_user, { verb, resource, subresource, namespace, name }) {
      const right = `${verb} ${resource}/${subresource} ${namespace}/${name}`;
      asked.push(right);
      return { allowed: rights.includes(right), reason: '' };
    },
  };
  const input = { old: claim(old), object: claim(now), subresource: 'status', user };
  return { asked, ...(await statusOf(admit(createClaimStatusCheck(authorizer), claims, input))) };
}

describe('the status of a claim', () => {
  it('is bound by who may bind claims', async () => {
    const right = 'update resourceclaims/binding /';
    expect(await check([], { allocation: onNode }, { allocation: onNode })).toMatchObject({
      ...{ asked: [], message: '' },
    });
    for (const now of [{ allocation: onNode }, { reservedFor: [{ resource: 'pods', name: 'p', uid: 'u' }] }])
      expect((await check([right], {}, now)).message).toBe('');
    const refused = await check([], {}, { allocation: onNode });
    expect([refused.code, refused.details?.causes]).toEqual([
      422,
      [
        {
          reason: 'FieldValueForbidden',
          field: 'status.allocation',
          message:
            'Forbidden: changing status.allocation or status.reservedFor requires resource="resourceclaims/binding", verb="update" permission: resourceclaims.resource.k8s.io is forbidden: User "alice" cannot update resource "resourceclaims/binding" in API group "resource.k8s.io" at the cluster scope',
        },
      ],
    ]);
  });

  it('tells of devices what their driver says, on its own node or on any', async () => {
    const [old, now] = [
      { allocation: onNode, devices: [device('gone'), device('same')] },
      { allocation: onNode, devices: [device('same'), device('new', { data: {} })] },
    ];
    const refused = await check([], old, now);
    expect(refused.asked).toEqual([
      'arbitrary-node:update resourceclaims/driver ns/gone',
      'arbitrary-node:update resourceclaims/driver ns/new',
    ]);
    expect(refused.message).toContain(
      'status.devices: Forbidden: changing status.devices requires resource="resourceclaims/driver", verb="[arbitrary-node:update]" permission: ',
    );
    const own = ['gone', 'new'].map((name) => `associated-node:update resourceclaims/driver ns/${name}`);
    expect((await check(own, old, now, driverOn('n1'))).message).toBe('');
    expect((await check(own, old, now, driverOn('n2'))).message).not.toBe('');
    expect((await check(refused.asked, old, now, driverOn('n1'))).message).toBe('');
  });
});
