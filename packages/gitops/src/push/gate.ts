import type { HookCall } from '../git/hook-channel.ts';
import { GitError } from '../git/tree.ts';
import type { CommitVerifier } from '../sync/commit-verifier.ts';
import { type FollowerParts, followersOf } from './followers.ts';
import { protectionProblems } from './protected-branches.ts';
import type { RefUpdate } from './ref-update.ts';

export interface GateParts extends FollowerParts {
  readonly verifier: CommitVerifier;
}

/**
 * What is asked of a push before anything is planned: protected branches, and signatures of what an Application follows.
 * False rejects it, and says why.
 */
export async function passesGate(
  call: HookCall,
  updates: readonly RefUpdate[],
  parts: GateParts,
): Promise<boolean> {
  const { repository: name, identity } = call.push;
  const repository = parts.repositories.get(name, name);
  const path = parts.hosted.path(name);
  const problems = await protectionProblems(repository, path, updates, identity, call.env);
  if (repository?.spec.verify !== undefined) {
    for (const update of updates) {
      if (update.deletes || followersOf(parts, name, update, updates).length === 0) continue;
      try {
        await parts.verifier.verify(repository, path, update.newCommit, call.env);
      } catch (error) {
        if (!(error instanceof GitError)) throw error;
        problems.push(`${update.branch ?? update.ref}: ${error.message}`);
      }
    }
  }
  for (const problem of problems) call.say(`rejected, nothing was changed: ${problem}`);
  return problems.length === 0;
}
