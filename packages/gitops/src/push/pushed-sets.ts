import type { Application } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import { bareTree } from '../git/bare-tree.ts';
import type { HookCall } from '../git/hook-channel.ts';
import { lfsTree } from '../git/lfs-pointer.ts';
import { GitError } from '../git/tree.ts';
import type { Rendered } from '../render/render.ts';
import { type About, type Desired, identitiesOf, type Wanted } from '../sync/desired-sets.ts';
import { destinationOf, folderOf, renderOptionsOf } from '../sync/source.ts';
import { followersOf } from './followers.ts';
import type { PushParts } from './pre-receive.ts';
import type { RefUpdate } from './ref-update.ts';

/** Renders what an Application is to be at a commit that is in quarantine yet. Throws GitError. */
export function renderPushed(
  { push, env }: HookCall,
  { hosted, renders, client }: PushParts,
  application: Application,
  commit: string,
): Promise<Rendered> {
  const { repository } = push;
  return renders.render(
    `${repository}/${repository}`,
    lfsTree(bareTree(hosted.path(repository), commit, env)),
    folderOf(application),
    destinationOf(application),
    renderOptionsOf(application, client),
  );
}

/** What Applications are to hold once these updates are through. */
export function pushedSets(call: HookCall, parts: PushParts, updates: readonly RefUpdate[]): Desired {
  const sets = new PushedSets(parts.desired, (application, commit) =>
    renderPushed(call, parts, application, commit),
  );
  for (const update of updates)
    if (!update.deletes)
      for (const application of followersOf(parts, call.push.repository, update, updates))
        sets.moves(application, update.newCommit);
  return sets;
}

/**
 * What Applications are to hold once a push is through: those that it moves as it says, all others as they stand. So a
 * commit may move an object from one folder to another in one push.
 */
class PushedSets implements Desired {
  readonly #base: Desired;
  readonly #render: (application: Application, commit: string) => Promise<Rendered>;
  /** By Application. */
  readonly #sets = new Map<string, Promise<Wanted | undefined>>();
  readonly #moved = new Map<string, { readonly application: Application; readonly commit: string }>();

  constructor(base: Desired, render: (application: Application, commit: string) => Promise<Rendered>) {
    this.#base = base;
    this.#render = render;
  }

  /** Notes an Application that the push leads to a commit. */
  moves(application: Application, commit: string): void {
    this.#moved.set(keyOf(application), { application, commit });
  }

  async heirs(about: About, identities: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    if (identities.length === 0) return found;
    for (const key of this.#moved.keys()) {
      if (key === keyOf(about.application)) continue;
      const set = (await this.#of(key))?.identities;
      for (const identity of identities) if (set?.has(identity) === true) found.set(identity, key);
    }
    // What this push leads elsewhere is no longer as it stood.
    for (const [identity, heir] of await this.#base.heirs(about, identities))
      if (!found.has(identity) && !this.#moved.has(heir)) found.set(identity, heir);
    return found;
  }

  async isLeaving(holder: string, identity: string, about: About): Promise<boolean> {
    const moved = this.#moved.get(holder);
    if (moved === undefined) return this.#base.isLeaving(holder, identity, about);
    if (moved.application.spec.syncPolicy?.automated === false) return false;
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
      const rendered = await this.#render(moved.application, moved.commit);
      return { identities: identitiesOf(rendered), isWhole: rendered.problems.length === 0 };
    } catch (error) {
      if (error instanceof GitError) return undefined;
      throw error;
    }
  }
}
