import type { Application, Repository } from '@gantry/api/generated/types';
import { deepEqual } from '@gantry/machinery/json';
import { listObjects } from '../auth/state.ts';
import { serviceAccountUser } from '../auth/users.ts';
import type { AdmissionPlugin, AdmissionRequest, Authorizer } from '../request.ts';
import { mayActAs } from './application-guard.ts';
import { denied, isResource } from './denial.ts';
import { checkSecretUses, type SecretUse } from './secret-rights.ts';

type Spec = NonNullable<Repository['spec']>;

/** Everything that decides which commits are applied. */
const commitsOf = ({ url = '', hosted = false, verify, secretRef }: Spec): unknown[] => [
  url,
  hosted,
  verify?.secretRef?.name ?? '',
  secretRef?.name ?? '',
];

const secretUses = ({ url, secretRef, verify, webhook }: Spec): SecretUse[] => [
  { field: 'spec.secretRef', secret: secretRef?.name, purpose: [url] },
  { field: 'spec.verify.secretRef', secret: verify?.secretRef?.name, purpose: [] },
  { field: 'spec.webhook.secretRef', secret: webhook?.secretRef?.name, purpose: [] },
];

function checkFollower(
  authorizer: Authorizer,
  request: AdmissionRequest,
  { metadata, spec }: Application,
): void {
  const { user = '', groups = [], serviceAccountName: account = '' } = spec;
  const isAccount = account !== '';
  const name = isAccount ? serviceAccountUser(metadata.namespace ?? '', account) : user;
  if (mayActAs(authorizer, request, name, isAccount ? [] : groups)) return;
  const lent = isAccount
    ? `spec.serviceAccountName ${JSON.stringify(account)}`
    : `spec.user ${JSON.stringify(user)} and spec.groups`;
  throw denied(
    request,
    `Application ${JSON.stringify(metadata.name)} applies its commits with the rights of ${lent}: user ${JSON.stringify(request.user.name)} needs the verb impersonate on ${isAccount ? 'that service account' : 'them'}`,
  );
}

/**
 * Nobody gets another user's rights by way of a Repository: who makes one, or changes which commits come from it, may act
 * as every Application that follows it does. The Secrets that it newly uses must be the caller's to read.
 */
export const createRepositoryGuard = (authorizer: Authorizer): AdmissionPlugin => ({
  name: 'RepositoryUser',
  handles: (kind, operation, subresource) =>
    isResource(kind, 'gitops.gantry.dev', 'repositories') &&
    subresource === '' &&
    (operation === 'CREATE' || operation === 'UPDATE'),
  validate(request) {
    const { metadata, spec = {} } = request.object as unknown as Repository;
    const old = request.oldObject as unknown as Repository | undefined;
    const before = old?.spec ?? {};
    const namespace = metadata.namespace ?? '';
    checkSecretUses(
      authorizer,
      request,
      namespace,
      secretUses(spec),
      old === undefined ? [] : secretUses(before),
    );
    if (old !== undefined && deepEqual(commitsOf(spec), commitsOf(before))) return;
    const applications = listObjects<Application>(request.state, 'applications.gitops.gantry.dev', namespace);
    for (const application of applications)
      if (application.spec.source.repository === metadata.name)
        checkFollower(authorizer, request, application);
  },
});
