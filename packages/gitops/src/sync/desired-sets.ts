import type { Application, Repository } from '@gantry/api/generated/types';
import { keyOf, splitKey } from '@gantry/client/keys';
import type { Lister } from '@gantry/client/port';
import { GitError, NothingThereError, NotYetError } from '../git/tree.ts';
import { Slots } from '../plan/slots.ts';
import { identityOf, type Rendered } from '../render/render.ts';
import { describeFollowed, followedBy } from './followed.ts';
import type { HeirRights } from './heir-rights.ts';
import { SlowFailures } from './slow-failures.ts';
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
   * Of objects that a commit of an Application no longer holds, those that another one of the same source is to hold.
   * `waitMs`: how long those are waited for of which that isn't known yet.
   */
  heirs(about: About, identities: readonly string[], waitMs?: number): Promise<Heirs>;
  /**
   * Whether an Application (`namespace/name`) is no longer to hold any of these objects, of which `about` lets go: it is gone,
   * or all that it may be led to is known and lacks them.
   */
  isReleased(heir: string, identities: readonly string[], about: About): Promise<boolean>;
  /** Told of each Application whose heirs were not all known, once they are. */
  onLate?(listener: (key: string) => void): void;
  /** Whether a holder (`namespace/name`) is about to let go of an object that a commit of another Application brings. */
  isLeaving(holder: string, identity: string, about: About): Promise<boolean>;
}

export interface Heirs {
  /** `namespace/name` by object. */
  readonly found: ReadonlyMap<string, string>;
  /** Applications of which it isn't known yet, while not all objects have an heir: `onLate` tells when it is. */
  readonly late: readonly string[];
}

export interface DesiredParts {
  readonly applications: Lister<Application>;
  readonly repositories: Lister<Repository>;
  /** Throws GitError. */
  readonly render: (application: Application, repository: Repository, commit: string) => Promise<Rendered>;
  readonly rights: HeirRights;
}

const IDENTITIES_MAX = 200_000;
const AT_ONCE = 16;
/** A render of a chart elsewhere takes no longer. */
const WAIT_MS = 30_000;

/** What a commit of an Application is to hold. */
export interface Wanted {
  readonly identities: ReadonlySet<string>;
  /** Nothing of the commit is wrong: what isn't among them isn't wanted. */
  readonly isWhole: boolean;
  /** It can't be told yet, and may be soon. */
  readonly isLate?: boolean;
}

const LATE: Wanted = { identities: new Set(), isWhole: false, isLate: true };

interface Kept extends Wanted {
  readonly tag: string;
}

/** From the Applications and Repositories as they are known. */
export class DesiredSets implements Desired {
  readonly #parts: DesiredParts;
  readonly #identitiesMax: number;
  /** By Application and commit. Oldest first. */
  readonly #kept = new Map<string, Kept>();
  #size = 0;
  /** Under way, by Application, commit and what both are; and those that failed. */
  readonly #rendering = new Map<string, Promise<Wanted>>();
  readonly #failures = new SlowFailures();
  #onLate: (key: string) => void = () => undefined;

  constructor(parts: DesiredParts, identitiesMax = IDENTITIES_MAX) {
    this.#parts = parts;
    this.#identitiesMax = identitiesMax;
  }

  onLate(listener: (key: string) => void): void {
    this.#onLate = listener;
  }

  async heirs(about: About, identities: readonly string[], waitMs = WAIT_MS): Promise<Heirs> {
    const found = new Map<string, string>();
    if (identities.length === 0) return { found, late: [] };
    const siblings = this.#siblingsOf(about.application);
    const open = new Set(siblings.map(keyOf));
    const slots = new Slots(AT_ONCE);
    const look = async (sibling: Application): Promise<void> => {
      const sets = found.size < identities.length ? await this.#setsOf(sibling, about) : [];
      const mayHold = this.#mayHold(sibling, about.application);
      for (const set of sets)
        for (const identity of identities)
          if (set?.identities.has(identity) === true && !found.has(identity) && (await mayHold(identity)))
            found.set(identity, keyOf(sibling));
      if (!sets.some((set) => set?.isLate === true)) open.delete(keyOf(sibling));
    };
    const all = Promise.all(siblings.map((sibling) => slots.run(() => look(sibling))));
    const isDone = await isDoneWithin(all, waitMs);
    const late = found.size < identities.length ? [...open] : [];
    const tell = (): void => this.#onLate(keyOf(about.application));
    if (!isDone && late.length > 0) all.then(tell, tell);
    return { found: new Map(found), late };
  }

  async isReleased(heir: string, identities: readonly string[], about: About): Promise<boolean> {
    const { namespace, name } = splitKey(heir);
    const application = this.#parts.applications.get(namespace, name);
    if (application === undefined || !this.#siblingsOf(about.application).includes(application)) return true;
    const sets = await this.#setsOf(application, about);
    return sets.every(
      (set) => set?.isWhole === true && identities.every((identity) => !set.identities.has(identity)),
    );
  }

  async isLeaving(holder: string, identity: string, about: About): Promise<boolean> {
    const { namespace, name } = splitKey(holder);
    const application = this.#parts.applications.get(namespace, name);
    if (application === undefined || application.metadata.deletionTimestamp !== undefined) return false;
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

  /** Of its own namespace, who may write Applications decides what goes where. */
  #mayHold(sibling: Application, holder: Application): (identity: string) => Promise<boolean> {
    if (sibling.metadata.namespace === holder.metadata.namespace) return async () => true;
    return this.#parts.rights(sibling, holder);
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
   * by a Repository of its own, which may have looked earlier or later, at the commit in question. Undefined: not known.
   */
  async #setsOf(application: Application, about: About): Promise<readonly (Wanted | undefined)[]> {
    return [
      await this.#at(application, (repository) => targetOf(application, repository)),
      await this.#at(application, (repository) => goalOf(application, repository)),
      ...(this.#sharesClone(application, about.application)
        ? [await this.#at(application, () => about.commit, about.application)]
        : []),
    ];
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
      if (error instanceof NotYetError) return LATE;
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
    const attempt = `${key} ${tag}`;
    const failed = this.#failures.of(attempt);
    if (failed !== undefined) throw failed;
    const rendering = this.#rendering.get(attempt) ?? this.#render(attempt, application, repository, commit);
    const wanted = await rendering;
    // What is wrong may be mended by the server's kinds.
    if (wanted.isWhole) this.#keep(key, { tag, ...wanted });
    return wanted;
  }

  /** Whoever else wants the same meanwhile waits for the same. */
  #render(
    attempt: string,
    application: Application,
    repository: Repository,
    commit: string,
  ): Promise<Wanted> {
    const begun = Date.now();
    const rendering = wantedBy(this.#parts.render(application, repository, commit)).catch(
      (error: unknown): never => {
        throw this.#failures.note(attempt, error, begun);
      },
    );
    this.#rendering.set(attempt, rendering);
    const end = (): boolean => this.#rendering.delete(attempt);
    rendering.then(end, end);
    return rendering;
  }

  #keep(key: string, kept: Kept): void {
    this.#drop(key);
    this.#kept.set(key, kept);
    this.#size += sizeOf(kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#identitiesMax) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const kept = this.#kept.get(key);
    if (kept !== undefined) this.#size -= sizeOf(kept);
    this.#kept.delete(key);
  }
}

/** An empty one takes its place too. */
const sizeOf = ({ identities }: Wanted): number => identities.size + 1;

async function isDoneWithin(work: Promise<unknown>, waitMs: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), waitMs);
  try {
    return await Promise.race([work.then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const isSameRepository = (a: Application, b: Application): boolean =>
  a.metadata.namespace === b.metadata.namespace && a.spec.source.repository === b.spec.source.repository;

/** What of a commit an Application holds: hooks are run, not held. A folder that went holds nothing. Throws GitError. */
export async function wantedBy(render: Promise<Rendered>): Promise<Wanted> {
  try {
    const { objects, problems } = await render;
    const held = objects.filter(({ object }) => isHeld(object));
    const identities = new Set(held.map(({ object }) => identityOf(object)));
    return { identities, isWhole: problems.length === 0 };
  } catch (error) {
    if (!(error instanceof NothingThereError)) throw error;
    return { identities: new Set(), isWhole: true };
  }
}

/** The commit that its next sync leads to. */
function goalOf(application: Application, repository: Repository): string | undefined {
  const target = targetOf(application, repository);
  const { quarantine } = application.status ?? {};
  return quarantine?.commit === target ? (quarantine?.rolledBackTo ?? target) : target;
}
