import type { Application, Repository } from '@gantry/api/generated/types';
import { keyOf, splitKey } from '@gantry/client/keys';
import type { Lister } from '@gantry/client/port';
import { GitError } from '../git/tree.ts';
import { identityOf, type Rendered } from '../render/render.ts';
import { describeFollowed, followedBy } from './followed.ts';
import { repositoryOf } from './source.ts';
import { targetOf } from './target.ts';
import { isHeld } from './waves/annotations.ts';

/** A commit of an Application. */
export interface About {
  readonly application: Application;
  readonly commit: string;
}

/** What Applications are to hold, by what they follow: what moves from one to another is neither deleted nor contested. */
export interface Desired {
  /**
   * Of objects that a commit of an Application no longer holds, those that another one of the same source is to hold: its
   * `namespace/name` by object.
   */
  heirs(about: About, identities: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Whether a holder (`namespace/name`) is about to let go of an object that a commit of another Application brings. */
  isLeaving(holder: string, identity: string, about: About): Promise<boolean>;
}

export interface DesiredParts {
  readonly applications: Lister<Application>;
  readonly repositories: Lister<Repository>;
  /** Throws GitError. */
  readonly render: (application: Application, repository: Repository, commit: string) => Promise<Rendered>;
}

const IDENTITIES_MAX = 200_000;
const AT_ONCE = 8;

/** What a commit of an Application is to hold. */
export interface Wanted {
  readonly identities: ReadonlySet<string>;
  /** Nothing of the commit is wrong: what isn't among them isn't wanted. */
  readonly isWhole: boolean;
}

interface Kept extends Wanted {
  readonly tag: string;
}

/** From the Applications and Repositories as they are known. */
export class DesiredSets implements Desired {
  readonly #parts: DesiredParts;
  /** By Application and commit. Oldest first. */
  readonly #kept = new Map<string, Kept>();
  #size = 0;

  constructor(parts: DesiredParts) {
    this.#parts = parts;
  }

  async heirs(about: About, identities: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    if (identities.length === 0) return found;
    const siblings = this.#siblingsOf(about.application);
    for (let at = 0; at < siblings.length; at += AT_ONCE)
      await Promise.all(
        siblings.slice(at, at + AT_ONCE).map(async (sibling) => {
          for (const set of await this.#setsOf(sibling, about))
            for (const identity of identities)
              if (set.has(identity) && !found.has(identity)) found.set(identity, keyOf(sibling));
        }),
      );
    return found;
  }

  async isLeaving(holder: string, identity: string, about: About): Promise<boolean> {
    const { namespace, name } = splitKey(holder);
    const application = this.#parts.applications.get(namespace, name);
    if (application === undefined || application.metadata.deletionTimestamp !== undefined) return false;
    // Without automation it stays at what was applied until somebody asks.
    if (application.spec.syncPolicy?.automated === false) return false;
    const lacks = (set: Wanted | undefined): boolean =>
      set?.isWhole === true && !set.identities.has(identity);
    if (lacks(await this.#at(application, (repository) => goalOf(application, repository)))) return true;
    return (
      application.status?.quarantine === undefined &&
      this.#sharesClone(application, about.application) &&
      lacks(await this.#at(application, () => about.commit, about.application))
    );
  }

  /**
   * Other Applications of the same Repository, and of others those that follow the same: who names the address in a namespace
   * of their own and an old commit keeps nothing from being deleted.
   */
  #siblingsOf(application: Application): readonly Application[] {
    const key = keyOf(application);
    return this.#parts.applications
      .list()
      .filter(
        (other) =>
          keyOf(other) !== key &&
          other.metadata.deletionTimestamp === undefined &&
          (isSameRepository(application, other) || this.#sharesClone(application, other)),
      );
  }

  #hasSameSource(a: Application, b: Application): boolean {
    if (isSameRepository(a, b)) return true;
    const address = this.#addressOf(a);
    return address !== undefined && address === this.#addressOf(b);
  }

  #addressOf({ metadata, spec }: Application): string | undefined {
    const repository = this.#parts.repositories.get(metadata.namespace ?? '', spec.source.repository);
    if (repository === undefined || repository.spec.hosted === true) return undefined;
    return repository.spec.url?.replace(/(\.git)?\/*$/, '').toLowerCase();
  }

  /**
   * What an Application is to hold: at what it follows, at what it was told to go back to, and, when it follows the same
   * by a Repository of its own, which may have looked earlier or later, at the commit in question.
   */
  async #setsOf(application: Application, about: About): Promise<readonly ReadonlySet<string>[]> {
    const sets = [
      await this.#at(application, (repository) => targetOf(application, repository)),
      await this.#at(application, (repository) => goalOf(application, repository)),
      this.#sharesClone(application, about.application)
        ? await this.#at(application, () => about.commit, about.application)
        : undefined,
    ];
    return sets.flatMap((set) => (set === undefined ? [] : [set.identities]));
  }

  /** They follow the same by two Repositories. */
  #sharesClone(a: Application, b: Application): boolean {
    return (
      !isSameRepository(a, b) &&
      this.#hasSameSource(a, b) &&
      describeFollowed(followedBy(a)) === describeFollowed(followedBy(b))
    );
  }

  /** Undefined when it can't be told; `by`: whose Repository the commit is read from. */
  async #at(
    application: Application,
    commitIn: (repository: Repository) => string | undefined,
    by = application,
  ): Promise<Wanted | undefined> {
    try {
      const repository = repositoryOf(by, this.#parts.repositories);
      const commit = commitIn(repository);
      return commit === undefined ? undefined : await this.#of(application, repository, commit);
    } catch (error) {
      if (error instanceof GitError) return undefined;
      throw error;
    }
  }

  async #of(application: Application, repository: Repository, commit: string): Promise<Wanted> {
    const { uid = '', generation = 0 } = application.metadata;
    const key = `${keyOf(application)} ${commit}`;
    const tag = `${uid} ${generation} ${repository.metadata.uid}`;
    const known = this.#kept.get(key);
    if (known?.tag === tag) return known;
    const rendered = await this.#parts.render(application, repository, commit);
    const identities = identitiesOf(rendered);
    const isWhole = rendered.problems.length === 0;
    // What is wrong may be mended by the server's kinds.
    if (isWhole) this.#keep(key, { tag, identities, isWhole });
    return { identities, isWhole };
  }

  #keep(key: string, kept: Kept): void {
    this.#drop(key);
    this.#kept.set(key, kept);
    this.#size += kept.identities.size;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= IDENTITIES_MAX) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#size -= this.#kept.get(key)?.identities.size ?? 0;
    this.#kept.delete(key);
  }
}

const isSameRepository = (a: Application, b: Application): boolean =>
  a.metadata.namespace === b.metadata.namespace && a.spec.source.repository === b.spec.source.repository;

/** What of a commit an Application holds: hooks are run, not held. */
export const identitiesOf = ({ objects }: Rendered): ReadonlySet<string> =>
  new Set(objects.filter(({ object }) => isHeld(object)).map(({ object }) => identityOf(object)));

/** The commit that its next sync leads to. */
function goalOf(application: Application, repository: Repository): string | undefined {
  const target = targetOf(application, repository);
  const { quarantine } = application.status ?? {};
  return quarantine?.commit === target ? (quarantine?.rolledBackTo ?? target) : target;
}
