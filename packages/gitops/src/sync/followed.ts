import type { Application } from '@gantry/api/generated/types';
import semver from 'semver';
import { GitError } from '../git/tree.ts';
import { branchOf } from './source.ts';

/** What an Application follows, in the order in which they win. */
export type Followed =
  | { readonly type: 'commit'; readonly commit: string }
  | { readonly type: 'semver'; readonly range: string }
  | { readonly type: 'tag'; readonly tag: string }
  | { readonly type: 'branch'; readonly branch: string };

const isSet = (text: string | undefined): text is string => text !== undefined && text !== '';

export function followedBy(application: Application): Followed {
  const { commit, semver: range, tag } = application.spec.source;
  if (isSet(commit)) return { type: 'commit', commit };
  if (isSet(range)) return { type: 'semver', range };
  if (isSet(tag)) return { type: 'tag', tag };
  return { type: 'branch', branch: branchOf(application) };
}

export function describeFollowed(followed: Followed): string {
  switch (followed.type) {
    case 'commit':
      return `commit ${followed.commit}`;
    case 'semver':
      return `versions ${followed.range}`;
    case 'tag':
      return `tag ${followed.tag}`;
    case 'branch':
      return `branch ${followed.branch}`;
  }
}

/** The highest tag in a range, as npm reads ranges; v1.2.3 counts as 1.2.3. Throws GitError for a range that is none. */
export function highestTag(tags: readonly string[], range: string): string | undefined {
  if (semver.validRange(range) === null)
    throw new GitError(`source.semver ${JSON.stringify(range)} is no range such as ">=1.2.0 <2" or "1.x"`);
  const versions = tags.flatMap((tag) => {
    const version = semver.parse(tag);
    return version === null || !semver.satisfies(version, range) ? [] : [{ tag, version }];
  });
  // Of 1.0.0 and v1.0.0 always the same one.
  versions.sort((a, b) => semver.compareBuild(b.version, a.version) || (a.tag < b.tag ? -1 : 1));
  return versions[0]?.tag;
}
