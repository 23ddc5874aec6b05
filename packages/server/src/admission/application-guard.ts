import type { Application } from '@gantry/api/generated/types';
import { parseServiceAccountUser } from '../auth/users.ts';
import type { AdmissionPlugin, AdmissionRequest, Authorizer } from '../request.ts';
import { denied, isResource } from './denial.ts';

const mayImpersonate = (
  authorizer: Authorizer,
  request: AdmissionRequest,
  resource: 'users' | 'groups' | 'serviceaccounts',
  name: string,
  namespace = '',
): boolean =>
  authorizer.authorize(request.user, {
    isResourceRequest: true,
    verb: 'impersonate',
    group: '',
    version: 'v1',
    resource,
    subresource: '',
    namespace,
    name,
    path: '',
  }).allowed;

/**
 * Whether the caller may lend an Application the rights of a user in these groups: their own, or those of whom they may
 * impersonate. Groups that the caller isn't in need the right on each of them, also under the caller's own name.
 */
function mayActAs(
  authorizer: Authorizer,
  request: AdmissionRequest,
  name: string,
  groups: readonly string[],
): boolean {
  const own = name === request.user.name;
  const account = parseServiceAccountUser(name);
  const user =
    own ||
    (account === undefined
      ? mayImpersonate(authorizer, request, 'users', name)
      : mayImpersonate(authorizer, request, 'serviceaccounts', account.name, account.namespace));
  return (
    user &&
    groups.every(
      (group) =>
        (own && request.user.groups.includes(group)) || mayImpersonate(authorizer, request, 'groups', group),
    )
  );
}

/** What an Application follows decides what its user's rights are used for, so that changing it needs the same right as naming the user. */
const borrowed = (application: Application): string => {
  const { source, destination, user, groups } = application.spec;
  return JSON.stringify([
    user,
    groups ?? [],
    source?.repository,
    source?.branch,
    source?.path,
    destination?.namespace,
  ]);
};

/** Nobody gets another user's rights by way of an Application: `spec.user` is the caller's own, or of somebody they may impersonate. */
export const createApplicationGuard = (authorizer: Authorizer): AdmissionPlugin => ({
  name: 'ApplicationUser',
  handles: (kind, operation, subresource) =>
    isResource(kind, 'gitops.gantry.dev', 'applications') &&
    subresource === '' &&
    (operation === 'CREATE' || operation === 'UPDATE'),
  mutate(request) {
    const application = request.object as unknown as Application;
    if (application.spec.user) return;
    const old = request.oldObject as unknown as Application | undefined;
    const { user = request.user.name, groups = old === undefined ? [...request.user.groups] : [] } =
      old?.spec ?? {};
    application.spec.user = user;
    application.spec.groups = groups;
  },
  validate(request) {
    const application = request.object as unknown as Application;
    const old = request.oldObject as unknown as Application | undefined;
    const user = application.spec.user ?? '';
    if (old !== undefined && borrowed(application) === borrowed(old)) return;
    if (mayActAs(authorizer, request, user, application.spec.groups ?? [])) return;
    throw denied(
      request,
      `the sync acts with the rights of spec.user ${JSON.stringify(user)} and spec.groups: user ${JSON.stringify(request.user.name)} needs the verb impersonate on them`,
    );
  },
});
