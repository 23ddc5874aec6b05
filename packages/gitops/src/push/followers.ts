import type { Application, Repository } from '@gantry/api/generated/types';
import type { Lister } from '@gantry/client/port';
import { git } from '../git/command.ts';
import type { HookCall } from '../git/hook-channel.ts';
import type { HostedRepositories } from '../git/hosted.ts';
import { followedBy, highestTag } from '../sync/followed.ts';
import { defaultApplication } from './default-objects.ts';
import type { RefUpdate } from './ref-update.ts';

export interface FollowerParts {
  readonly hosted: Pick<HostedRepositories, 'path'>;
  readonly applications: Pick<Lister<Application>, 'list'>;
  readonly repositories: Pick<Lister<Repository>, 'get'>;
}

export const applicationsOf = (parts: FollowerParts, repository: string): readonly Application[] =>
  parts.applications
    .list(repository)
    .filter((application) => application.spec.source.repository === repository);

/**
 * Applications that an update of a hosted repository moves; for main of a new one, the Application to be. One that
 * follows versions is moved by the tag that becomes the highest in its range; `all`: the updates of the whole push.
 */
export function followersOf(
  parts: FollowerParts,
  repository: string,
  { branch, tag }: RefUpdate,
  all: readonly RefUpdate[],
): readonly Application[] {
  const known = applicationsOf(parts, repository);
  if (known.length === 0 && branch === 'main') return [defaultApplication(repository)];
  const tags = tagsAfter(parts.repositories.get(repository, repository), all);
  return known.filter((application) => {
    const followed = followedBy(application);
    if (followed.type === 'branch') return followed.branch === branch;
    if (tag === undefined) return false;
    if (followed.type === 'tag') return followed.tag === tag;
    return followed.type === 'semver' && becomesHighest(tags, tag, followed.range);
  });
}

function tagsAfter(repository: Repository | undefined, all: readonly RefUpdate[]): readonly string[] {
  const tags = new Set(Object.keys(repository?.status?.tags ?? {}));
  for (const { tag, deletes } of all) {
    if (tag === undefined) continue;
    if (deletes) tags.delete(tag);
    else tags.add(tag);
  }
  return [...tags];
}

function becomesHighest(tags: readonly string[], tag: string, range: string): boolean {
  try {
    return highestTag([...tags, tag], range) === tag;
  } catch {
    // A range that is none moves nothing.
    return false;
  }
}

/** The updates with the commits that annotated tags name. */
export function peeledUpdates(call: HookCall, parts: FollowerParts): Promise<readonly RefUpdate[]> {
  return Promise.all(
    call.updates.map(async (update) => {
      if (update.tag === undefined || update.deletes) return update;
      const newCommit = await git(['rev-parse', '--verify', '--quiet', `${update.newCommit}^{commit}`], {
        cwd: parts.hosted.path(call.push.repository),
        env: call.env,
      }).then(
        (output) => output.toString('latin1').trim(),
        // A tag of a file: there is no commit to apply.
        () => update.newCommit,
      );
      return { ...update, newCommit };
    }),
  );
}
