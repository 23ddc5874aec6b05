import type { Tree } from '../git/tree.ts';
import type { KindFinder } from './kinds.ts';
import { type Rendered, type RenderOptions, type RenderTools, render } from './render.ts';

const OBJECTS_MAX = 10_000;
const RENDERS_MAX = 2_000;
const ROOT = ['.'];

interface Kept {
  readonly key: string;
  readonly rendered: Rendered;
  /** Object ids of the folders that it was made from. */
  readonly ids: readonly string[];
  /** When it has to be made again, in milliseconds; absent: never. */
  readonly until?: number;
}

/**
 * Renders commits, and keeps what came out without a problem: a push is rendered by its check, its sync and the looks
 * at drift, and a commit that changes nothing in the folders that were read is not rendered again. `repository` tells
 * apart what equal paths in equal commits may not be shared by.
 */
export class Renders {
  readonly #kinds: KindFinder;
  readonly #tools: RenderTools;
  /** Oldest use first. */
  readonly #kept = new Set<Kept>();
  readonly #byKey = new Map<string, Set<Kept>>();
  #objects = 0;

  constructor(kinds: KindFinder, tools: RenderTools = {}) {
    this.#kinds = kinds;
    this.#tools = tools;
  }

  /** Throws GitError. */
  async render(
    repository: string,
    tree: Tree,
    folder: string,
    namespace: string,
    options: RenderOptions = {},
  ): Promise<Rendered> {
    const key = JSON.stringify([repository, folder, namespace, options]);
    const kept = await this.#find(key, tree);
    if (kept !== undefined) return kept;
    // Asked for while the render is at work: it is known afterwards.
    void idsOf(tree, [folder]);
    const rendered = await render(tree, folder, namespace, this.#kinds, options, this.#tools);
    if (rendered.problems.length === 0) {
      const ids = await idsOf(tree, rendered.folders ?? ROOT);
      const { freshMs } = rendered;
      const until = freshMs === undefined ? {} : { until: Date.now() + freshMs };
      if (ids !== undefined) this.#add({ key, rendered, ids, ...until });
    }
    return rendered;
  }

  /** After a failure: what the server's kinds were may have been wrong. */
  forget({ objects }: Rendered): void {
    for (const kept of this.#kept) if (kept.rendered.objects === objects) this.#remove(kept);
  }

  async #find(key: string, tree: Tree): Promise<Rendered | undefined> {
    for (const kept of this.#byKey.get(key) ?? [])
      if (kept.until !== undefined && kept.until < Date.now()) this.#remove(kept);
    const candidates = [...(this.#byKey.get(key) ?? [])];
    const same = candidates.find(({ rendered }) => rendered.commit === tree.commit);
    if (same !== undefined) return this.#used(same).rendered;
    for (const kept of candidates) {
      const ids = await idsOf(tree, kept.rendered.folders ?? ROOT);
      if (ids === undefined || ids.some((id, index) => id !== kept.ids[index])) continue;
      this.#used(kept);
      return { ...kept.rendered, commit: tree.commit };
    }
    return undefined;
  }

  #used(kept: Kept): Kept {
    if (this.#kept.delete(kept)) this.#kept.add(kept);
    return kept;
  }

  #add(kept: Kept): void {
    const others = this.#byKey.get(kept.key) ?? new Set();
    this.#byKey.set(kept.key, others.add(kept));
    this.#kept.add(kept);
    this.#objects += kept.rendered.objects.length;
    for (const oldest of this.#kept) {
      if (this.#objects <= OBJECTS_MAX && this.#kept.size <= RENDERS_MAX) return;
      this.#remove(oldest);
    }
  }

  #remove(kept: Kept): void {
    if (!this.#kept.delete(kept)) return;
    this.#objects -= kept.rendered.objects.length;
    const others = this.#byKey.get(kept.key);
    others?.delete(kept);
    if (others?.size === 0) this.#byKey.delete(kept.key);
  }
}

/** Undefined when one of them isn't there. */
async function idsOf(tree: Tree, folders: readonly string[]): Promise<readonly string[] | undefined> {
  try {
    return await Promise.all(folders.map((folder) => tree.folderId(folder)));
  } catch {
    return undefined;
  }
}
