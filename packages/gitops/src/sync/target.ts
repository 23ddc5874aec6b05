import type { Application, Repository } from '@gantry/api/generated/types';
import { GitError } from '../git/tree.ts';
import { followedBy, highestTag } from './followed.ts';
import { requestOf } from './request.ts';

const COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The commit that an Application is to be at. Undefined while nobody looked at the repository yet. Throws GitError when
 * there is none, or it is a wrong one.
 */
export function targetOf(application: Application, repository: Repository): string | undefined {
  const followed = followedBy(application);
  if (followed.type === 'commit') return requireCommit(followed.commit);
  const { branches, tags, conditions } = repository.status ?? {};
  const target =
    followed.type === 'branch'
      ? branches?.[followed.branch]
      : tags?.[
          followed.type === 'tag' ? followed.tag : (highestTag(Object.keys(tags), followed.range) ?? '')
        ];
  if (target !== undefined) return target;
  const { name } = repository.metadata;
  const ready = conditions?.find((condition) => condition.type === 'Ready');
  if (ready?.status === 'False') throw new GitError(`Repository ${name}: ${ready.message}`);
  if (ready === undefined && branches === undefined && requestOf(application) === undefined) return undefined;
  throw new GitError(
    followed.type === 'semver'
      ? `no tag of Repository ${name} is a version in ${JSON.stringify(followed.range)} (yet)`
      : `${followed.type} ${JSON.stringify(followed.type === 'tag' ? followed.tag : followed.branch)} is not there (yet) in Repository ${name}`,
  );
}

function requireCommit(commit: string): string {
  if (COMMIT.test(commit)) return commit;
  throw new GitError(
    `source.commit ${JSON.stringify(commit.slice(0, 80))} is no full commit id: 40 (or 64) digits, 0-9 and a-f`,
  );
}
