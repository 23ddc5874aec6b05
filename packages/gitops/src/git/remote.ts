import fs, { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import isomorphicGit from 'isomorphic-git';
import { git } from './command.ts';
import { limitedHttp } from './limited-http.ts';
import { GitError } from './tree.ts';
import { Turns } from './turns.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const REFS_MAX = 10_000;
const PACKS_MAX = 50;

/** Only what a client may be sent to: no local files, no other protocols. */
export function checkUrl(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'https:' && protocol !== 'http:') {
    throw new GitError(`${JSON.stringify(url)} can't be followed: use an https:// or http:// address`);
  }
}

const auth = (credentials: Credentials | undefined) =>
  credentials === undefined
    ? { onAuth: () => ({ cancel: true }) }
    : { onAuth: () => ({ ...credentials }), onAuthFailure: () => ({ cancel: true }) };

/** Commit of each branch of a repository elsewhere (Git protocol v2, one request). Throws GitError. */
export async function remoteBranches(
  url: string,
  credentials: Credentials | undefined,
): Promise<Record<string, string>> {
  checkUrl(url);
  try {
    const refs = await isomorphicGit.listServerRefs({
      http: limitedHttp,
      url,
      prefix: 'refs/heads/',
      ...auth(credentials),
    });
    if (refs.length > REFS_MAX)
      throw new GitError(`${refs.length} branches: at most ${REFS_MAX} are followed`);
    return Object.fromEntries(refs.map((ref) => [ref.ref.replace(/^refs\/heads\//, ''), ref.oid]));
  } catch (error) {
    throw inWords(error, url);
  }
}

/** Folder of bare clones of repositories elsewhere: `ROOT/cache/NAMESPACE/NAME.git`. */
export class RemoteClones {
  readonly #root: string;
  readonly #turns = new Turns();

  constructor(gitRoot: string) {
    this.#root = join(gitRoot, 'cache');
  }

  path(namespace: string, name: string): string {
    return join(this.#root, namespace, `${name}.git`);
  }

  /**
   * Makes sure that a commit, which was a branch's newest a moment ago, is in the clone (shallow). Returns the clone's
   * folder. Throws GitError.
   */
  async ensure(
    at: { namespace: string; name: string },
    url: string,
    branch: string,
    commit: string,
    credentials: () => Promise<Credentials | undefined>,
  ): Promise<string> {
    const gitdir = this.path(at.namespace, at.name);
    await this.#turns.take(gitdir, async () => {
      if (await holds(gitdir, commit)) return;
      await fetchBranch(gitdir, url, branch, await credentials());
      if (await holds(gitdir, commit)) return;
      throw new GitError(
        `commit ${commit.slice(0, 7)} is no longer the newest of branch ${JSON.stringify(branch)} in ${url}: waiting for the next look at it`,
      );
    });
    return gitdir;
  }

  async remove(namespace: string, name: string): Promise<void> {
    const gitdir = this.path(namespace, name);
    await this.#turns.take(gitdir, () => rm(gitdir, { recursive: true, force: true }));
  }
}

const holds = (gitdir: string, commit: string): Promise<boolean> =>
  existsSync(join(gitdir, 'HEAD'))
    ? git(['cat-file', '-e', `${commit}^{tree}`], { cwd: gitdir }).then(
        () => true,
        () => false,
      )
    : Promise.resolve(false);

async function fetchBranch(
  gitdir: string,
  url: string,
  branch: string,
  credentials: Credentials | undefined,
): Promise<void> {
  checkUrl(url);
  try {
    await prepareClone(gitdir);
    // Without a refspec nothing is fetched.
    await isomorphicGit.addRemote({ fs, gitdir, remote: 'origin', url, force: true });
    const options = {
      fs,
      http: limitedHttp,
      gitdir,
      url,
      ref: branch,
      singleBranch: true,
      depth: 1,
      tags: false,
    };
    const result = await isomorphicGit.fetch({ ...options, ...auth(credentials) });
    if (result.fetchHead === null) throw new GitError(`branch ${JSON.stringify(branch)} is not in ${url}`);
  } catch (error) {
    throw inWords(error, url);
  }
}

/** Each fetch leaves a pack: after many the clone begins anew. */
async function prepareClone(gitdir: string): Promise<void> {
  const packs = await readdir(join(gitdir, 'objects/pack')).catch(() => []);
  if (packs.length > 2 * PACKS_MAX) await rm(gitdir, { recursive: true, force: true });
  if (existsSync(join(gitdir, 'HEAD'))) return;
  await mkdir(gitdir, { recursive: true, mode: 0o700 });
  await isomorphicGit.init({ fs, gitdir, bare: true, defaultBranch: 'main' });
}

function inWords(error: unknown, url: string): GitError {
  if (error instanceof GitError) return error;
  const { code, message, data } = error as {
    code?: string;
    message?: string;
    data?: { statusCode?: number };
  };
  if (data?.statusCode === 401 || data?.statusCode === 403 || code === 'UserCanceledError')
    return new GitError(
      `${url} wants other credentials: set secretRef to a Secret with username and password`,
    );
  if (code === 'NotFoundError') return new GitError(`${url} has no such branch: ${message ?? ''}`);
  if (data?.statusCode === 404) return new GitError(`${url} is not a Git repository (404)`);
  return new GitError(`${url} can't be read: ${message ?? String(error)}`);
}
