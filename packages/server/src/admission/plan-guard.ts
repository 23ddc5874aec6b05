import type { Plan } from '@gantry/api/generated/types';
import { deepEqual } from '@gantry/machinery/json';
import type { AdmissionPlugin, Authorizer } from '../request.ts';
import { mayActAs } from './application-guard.ts';
import { denied, isResource } from './denial.ts';

/**
 * A Plan is made with the rights of its Application and shows what is there, so that it has to say who asked for it:
 * spec.user and spec.groups are the caller's own, or those of somebody they may impersonate. Whoever changes what is
 * planned asks anew.
 */
export const createPlanGuard = (authorizer: Authorizer): AdmissionPlugin => ({
  name: 'PlanUser',
  handles: (kind, operation, subresource) =>
    isResource(kind, 'gitops.gantry.dev', 'plans') &&
    subresource === '' &&
    (operation === 'CREATE' || operation === 'UPDATE'),
  mutate({ object, oldObject, user }) {
    const { spec } = object as unknown as Plan;
    const old = (oldObject as unknown as Plan | undefined)?.spec;
    if (spec === undefined || deepEqual(spec, old)) return;
    const isKept = old !== undefined && spec.user === old.user && deepEqual(spec.groups, old.groups);
    if (spec.user && !isKept) return;
    spec.user = user.name;
    spec.groups = [...user.groups];
  },
  validate(request) {
    const { spec } = request.object as unknown as Plan;
    const old = (request.oldObject as unknown as Plan | undefined)?.spec;
    if (spec === undefined || deepEqual(spec, old)) return;
    if (mayActAs(authorizer, request, spec.user ?? '', spec.groups ?? [])) return;
    throw denied(
      request,
      `a plan shows what spec.user ${JSON.stringify(spec.user ?? '')} and spec.groups may read: user ${JSON.stringify(request.user.name)} needs the verb impersonate on them`,
    );
  },
});
