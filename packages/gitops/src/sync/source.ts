import type { Application, Repository } from '@gantry/api/generated/types';
import type { Client, Lister } from '@gantry/client/port';
import { bareTree, commitInfo } from '../git/bare-tree.ts';
import { GitCommandError } from '../git/command.ts';
import type { HostedRepositories } from '../git/hosted.ts';
import { localRefs, type Refs } from '../git/refs.ts';
import type { CloneName, Remote, RemoteClones } from '../git/remote.ts';
import { type CommitInfo, GitError, type Tree } from '../git/tree.ts';
import { wholeTree } from '../git/whole-tree.ts';
import type { RenderOptions } from '../render/render.ts';
import type { CommitVerifier } from './commit-verifier.ts';
import { chartCredentials, credentialsOf } from './repository-secret.ts';

/** Where commits come from, hosted here or elsewhere. */
export class Sources {
  readonly #hosted: HostedRepositories;
  readonly #clones: RemoteClones;
  readonly #client: Client;
  readonly #verifier: CommitVerifier;

  constructor(hosted: HostedRepositories, clones: RemoteClones, client: Client, verifier: CommitVerifier) {
    this.#hosted = hosted;
    this.#clones = clones;
    this.#client = client;
    this.#verifier = verifier;
  }

  /** Branches and tags as they are now. Throws GitError. */
  async refs(repository: Repository): Promise<Refs> {
    if (repository.spec.hosted !== true) return this.#clones.refs(await this.#remote(repository));
    const path = this.#hostedPath(repository);
    return this.#hosted.exists(repository.metadata.name) ? localRefs(path) : { branches: {}, tags: {} };
  }

  /**
   * The tree of a commit: one that `refs` told of, or any that the server gives out. Throws GitError, also for one
   * without a signature where the Repository asks for them: what can't be read is not applied.
   */
  async tree(repository: Repository, commit: string): Promise<Tree> {
    await this.#healing(repository, commit, (path) => this.#verifier.verify(repository, path, commit));
    const read = <T>(work: (tree: Tree) => Promise<T>): Promise<T> =>
      this.#healing(repository, commit, (path) => work(bareTree(path, commit)));
    const tree: Tree = {
      commit,
      list: (folder) => read((one) => one.list(folder)),
      folderId: (folder) => read((one) => one.folderId(folder)),
      read: (files) => read((one) => one.read(files)),
    };
    if (repository.spec.hosted === true) return this.#hosted.withLfs(repository.metadata.name, tree);
    return wholeTree(tree, {
      clones: this.#clones,
      at: cloneName(repository),
      remote: () => this.#remote(repository),
      submodules: repository.spec.submodules === true,
    });
  }

  /** Author and message of a commit. Throws GitError. */
  async info(repository: Repository, commit: string): Promise<CommitInfo> {
    return this.#healing(repository, commit, (path) => commitInfo(path, commit));
  }

  /** Of which repositories elsewhere there are clones. */
  clones(): Promise<readonly CloneName[]> {
    return this.#clones.names();
  }

  /** The Repository is gone: its clone goes too. What was pushed to a hosted one stays. */
  async forget(namespace: string, name: string): Promise<void> {
    await this.#clones.remove({ namespace, name });
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

  /** A clone is only a copy: when git can't read it, it is fetched anew, once. */
  async #healing<T>(repository: Repository, commit: string, work: (path: string) => Promise<T>): Promise<T> {
    const generation = this.#clones.generation(cloneName(repository));
    try {
      return await work(await this.#ensure(repository, commit));
    } catch (error) {
      if (repository.spec.hosted === true || !(error instanceof GitCommandError)) throw error;
      await this.#clones.remove(cloneName(repository), generation);
      return work(await this.#ensure(repository, commit));
    }
  }

  async #ensure(repository: Repository, commit: string): Promise<string> {
    if (repository.spec.hosted === true) return this.#hostedPath(repository);
    const refs = refsAt(repository, commit);
    return this.#clones.ensure(cloneName(repository), commit, refs, () => this.#remote(repository));
  }

  async #remote(repository: Repository): Promise<Remote> {
    const { url } = repository.spec;
    if (url === undefined || url === '') throw new GitError('spec.url is empty');
    return { url, credentials: await credentialsOf(this.#client, repository) };
  }
}

const cloneName = ({ metadata: { namespace = '', name } }: Repository): CloneName => ({ namespace, name });

/** Full names of the branches and tags that were last seen at a commit. */
function refsAt({ status }: Repository, commit: string): readonly string[] {
  const at = (refs: Record<string, string> | undefined, prefix: string): string[] =>
    Object.keys(refs ?? {})
      .filter((name) => refs?.[name] === commit)
      .map((name) => `${prefix}${name}`);
  return [...at(status?.branches, 'refs/heads/'), ...at(status?.tags, 'refs/tags/')].slice(0, 2);
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
/** How the Application's folder is rendered. */
export function renderOptionsOf(
  application: Application,
  client: Client,
  repository?: Repository,
): RenderOptions {
  const { helm } = application.spec.source;
  const url = repository?.spec.url;
  return {
    name: application.metadata.name,
    ...(helm === undefined ? {} : { tenant: application.metadata.namespace ?? '' }),
    ...(helm === undefined ? {} : { helm }),
    ...(helm?.secretRef === undefined ? {} : { credentials: () => chartCredentials(client, application) }),
    ...(url === undefined ? {} : { url }),
  };
}

export const folderOf = (application: Application): string => application.spec.source.path ?? '.';
export const destinationOf = (application: Application): string =>
  application.spec.destination?.namespace ?? application.metadata.namespace ?? application.metadata.name;
