import type { Application } from '@gantry/api/generated/types';
import { GitError } from '../git/tree.ts';

export interface Actor {
  readonly user: string;
  readonly groups: readonly string[];
}

/** The service account that an Application acts as; undefined: it acts as a user. */
export function accountOf({ metadata: { namespace = '' }, spec }: Application): Actor | undefined {
  const { serviceAccountName: account } = spec;
  if (account === undefined || account === '') return undefined;
  return {
    user: `system:serviceaccount:${namespace}:${account}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}

/** Whose rights a sync acts with: the Application's own service account, else the user that it names. Throws GitError. */
export function actorOf(application: Application): Actor {
  const account = accountOf(application);
  if (account !== undefined) return account;
  const { user, groups = [] } = application.spec;
  if (user === undefined || user === '')
    throw new GitError("spec.user is not set: nobody's rights to act with");
  return { user, groups };
}
