import type { Application, Repository, Secret } from '@gantry/api/generated/types';
import type { Client, Lister } from '@gantry/client/port';
import { secrets } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
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
    if (hosted === true) {
      const path = this.#hostedPath(repository);
      return this.#hosted.exists(repository.metadata.name) ? branchesOf(path) : {};
    }
    return remoteBranches(requireUrl(url), await this.#credentials(repository));
  }

  /** The tree of a commit that `branches` told of. Throws GitError. */
  async tree(repository: Repository, branch: string, commit: string): Promise<Tree> {
    return bareTree(await this.#ensure(repository, branch, commit), commit);
  }

  /** Author and message of a commit. Throws GitError. */
  async info(repository: Repository, branch: string, commit: string): Promise<CommitInfo> {
    return commitInfo(await this.#ensure(repository, branch, commit), commit);
  }

  /** The Repository is gone: its clone goes too. What was pushed to a hosted one stays. */
  async forget(namespace: string, name: string): Promise<void> {
    await this.#clones.remove(namespace, name);
  }

  /** Serializes who reads and writes the branches of one Repository. */
  exclusive<T>(repository: Repository, work: () => Promise<T>): Promise<T> {
    return repository.spec.hosted === true ? this.#hosted.exclusive(repository.metadata.name, work) : work();
  }

  /** A hosted repository belongs to the namespace of its name: nobody else's objects lead to it. */
  #hostedPath(repository: Repository): string {
    const { name, namespace } = repository.metadata;
    if (name !== namespace)
      throw new GitError(
        `the hosted repository ${name} belongs to the namespace ${name}: its Repository can't be in ${namespace}`,
      );
    return this.#hosted.path(name);
  }

  async #ensure(repository: Repository, branch: string, commit: string): Promise<string> {
    if (repository.spec.hosted === true) return this.#hostedPath(repository);
    const { name, namespace = '' } = repository.metadata;
    const url = requireUrl(repository.spec.url);
    return this.#clones.ensure({ namespace, name }, url, branch, commit, () => this.#credentials(repository));
  }

  async #credentials(repository: Repository): Promise<Credentials | undefined> {
    const name = repository.spec.secretRef?.name;
    if (name === undefined) return undefined;
    const secret = await this.#client
      .get<Secret>(secrets, repository.metadata.namespace ?? '', name)
      .catch((error: unknown) => {
        if (!isStatusError(error, 'NotFound')) throw error;
        throw new GitError(`spec.secretRef: there is no Secret ${JSON.stringify(name)} in this namespace`);
      });
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
