import type { Tree } from '../git/tree.ts';
import type { KindFinder } from './kinds.ts';
import { type Rendered, render } from './render.ts';

const OBJECTS_MAX = 5_000;
const RENDERS_MAX = 32;

/**
 * Renders commits, and keeps what came out without a problem: a push is rendered by its check, its sync and the looks
 * at drift. `repository` tells apart what equal paths in equal commits may not be shared by.
 */
export class Renders {
  readonly #kinds: KindFinder;
  /** Oldest use first. */
  readonly #kept = new Map<string, Rendered>();

  constructor(kinds: KindFinder) {
    this.#kinds = kinds;
  }

  async render(repository: string, tree: Tree, folder: string, namespace: string): Promise<Rendered> {
    const key = JSON.stringify([repository, tree.commit, folder, namespace]);
    const kept = this.#kept.get(key);
    const rendered = kept ?? (await render(tree, folder, namespace, this.#kinds));
    this.#kept.delete(key);
    if (rendered.problems.length === 0) this.#keep(key, rendered);
    return rendered;
  }

  /** After a failure: what the server's kinds were may have been wrong. */
  forget(rendered: Rendered): void {
    for (const [key, kept] of this.#kept) if (kept === rendered) this.#kept.delete(key);
  }

  #keep(key: string, rendered: Rendered): void {
    this.#kept.set(key, rendered);
    let objects = 0;
    for (const { objects: held } of this.#kept.values()) objects += held.length;
    for (const [oldest, { objects: held }] of this.#kept) {
      if (objects <= OBJECTS_MAX && this.#kept.size <= RENDERS_MAX) return;
      this.#kept.delete(oldest);
      objects -= held.length;
    }
  }
}
