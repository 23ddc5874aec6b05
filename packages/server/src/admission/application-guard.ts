import type { Application } from '@gantry/api/generated/types';
import { parseServiceAccountUser } from '../auth/users.ts';
import type { AdmissionPlugin, AdmissionRequest, Authorizer } from '../request.ts';
import { denied, isResource } from './denial.ts';

/** Whether the caller may lend an Application the rights of `name`: their own, or those of whom they may impersonate. */
function mayActAs(authorizer: Authorizer, request: AdmissionRequest, name: string): boolean {
  if (name === request.user.name) return true;
  const account = parseServiceAccountUser(name);
  return authorizer.authorize(request.user, {
    isResourceRequest: true,
    verb: 'impersonate',
    group: '',
    version: 'v1',
    resource: account === undefined ? 'users' : 'serviceaccounts',
    subresource: '',
    namespace: account?.namespace ?? '',
    name: account?.name ?? name,
    path: '',
  }).allowed;
}

/** What an Application follows decides what its user's rights are used for, so that changing it needs the same right as naming the user. */
const borrowed = (application: Application): string => {
  const { source, destination, user } = application.spec;
  return JSON.stringify([user, source?.repository, source?.branch, source?.path, destination?.namespace]);
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
    application.spec.user = old?.spec.user ?? request.user.name;
  },
  validate(request) {
    const application = request.object as unknown as Application;
    const old = request.oldObject as unknown as Application | undefined;
    const user = application.spec.user ?? '';
    if (old !== undefined && borrowed(application) === borrowed(old)) return;
    if (mayActAs(authorizer, request, user)) return;
    throw denied(
      request,
      `the sync acts with the rights of spec.user ${JSON.stringify(user)}: user ${JSON.stringify(request.user.name)} needs the verb impersonate on it`,
    );
  },
});
