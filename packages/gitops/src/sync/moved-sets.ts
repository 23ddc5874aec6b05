import type { Application } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import { GitError } from '../git/tree.ts';
import type { Rendered } from '../render/render.ts';
import { type About, type Desired, type Heirs, type Wanted, wantedBy } from './desired-sets.ts';

/**
 * What Applications are to hold once something is through that leads some of them to other commits, a push above all:
 * those as it says, all others as `base` has them. So a commit may move an object from one folder to another in one push.
 */
export class MovedSets implements Desired {
  readonly #base: Desired | undefined;
  readonly #render: (application: Application, commit: string) => Promise<Rendered>;
  /** By Application. */
  readonly #sets = new Map<string, Promise<Wanted | undefined>>();
  readonly #moved = new Map<string, { readonly application: Application; readonly commit: string }>();

  constructor(render: (application: Application, commit: string) => Promise<Rendered>, base?: Desired) {
    this.#base = base;
    this.#render = render;
  }

  /** Notes an Application that is led to a commit. */
  moves(application: Application, commit: string): void {
    this.#moved.set(keyOf(application), { application, commit });
  }

  async heirs(about: About, identities: readonly string[]): Promise<Heirs> {
    const found = new Map<string, string>();
    if (identities.length === 0) return { found, late: [] };
    for (const key of this.#moved.keys()) {
      if (key === keyOf(about.application)) continue;
      const set = (await this.#of(key))?.identities;
      for (const identity of identities) if (set?.has(identity) === true) found.set(identity, key);
    }
    // What this push leads elsewhere is no longer as it stood.
    const before = await this.#base?.heirs(about, identities);
    for (const [identity, heir] of before?.found ?? [])
      if (!found.has(identity) && !this.#moved.has(heir)) found.set(identity, heir);
    return { found, late: [] };
  }

  async isReleased(heir: string, identities: readonly string[], about: About): Promise<boolean> {
    return (await this.#base?.isReleased(heir, identities, about)) ?? false;
  }

  async isLeaving(holder: string, identity: string, about: About): Promise<boolean> {
    const moved = this.#moved.get(holder);
    if (moved === undefined) return (await this.#base?.isLeaving(holder, identity, about)) ?? false;
    const set = await this.#of(holder);
    return set?.isWhole === true && !set.identities.has(identity);
  }

  #of(key: string): Promise<Wanted | undefined> {
    const known = this.#sets.get(key) ?? this.#look(key);
    this.#sets.set(key, known);
    return known;
  }

  async #look(key: string): Promise<Wanted | undefined> {
    const moved = this.#moved.get(key);
    if (moved === undefined) return undefined;
    try {
      return await wantedBy(this.#render(moved.application, moved.commit));
    } catch (error) {
      if (error instanceof GitError) return undefined;
      throw error;
    }
  }
}
