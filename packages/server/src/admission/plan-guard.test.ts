import type { Plan } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { admit, kindOf, statusOf } from '../auth/testing/fakes.ts';
import type { Authorizer } from '../request.ts';
import { createPlanGuard } from './plan-guard.ts';

const mayActAs = (...names: string[]): Authorizer => ({
  authorize: (_user, { verb, resource, name }) => ({
    allowed: verb === 'impersonate' && names.includes(`${resource}/${name}`),
    reason: '',
  }),
});
const plan = (spec: object): object => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Plan',
  metadata: { name: 'p', namespace: 'ns' },
  spec: { application: 'shop', ...spec },
});
const run = async (object: object, old?: object, authorizer = mayActAs()) => {
  const kind = kindOf('plans', 'gitops.gantry.dev');
  const done = await admit(createPlanGuard(authorizer), kind, {
    object,
    ...(old === undefined ? {} : { old }),
  });
  return (done.object as unknown as Plan).spec;
};

describe('PlanUser', () => {
  it('says who asked', async () => {
    const { user, groups } = await run(plan({}));
    expect(user).toBe('alice');
    expect(groups).toContain('system:authenticated');
  });

  it('lets nobody ask as somebody else, or as a member of other groups', async () => {
    for (const spec of [{ user: 'bob' }, { user: 'alice', groups: ['system:masters'] }])
      expect((await statusOf(run(plan(spec)))).code).toBe(403);
    expect(await run(plan({ user: 'bob' }), undefined, mayActAs('users/bob'))).toMatchObject({ user: 'bob' });
  });

  it('names who changes what is planned, and nobody else', async () => {
    const old = plan({ user: 'bob', groups: ['system:masters'] });
    expect(await run(plan({ user: 'bob', groups: ['system:masters'] }), old)).toMatchObject({ user: 'bob' });
    const moved = plan({ user: 'bob', groups: ['system:masters'], revision: 'other' });
    const { user, groups } = await run(moved, old);
    expect(user).toBe('alice');
    expect(groups).not.toContain('system:masters');
    expect((await statusOf(run(plan({ user: 'carol' }), old))).code).toBe(403);
  });
});
