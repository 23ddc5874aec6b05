import { type ClusterEvent, isHelpful } from './cluster-event.ts';

interface Group<T> {
  readonly plugins: ReadonlySet<string>;
  readonly pods: Map<string, T>;
}

/**
 * Pods that wait for an event, grouped by the plugins that rejected them: an event that helps none of a group costs
 * nothing, however many pods wait in it.
 */
export class UnschedulablePods<T> {
  readonly #groups = new Map<string, Group<T>>();
  readonly #groupOf = new Map<string, string>();

  get size(): number {
    return this.#groupOf.size;
  }

  get(key: string): T | undefined {
    return this.#groups.get(this.#groupOf.get(key) ?? '')?.pods.get(key);
  }

  set(key: string, plugins: ReadonlySet<string>, pod: T): void {
    const name = [...plugins].sort().join();
    if (this.#groupOf.get(key) !== name) this.delete(key);
    const group = this.#groups.get(name) ?? { plugins, pods: new Map<string, T>() };
    group.pods.set(key, pod);
    this.#groups.set(name, group);
    this.#groupOf.set(key, name);
  }

  delete(key: string): void {
    const name = this.#groupOf.get(key);
    if (name === undefined) return;
    this.#groupOf.delete(key);
    const group = this.#groups.get(name);
    group?.pods.delete(key);
    if (group?.pods.size === 0) this.#groups.delete(name);
  }

  /** Takes out the pods that an event may help. */
  takeHelped(event: ClusterEvent): T[] {
    const taken: T[] = [];
    for (const { plugins, pods } of [...this.#groups.values()]) {
      if (!isHelpful(event, plugins)) continue;
      taken.push(...pods.values());
      for (const key of [...pods.keys()]) this.delete(key);
    }
    return taken;
  }

  /** The pod of each group that came first. */
  *oldest(): Iterable<readonly [string, T]> {
    for (const { pods } of [...this.#groups.values()]) {
      const first = pods.entries().next().value;
      if (first !== undefined) yield first;
    }
  }
}
