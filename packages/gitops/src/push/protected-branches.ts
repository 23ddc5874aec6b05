import type { ProtectedBranch, Repository } from '@gantry/api/generated/types';
import { git } from '../git/command.ts';
import type { Identity } from '../git/identity.ts';
import type { RefUpdate } from './ref-update.ts';

/** What an update does to its branch. */
export type Change = 'push to' | 'rewrite' | 'delete';

/** `*` in a pattern stands for any characters but a slash. */
export function matchesPattern(pattern: string, branch: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]*')}$`, 'u').test(branch);
}

/**
 * Why the user may not do this to the branch; undefined when they may. A branch is protected when any pattern matches
 * it, and open to whom any of those rules names.
 */
export function whyProtected(
  rules: readonly ProtectedBranch[],
  branch: string,
  change: Change,
  { name, groups }: Identity,
): string | undefined {
  const matching = rules.filter((rule) => matchesPattern(rule.pattern, branch));
  if (matching.length === 0) return undefined;
  const mine = matching.filter(
    ({ users = [], groups: named = [] }) =>
      users.includes(name) || named.some((group) => groups.includes(group)),
  );
  const patterns = matching.map(({ pattern }) => pattern).join(', ');
  if (mine.length === 0) {
    const allowed = matching.flatMap((rule) => [
      ...(rule.users ?? []),
      ...(rule.groups ?? []).map((group) => `group ${group}`),
    ]);
    return `branch ${branch} is protected (${patterns}): user ${name} may not ${change} it; ${allowed.length === 0 ? 'nobody may' : `who may: ${[...new Set(allowed)].join(', ')}`}`;
  }
  if (change === 'push to' || mine.some((rule) => rule.allowForce === true)) return undefined;
  return `branch ${branch} is protected (${patterns}): user ${name} may push to it, but not ${change} it, since no rule of theirs has allowForce`;
}

/** What an update does. `env` shows the objects in quarantine. */
export async function changeOf(
  repositoryPath: string,
  update: RefUpdate,
  env: Readonly<Record<string, string>>,
): Promise<Change> {
  if (update.deletes) return 'delete';
  if (update.creates) return 'push to';
  const isAhead = await git(['merge-base', '--is-ancestor', update.oldCommit, update.newCommit], {
    cwd: repositoryPath,
    env,
  }).then(
    () => true,
    () => false,
  );
  return isAhead ? 'push to' : 'rewrite';
}

/** Why a push may not go through: a line for each update that a protected branch forbids. */
export async function protectionProblems(
  repository: Repository | undefined,
  repositoryPath: string,
  updates: readonly RefUpdate[],
  identity: Identity,
  env: Readonly<Record<string, string>>,
): Promise<string[]> {
  const rules = repository?.spec.protectedBranches ?? [];
  const problems: string[] = [];
  for (const update of updates) {
    const { branch } = update;
    if (branch === undefined || !rules.some((rule) => matchesPattern(rule.pattern, branch))) continue;
    const change = await changeOf(repositoryPath, update, env);
    const why = whyProtected(rules, branch, change, identity);
    if (why !== undefined) problems.push(why);
  }
  return problems;
}
