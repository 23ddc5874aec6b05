import type { Application, Repository } from '@gantry/api/generated/types';
import { git } from '../git/command.ts';
import type { HostedRepositories } from '../git/hosted.ts';
import type { Refs } from '../git/refs.ts';
import { GitError } from '../git/tree.ts';
import type { Sources } from '../sync/source.ts';
import { targetOf } from '../sync/target.ts';

export interface RevisionParts {
  readonly sources: Pick<Sources, 'refs'>;
  readonly hosted: Pick<HostedRepositories, 'path' | 'exists'>;
}

export interface Resolved {
  readonly commit: string;
  /** With the branches and tags as they are now, where they were asked for. */
  readonly repository: Repository;
}

const FULL = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const SHORT = /^[0-9a-f]{7,63}$/;

/**
 * The commit that a branch, a tag or a commit's id (at least seven digits of it) names now; without a revision what the
 * Application follows. Throws GitError.
 */
export async function resolveRevision(
  parts: RevisionParts,
  application: Application,
  repository: Repository,
  revision: string | undefined,
): Promise<Resolved> {
  if (revision === undefined || revision === '') {
    const known = targetOf(application, repository);
    if (known !== undefined) return { commit: known, repository };
    // Nobody has looked at it yet: it was just made.
    const now = seenAs(repository, await parts.sources.refs(repository));
    const commit = targetOf(application, now);
    if (commit !== undefined) return { commit, repository: now };
    throw new GitError(`Repository ${repository.metadata.name} has no branches yet`);
  }
  if (FULL.test(revision)) return { commit: revision, repository };
  const refs = await parts.sources.refs(repository);
  const seen = seenAs(repository, refs);
  const named = namedBy(refs, revision);
  if (named !== undefined) return { commit: named, repository: seen };
  if (SHORT.test(revision)) {
    const commit = await expand(parts, application, repository, refs, revision);
    if (commit !== undefined) return { commit, repository: seen };
  }
  throw new GitError(
    `${JSON.stringify(revision)} is no branch, tag or commit of Repository ${repository.metadata.name}`,
  );
}

const seenAs = (repository: Repository, { branches, tags }: Refs): Repository => ({
  ...repository,
  status: { ...repository.status, branches: { ...branches }, tags: { ...tags } },
});

function namedBy({ branches, tags }: Refs, revision: string): string | undefined {
  const [, type, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(revision) ?? [];
  if (type !== undefined) return own(type === 'heads' ? branches : tags, name);
  return own(branches, revision) ?? own(tags, revision);
}

const own = (refs: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(refs, name) ? refs[name] : undefined;

/** From the commits that are known by name; a hosted repository knows all of its own. */
async function expand(
  { hosted }: RevisionParts,
  { status }: Application,
  { metadata, spec }: Repository,
  { branches, tags }: Refs,
  prefix: string,
): Promise<string | undefined> {
  const known = new Set([
    ...Object.values(branches),
    ...Object.values(tags),
    ...(status?.history ?? []).map(({ commit }) => commit),
  ]);
  const fitting = [...known].filter((commit) => commit.startsWith(prefix));
  if (fitting.length > 0 || spec.hosted !== true) return fitting.length === 1 ? fitting[0] : undefined;
  const { name, namespace } = metadata;
  if (name !== namespace || !hosted.exists(name)) return undefined;
  try {
    const output = await git(['rev-parse', '--verify', '--quiet', `${prefix}^{commit}`], {
      cwd: hosted.path(name),
    });
    return output.toString('utf8').trim();
  } catch {
    // Unknown, ambiguous, or no commit.
    return undefined;
  }
}
