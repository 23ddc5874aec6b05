import { mkdirSync, rmSync } from 'node:fs';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Address, parseAddress } from './address.ts';
import { holds, isWornOut, prepareClone, removeDebris } from './clone-folder.ts';
import type { Credentials } from './credentials.ts';
import { httpRefs } from './http-refs.ts';
import { lfsObjects } from './lfs.ts';
import type { LfsPointer } from './lfs-pointer.ts';
import type { Network } from './network.ts';
import { followingRedirects, type Reached } from './redirect.ts';
import { type Refs, refsFrom } from './refs.ts';
import { remoteGit } from './remote-command.ts';
import { remoteError } from './remote-errors.ts';
import { GitError, NotYetError } from './tree.ts';
import { Turns } from './turns.ts';

/** A repository elsewhere, and what opens it. */
export interface Remote {
  readonly url: string;
  readonly credentials: Credentials | undefined;
}

/** Which clone: a Repository's namespace and name. */
export interface CloneName {
  readonly namespace: string;
  readonly name: string;
}

const LIST_TIMEOUT_MS = 20_000;
const FETCH_TIMEOUT_MS = 300_000;
/** Nobody is held up for longer by a fetch, which goes on. */
const PATIENCE_MS = 20_000;
const FAILURES_MAX = 1_000;
const LIST_LIMIT_BYTES = 32 << 20;
/** Of one clone; what is forgotten is looked up again. */
const HELD_MAX = 50;
/** Below a clone: those of its submodules. */
const MODULES = 'modules';
const USED_EVERY_MS = 3_600_000;
const UNUSED_MS = 7 * 24 * 3_600_000;
const FETCH = [
  'fetch',
  '--quiet',
  '--depth=1',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
];
const UNADVERTISED = /unadvertised object|not our ref|upload-pack: not our ref|couldn't find remote ref/;

/** Bare, shallow clones of repositories elsewhere: `ROOT/cache/NAMESPACE/NAME.git`. */
export class RemoteClones {
  readonly #root: string;
  readonly #keys: string;
  readonly #turns = new Turns();
  /** Commits that were seen in a clone, by its folder. */
  readonly #held = new Map<string, Set<string>>();
  readonly #generations = new Map<string, number>();
  /** When the clone of a submodule was last noted to be of use, by its folder. */
  readonly #used = new Map<string, number>();
  /** Under way, by clone and commit. */
  readonly #fetching = new Map<string, Promise<void>>();
  readonly #failures = new Map<string, string>();
  readonly #network: Network;
  readonly #patienceMs: number;

  constructor(gitRoot: string, network: Network, patienceMs = PATIENCE_MS) {
    this.#network = network;
    this.#patienceMs = patienceMs;
    this.#root = join(gitRoot, 'cache');
    this.#keys = join(this.#root, '.keys');
    // A process that was killed may have left keys behind.
    rmSync(this.#keys, { recursive: true, force: true });
  }

  path({ namespace, name }: CloneName): string {
    return join(this.#root, namespace, `${name}.git`);
  }

  /** The branches and tags as they are now: one request or two. Throws GitError. */
  async refs(remote: Remote): Promise<Refs> {
    const lines = await this.#reach(remote, async (at) => {
      if (at.address.protocol !== 'ssh') return httpRefs(this.#network, at);
      const args = ['ls-remote', '--quiet', '--heads', '--tags', '--', at.address.url];
      return (await this.#git(args, at, LIST_TIMEOUT_MS, this.#root)).toString('utf8');
    });
    return refsFrom(lines, remote.url);
  }

  /**
   * Makes sure that a commit is in the clone: without its history. `refs` are the full names of what is at that commit,
   * for servers that give out nothing else. Returns the clone's folder. Throws GitError.
   */
  async ensure(
    at: CloneName,
    commit: string,
    refs: readonly string[],
    remote: () => Promise<Remote>,
  ): Promise<string> {
    const gitdir = this.path(at);
    await this.#use(gitdir);
    if (this.#held.get(gitdir)?.has(commit) === true) return gitdir;
    const key = `${gitdir} ${commit}`;
    const fetching = this.#fetching.get(key) ?? this.#begin(key, gitdir, commit, refs, remote);
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const before = this.#failures.get(key);
      const more = before === undefined ? '' : `; the last try ended so: ${before}`;
      late.reject(new NotYetError(`commit ${commit.slice(0, 7)} is still being fetched${more}`));
    }, this.#patienceMs);
    try {
      await Promise.race([fetching, late.promise]);
    } finally {
      clearTimeout(timer);
    }
    return gitdir;
  }

  /** Fetches a commit; whoever else wants it meanwhile waits for the same. */
  #begin(
    key: string,
    gitdir: string,
    commit: string,
    refs: readonly string[],
    remote: () => Promise<Remote>,
  ): Promise<void> {
    const fetching = this.#turns.take(gitdir, async () => {
      if (!(await holds(gitdir, commit))) {
        await this.#fetch(gitdir, commit, refs, await remote());
        await this.#removeUnused(gitdir);
      }
      const held = this.#held.get(gitdir) ?? new Set();
      if (held.size >= HELD_MAX) held.clear();
      this.#held.set(gitdir, held.add(commit));
    });
    this.#fetching.set(key, fetching);
    fetching
      .then(
        () => this.#failures.delete(key),
        (error: unknown) => {
          if (this.#failures.size >= FAILURES_MAX) this.#failures.clear();
          this.#failures.set(key, error instanceof Error ? error.message : String(error));
        },
      )
      .finally(() => this.#fetching.delete(key));
    return fetching;
  }

  /** Notes now and then that the clone of a submodule is of use. */
  async #use(gitdir: string): Promise<void> {
    const now = Date.now();
    if (basename(dirname(gitdir)) !== MODULES || now - (this.#used.get(gitdir) ?? 0) < USED_EVERY_MS) return;
    this.#used.set(gitdir, now);
    await utimes(gitdir, now / 1_000, now / 1_000).catch(() => undefined);
  }

  /** Clones of submodules that no commit named for long: a new commit is when they go. */
  async #removeUnused(gitdir: string): Promise<void> {
    const folder = join(gitdir, MODULES);
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const isOld = async (): Promise<boolean> =>
        ((await stat(path).catch(() => undefined))?.mtimeMs ?? Infinity) < Date.now() - UNUSED_MS;
      if (!(await isOld())) continue;
      // By turns with whoever fetches into it, who may need it again.
      await this.#turns.take(path, async () => {
        if (await isOld()) await this.#empty(path);
      });
    }
  }

  /** Contents of Git LFS pointers, in their order. Throws GitError. */
  lfs(
    at: CloneName,
    pointers: readonly LfsPointer[],
    { url, credentials }: Remote,
  ): Promise<readonly Buffer[]> {
    const folder = join(this.path(at), 'lfs');
    return lfsObjects({ url, credentials, network: this.#network, folder }, pointers);
  }

  /** All that are there. */
  async names(): Promise<readonly CloneName[]> {
    const found = await Promise.all(
      (await readdir(this.#root).catch(() => [])).map(async (namespace) =>
        (await readdir(join(this.#root, namespace)).catch(() => []))
          .filter((folder) => folder.endsWith('.git'))
          .map((folder) => ({ namespace, name: folder.slice(0, -'.git'.length) })),
      ),
    );
    return found.flat();
  }

  /** Changes whenever the clone begins anew. */
  generation(at: CloneName): number {
    return this.#generations.get(this.path(at)) ?? 0;
  }

  /** `generation`: of the clone that is meant; one that somebody has begun anew since stays. */
  async remove(at: CloneName, generation?: number): Promise<void> {
    const gitdir = this.path(at);
    await this.#turns.take(gitdir, async () => {
      if (generation === undefined || generation === this.generation(at)) await this.#empty(gitdir);
    });
  }

  async #empty(gitdir: string): Promise<void> {
    // With its submodules.
    for (const held of this.#held.keys()) if (held.startsWith(gitdir)) this.#held.delete(held);
    for (const used of this.#used.keys()) if (used.startsWith(gitdir)) this.#used.delete(used);
    this.#generations.set(gitdir, (this.#generations.get(gitdir) ?? 0) + 1);
    await rm(gitdir, { recursive: true, force: true });
  }

  async #fetch(gitdir: string, commit: string, refs: readonly string[], remote: Remote): Promise<void> {
    if (await isWornOut(gitdir)) await this.#empty(gitdir);
    await prepareClone(gitdir);
    // Kept by a ref of its own: the next fetch tells the server what is there already.
    const wanted = [commit, ...refs].map((source) => `+${source}:refs/gantry/${commit}`);
    for (const [index, refspec] of wanted.entries()) {
      try {
        await this.#reach(remote, (at) =>
          this.#git([...FETCH, '--', at.address.url, refspec], at, FETCH_TIMEOUT_MS, gitdir),
        );
        if (await holds(gitdir, commit)) return;
      } catch (error) {
        await removeDebris(gitdir);
        if (!UNADVERTISED.test(String((error as GitError).message))) throw error;
        if (index === wanted.length - 1) break;
      }
    }
    throw new GitError(
      refs.length === 0
        ? `commit ${commit.slice(0, 7)} is on no branch or tag of ${remote.url}, or the server gives out only those (uploadpack.allowReachableSHA1InWant)`
        : `commit ${commit.slice(0, 7)} is no longer at ${refs.join(', ')} of ${remote.url}: waiting for the next look at it`,
    );
  }

  /** Does `work` with the address, and with those that it sends to. Throws GitError in words. */
  async #reach<T>(remote: Remote, work: (at: Reached) => Promise<T>): Promise<T> {
    const first = { address: parseAddress(remote.url), credentials: remote.credentials };
    mkdirSync(this.#keys, { recursive: true, mode: 0o700 });
    let last: Address = first.address;
    try {
      return await followingRedirects(this.#network, first, (at) => {
        last = at.address;
        return work(at);
      });
    } catch (error) {
      throw remoteError(error, last);
    }
  }

  #git(
    args: readonly string[],
    { address, credentials }: Reached,
    timeoutMs: number,
    cwd: string,
  ): Promise<Buffer> {
    return remoteGit(args, address, credentials, {
      network: this.#network,
      cwd,
      keyFolder: this.#keys,
      timeoutMs,
      outputLimitBytes: LIST_LIMIT_BYTES,
    });
  }
}
