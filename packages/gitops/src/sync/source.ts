import type { Application, Repository, Secret } from '@gantry/api/generated/types';
import type { Client, Lister } from '@gantry/client/port';
import { secrets } from '@gantry/client/resources';
import { bareTree, branchesOf, commitInfo } from '../git/bare-tree.ts';
import type { HostedRepositories } from '../git/hosted.ts';
import { type Credentials, type RemoteClones, remoteBranches } from '../git/remote.ts';
import { type CommitInfo, GitError, type Tree } from '../git/tree.ts';

/** Where commits come from, hosted here or elsewhere. */
export class Sources {
  readonly #hosted: HostedRepositories;
  readonly #clones: RemoteClones;
  readonly #client: Client;

  constructor(hosted: HostedRepositories, clones: RemoteClones, client: Client) {
    this.#hosted = hosted;
    this.#clones = clones;
    this.#client = client;
  }

  /** Commit of each branch as it is now. Throws GitError. */
  async branches(repository: Repository): Promise<Record<string, string>> {
    const { hosted, url } = repository.spec;
    if (hosted === true) return branchesOf(this.#hosted.path(repository.metadata.name));
    return remoteBranches(requireUrl(url), await this.#credentials(repository));
  }

  /** The tree and facts of a commit that `branches` told of. Throws GitError. */
  async open(
    repository: Repository,
    branch: string,
    commit: string,
  ): Promise<{ tree: Tree; info: CommitInfo }> {
    const path = await this.#ensure(repository, branch, commit);
    return { tree: bareTree(path, commit), info: await commitInfo(path, commit) };
  }

  async #ensure(repository: Repository, branch: string, commit: string): Promise<string> {
    const { name, namespace = '' } = repository.metadata;
    if (repository.spec.hosted === true) return this.#hosted.path(name);
    const path = this.#clones.path(namespace, name);
    const known = await commitInfo(path, commit).then(
      () => true,
      () => false,
    );
    if (!known)
      await this.#clones.fetch(
        { namespace, name },
        requireUrl(repository.spec.url),
        branch,
        await this.#credentials(repository),
      );
    return path;
  }

  async #credentials(repository: Repository): Promise<Credentials | undefined> {
    const name = repository.spec.secretRef?.name;
    if (name === undefined) return undefined;
    const secret = await this.#client.get<Secret>(secrets, repository.metadata.namespace ?? '', name);
    const read = (key: string): string | undefined => {
      const value = secret.data?.[key];
      return value === undefined ? undefined : Buffer.from(value, 'base64').toString('utf8');
    };
    const token = read('token');
    const password = token ?? read('password');
    if (password === undefined) throw new GitError(`Secret ${name} holds neither password nor token`);
    return { username: read('username') ?? 'git', password };
  }
}

function requireUrl(url: string | undefined): string {
  if (url === undefined || url === '') throw new GitError('spec.url is empty');
  return url;
}

/** The repository that an Application follows. Throws GitError when there is none. */
export function repositoryOf(application: Application, repositories: Lister<Repository>): Repository {
  const { repository } = application.spec.source;
  const found = repositories.get(application.metadata.namespace ?? '', repository);
  if (found === undefined)
    throw new GitError(
      `there is no Repository ${JSON.stringify(repository)} in namespace ${application.metadata.namespace}`,
    );
  return found;
}

export const branchOf = (application: Application): string => application.spec.source.branch ?? 'main';
export const folderOf = (application: Application): string => application.spec.source.path ?? '.';
export const destinationOf = (application: Application): string =>
  application.spec.destination?.namespace ?? application.metadata.namespace ?? application.metadata.name;
