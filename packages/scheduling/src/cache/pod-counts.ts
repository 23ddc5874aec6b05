import type { AffinityTerm } from '../framework/affinity-term.ts';
import type { PodInfo } from '../framework/pod-info.ts';

/** How many pods of some kind each node has. */
export interface NodeCounts {
  /** Node name → pods; never 0. */
  readonly byNode: ReadonlyMap<string, number>;
  readonly total: number;
}

class Counts implements NodeCounts {
  readonly byNode = new Map<string, number>();
  total = 0;
  change(node: string, by: number): void {
    this.total += by;
    const count = (this.byNode.get(node) ?? 0) + by;
    if (count === 0) this.byNode.delete(node);
    else this.byNode.set(node, count);
  }
}

interface Counter {
  readonly counts: Counts;
  readonly matches: (pod: PodInfo) => boolean;
}

const COUNTERS_MAX = 256;

/**
 * Counts of pods by predicate, kept up to date as pods come and go, so that a scheduling cycle costs the number of nodes
 * and not that of pods. Made on first use; the one not used for longest goes first.
 */
export class PodCounts {
  readonly #counters = new Map<string, Counter>();

  /** `signature` stands for the predicate: equal signatures must mean equal predicates. */
  count(
    signature: string,
    matches: (pod: PodInfo) => boolean,
    all: () => Iterable<{ readonly node: string; readonly pod: PodInfo }>,
  ): NodeCounts {
    let counter = this.#counters.get(signature);
    this.#counters.delete(signature);
    if (counter === undefined) {
      counter = { counts: new Counts(), matches };
      for (const { node, pod } of all()) if (matches(pod)) counter.counts.change(node, 1);
      const oldest = this.#counters.size >= COUNTERS_MAX ? this.#counters.keys().next().value : undefined;
      if (oldest !== undefined) this.#counters.delete(oldest);
    }
    this.#counters.set(signature, counter);
    return counter.counts;
  }

  change(pod: PodInfo, node: string, by: 1 | -1): void {
    for (const { counts, matches } of this.#counters.values()) if (matches(pod)) counts.change(node, by);
  }

  /** Something that predicates depend on, beside the pods, has changed. */
  clear(): void {
    this.#counters.clear();
  }
}

/** An affinity term that pods in the cluster carry, with the number of carriers on each node. */
export interface CarriedTerm {
  readonly term: AffinityTerm;
  /** 0 for required terms. */
  readonly weight: number;
  readonly counts: NodeCounts;
}

/** Equal terms of all pods together: a Deployment of a thousand pods is one entry. */
export class CarriedTerms {
  readonly #terms = new Map<string, { term: AffinityTerm; weight: number; counts: Counts }>();

  values(): Iterable<CarriedTerm> {
    return this.#terms.values();
  }

  change(term: AffinityTerm, weight: number, node: string, by: 1 | -1): void {
    const key = `${weight} ${term.signature}`;
    const entry = this.#terms.get(key) ?? { term, weight, counts: new Counts() };
    entry.counts.change(node, by);
    if (entry.counts.total === 0) this.#terms.delete(key);
    else this.#terms.set(key, entry);
  }
}
