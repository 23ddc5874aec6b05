import type { Application } from '@gantry/api/generated/types';
import { GitError } from '../git/tree.ts';

export interface Actor {
  readonly user: string;
  readonly groups: readonly string[];
}

/** Whose rights a sync acts with: the Application's own service account, else the user that it names. Throws GitError. */
export function actorOf({ metadata: { namespace = '' }, spec }: Application): Actor {
  const { serviceAccountName: account, user, groups = [] } = spec;
  if (account !== undefined && account !== '')
    return {
      user: `system:serviceaccount:${namespace}:${account}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    };
  if (user === undefined || user === '')
    throw new GitError("spec.user is not set: nobody's rights to act with");
  return { user, groups };
}
