import type { Application } from '@gantry/api/generated/types';
import { parseServiceAccountUser } from '../auth/users.ts';
import type { AdmissionPlugin, AdmissionRequest, Authorizer, UserInfo } from '../request.ts';
import { denied, isResource } from './denial.ts';
import { checkSecretUses, type SecretUse } from './secret-rights.ts';

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
export function mayActAs(
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

/** Everything that decides what the borrowed rights are used for, so that changing it needs the same right as borrowing them. */
const borrowed = (application: Application): string => {
  const {
    source,
    destination,
    user,
    groups,
    serviceAccountName,
    deletionPolicy = 'Orphan',
  } = application.spec;
  return JSON.stringify([
    user,
    groups ?? [],
    serviceAccountName,
    source,
    destination?.namespace,
    deletionPolicy,
  ]);
};

const rightsOf = ({ spec: { user, groups } }: Application): string => JSON.stringify([user, groups ?? []]);

/** A notification is signed with a Secret, a chart fetched with one: a new address learns of it too. */
const secretUses = ({ spec: { notifications = [], source } }: Application): SecretUse[] => [
  ...notifications.map(({ url, secretRef }) => ({
    field: 'spec.notifications[].secretRef',
    ...{ secret: secretRef?.name, purpose: [secretRef?.key, url] },
  })),
  {
    field: 'spec.source.helm.secretRef',
    ...{ secret: source?.helm?.secretRef?.name, purpose: [source?.helm?.repositoryURL] },
  },
];

/** Annotations that ask for something, and the one that tells who did. */
const REQUESTS = [
  'gitops.gantry.dev/sync-requested-at',
  'gitops.gantry.dev/sync-objects',
  'gitops.gantry.dev/approve-prune',
  'gitops.gantry.dev/rollback-to',
];
const REQUESTED_BY = 'gitops.gantry.dev/requested-by';

/** Who asks is for the server to say: nobody signs with another's name, or takes away the name of who did. */
function stampRequest(application: Application, old: Application | undefined, user: string): void {
  const { annotations = {} } = application.metadata;
  const before = old?.metadata.annotations ?? {};
  if (annotations[REQUESTED_BY] === undefined && REQUESTS.every((name) => annotations[name] === before[name]))
    if (before[REQUESTED_BY] === undefined) return;
  const isAsked = REQUESTS.some(
    (name) => annotations[name] !== undefined && annotations[name] !== before[name],
  );
  const by = isAsked ? user : before[REQUESTED_BY];
  const { [REQUESTED_BY]: _, ...others } = annotations;
  application.metadata.annotations = by === undefined ? others : { ...others, [REQUESTED_BY]: by };
}

function defaultUser(application: Application, old: Application | undefined, user: UserInfo): void {
  if (application.spec.user) return;
  const { user: name = user.name, groups = old === undefined ? [...user.groups] : [] } = old?.spec ?? {};
  application.spec.user = name;
  application.spec.groups = groups;
}

function validateRights(
  authorizer: Authorizer,
  request: AdmissionRequest,
  application: Application,
  old: Application | undefined,
): void {
  const { user = '', groups = [], serviceAccountName: account = '' } = application.spec;
  if (old !== undefined && borrowed(application) === borrowed(old)) return;
  const namespace = application.metadata.namespace ?? '';
  if (account !== '') {
    if (!mayImpersonate(authorizer, request, 'serviceaccounts', account, namespace))
      throw denied(
        request,
        `the sync acts with the rights of spec.serviceAccountName ${JSON.stringify(account)}: user ${JSON.stringify(request.user.name)} needs the verb impersonate on that service account`,
      );
    // Whom the sync acts as when the account is taken away again can't be planted meanwhile.
    if (old !== undefined && rightsOf(application) === rightsOf(old)) return;
  }
  if (mayActAs(authorizer, request, user, groups)) return;
  throw denied(
    request,
    `the sync acts with the rights of spec.user ${JSON.stringify(user)} and spec.groups: user ${JSON.stringify(request.user.name)} needs the verb impersonate on them`,
  );
}

/**
 * Nobody gets another user's rights by way of an Application: `spec.user` is the caller's own, or of somebody they may
 * impersonate, and so is `spec.serviceAccountName`. Secrets that it newly uses must be the caller's to read. Signs requests
 * with the name of who asks.
 */
export const createApplicationGuard = (authorizer: Authorizer): AdmissionPlugin => ({
  name: 'ApplicationUser',
  handles: (kind, operation, subresource) =>
    isResource(kind, 'gitops.gantry.dev', 'applications') &&
    (subresource === '' || subresource === 'status') &&
    (operation === 'CREATE' || operation === 'UPDATE'),
  mutate(request) {
    const application = request.object as unknown as Application;
    const old = request.oldObject as unknown as Application | undefined;
    stampRequest(application, old, request.user.name);
    if (request.attributes.subresource === '') defaultUser(application, old, request.user);
  },
  validate(request) {
    if (request.attributes.subresource !== '') return;
    const application = request.object as unknown as Application;
    const old = request.oldObject as unknown as Application | undefined;
    validateRights(authorizer, request, application, old);
    checkSecretUses(
      authorizer,
      request,
      application.metadata.namespace ?? '',
      secretUses(application),
      old === undefined ? [] : secretUses(old),
    );
  },
});
