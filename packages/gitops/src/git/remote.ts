import fs, { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import isomorphicGit from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import { GitError } from './tree.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const REFS_MAX = 10_000;

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
      http,
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

  constructor(gitRoot: string) {
    this.#root = join(gitRoot, 'cache');
  }

  path(namespace: string, name: string): string {
    return join(this.#root, namespace, `${name}.git`);
  }

  /** Makes sure that a branch's newest commit is there (shallow). Returns its id. Throws GitError. */
  async fetch(
    at: { namespace: string; name: string },
    url: string,
    branch: string,
    credentials: Credentials | undefined,
  ): Promise<string> {
    checkUrl(url);
    const gitdir = this.path(at.namespace, at.name);
    try {
      if (!existsSync(join(gitdir, 'HEAD'))) {
        await mkdir(gitdir, { recursive: true, mode: 0o700 });
        await isomorphicGit.init({ fs, gitdir, bare: true, defaultBranch: 'main' });
      }
      const options = { fs, http, gitdir, url, ref: branch, singleBranch: true, depth: 1, tags: false };
      const result = await isomorphicGit.fetch({ ...options, ...auth(credentials) });
      if (result.fetchHead === null) throw new GitError(`branch ${JSON.stringify(branch)} is not in ${url}`);
      return result.fetchHead;
    } catch (error) {
      throw inWords(error, url);
    }
  }
}

function inWords(error: unknown, url: string): GitError {
  if (error instanceof GitError) return error;
  const { code, message, data } = error as {
    code?: string;
    message?: string;
    data?: { statusCode?: number };
  };
  if (data?.statusCode === 401 || code === 'UserCanceledError')
    return new GitError(
      `${url} wants other credentials: set secretRef to a Secret with username and password`,
    );
  if (data?.statusCode === 404) return new GitError(`${url} is not a Git repository (404)`);
  return new GitError(`${url} can't be read: ${message ?? String(error)}`);
}
