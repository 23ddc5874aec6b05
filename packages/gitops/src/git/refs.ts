import semver from 'semver';
import { git } from './command.ts';
import { GitError } from './tree.ts';

/** Where a repository's branches and tags are. */
export interface Refs {
  /** Commit of each branch. */
  readonly branches: Readonly<Record<string, string>>;
  /** Commit of each tag: an annotated one counts as what it names. */
  readonly tags: Readonly<Record<string, string>>;
  /** Set when there are more tags than are kept. */
  readonly tagsLeftOut?: number;
}

const BRANCHES_MAX = 10_000;
const TAGS_MAX = 5_000;
const PEELED = '^{}';

/** From lines of `OID\tREF`, as git ls-remote and show-ref write. Throws GitError over a limit. */
export function refsFrom(lines: string, where: string): Refs {
  const branches: [string, string][] = [];
  const tags = new Map<string, string>();
  for (const line of lines.split('\n')) {
    const [oid = '', ref = ''] = line.split('\t');
    if (ref.startsWith('refs/heads/')) branches.push([ref.slice('refs/heads/'.length), oid]);
    else if (ref.startsWith('refs/tags/')) {
      const tag = ref.slice('refs/tags/'.length);
      // The line of what an annotated tag names follows its own.
      tags.set(tag.endsWith(PEELED) ? tag.slice(0, -PEELED.length) : tag, oid);
    }
  }
  if (branches.length > BRANCHES_MAX)
    throw new GitError(`${where} has ${branches.length} branches: at most ${BRANCHES_MAX} are followed`);
  const kept = [...tags.keys()].sort(newestFirst).slice(0, TAGS_MAX);
  return {
    branches: Object.fromEntries(branches),
    tags: Object.fromEntries(kept.map((tag) => [tag, tags.get(tag) ?? ''])),
    ...(tags.size > kept.length ? { tagsLeftOut: tags.size - kept.length } : {}),
  };
}

/** Versions before other names, the highest first. */
function newestFirst(a: string, b: string): number {
  const [left, right] = [semver.parse(a), semver.parse(b)];
  if (left === null || right === null)
    return (left === null ? 1 : 0) - (right === null ? 1 : 0) || (a < b ? 1 : -1);
  return semver.rcompare(left, right) || (a < b ? 1 : -1);
}

/** Branches and tags of a bare repository. Throws GitError. */
export async function localRefs(repository: string): Promise<Refs> {
  const format =
    '%(objectname)%09%(refname)%0a%(if)%(*objectname)%(then)%(*objectname)%09%(refname)^{}%(end)';
  const output = await git(['for-each-ref', `--format=${format}`, 'refs/heads/', 'refs/tags/'], {
    cwd: repository,
  });
  return refsFrom(output.toString('utf8'), 'this repository');
}
