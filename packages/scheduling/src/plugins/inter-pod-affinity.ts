import type { NodeInfo } from '../cache/node-info.ts';
import type { AffinityTerm } from '../framework/affinity-term.ts';
import { type Cycle, type FilterPlugin, SCORE_MAX, type ScorePlugin } from '../framework/plugin.ts';
import { unresolvable, unschedulable } from './reject.ts';
import { byTopology } from './topology.ts';

const NAME = 'InterPodAffinity';
/** Weight of the required affinity of pods that are there, as seen by a pod that comes. */
const HARD_WEIGHT = 1;

type Sums = Map<string, Map<string, number>>;

function sumsFor(sums: Sums, topologyKey: string): Map<string, number> {
  const found = sums.get(topologyKey) ?? new Map<string, number>();
  sums.set(topologyKey, found);
  return found;
}

/** Topology values in which a pod stands that refuses the new one. */
function refusals({ pod, cache, listers }: Cycle): Sums {
  const sums: Sums = new Map();
  for (const { term, counts } of cache.requiredAntiAffinity.values())
    if (term.matches(pod, listers.namespaceLabels))
      byTopology(cache, counts, term.topologyKey, 1, sumsFor(sums, term.topologyKey));
  return sums;
}

const isIn = (sums: Sums, node: NodeInfo): boolean => {
  for (const [key, values] of sums) {
    const value = node.labels[key];
    if (value !== undefined && (values.get(value) ?? 0) > 0) return true;
  }
  return false;
};

/** Pods that match all required affinity terms at once, by each term's topology. */
function attractions({ pod, cache, listers }: Cycle): { readonly sums: Sums; readonly any: boolean } {
  const terms = pod.requiredAffinity;
  const signature = `affinity ${terms.map((term) => term.signature).join()}`;
  const counts = cache.count(signature, (other) =>
    terms.every((term) => term.matches(other, listers.namespaceLabels)),
  );
  const sums: Sums = new Map();
  for (const key of new Set(terms.map((term) => term.topologyKey)))
    sums.set(key, byTopology(cache, counts, key));
  const any = [...sums.values()].some((values) => values.size > 0);
  return { sums, any };
}

function countTerm({ cache, listers }: Cycle, term: AffinityTerm): Map<string, number> {
  const counts = cache.count(`term ${term.signature}`, (other) =>
    term.matches(other, listers.namespaceLabels),
  );
  return byTopology(cache, counts, term.topologyKey);
}

export const interPodAffinityFilter: FilterPlugin = {
  name: NAME,
  plan(cycle) {
    const { pod, listers } = cycle;
    const refused = refusals(cycle);
    const attracted = pod.requiredAffinity.length > 0 ? attractions(cycle) : undefined;
    const avoided = pod.requiredAntiAffinity.map((term) => ({
      key: term.topologyKey,
      values: countTerm(cycle, term),
    }));
    if (refused.size === 0 && attracted === undefined && avoided.length === 0) return undefined;
    // The first pod of a group that wants to be together can go anywhere.
    const isFirst =
      attracted?.any === false &&
      pod.requiredAffinity.every((term) => term.matches(pod, listers.namespaceLabels));
    return {
      filter(node) {
        if (attracted !== undefined) {
          const together = pod.requiredAffinity.every((term) => {
            const value = node.labels[term.topologyKey];
            return (
              value !== undefined && (isFirst || (attracted.sums.get(term.topologyKey)?.get(value) ?? 0) > 0)
            );
          });
          if (!together) return unresolvable(NAME, "node(s) didn't match pod affinity rules");
        }
        if (
          avoided.some(
            ({ key, values }) => (values.get(node.labels[key] ?? '') ?? 0) > 0 && key in node.labels,
          )
        )
          return unschedulable(NAME, "node(s) didn't match pod anti-affinity rules");
        if (isIn(refused, node))
          return unschedulable(NAME, "node(s) didn't satisfy existing pods anti-affinity rules");
        return undefined;
      },
    };
  },
};

/** What the pod prefers, and what those that are there prefer about it, by topology. */
function preferences(cycle: Cycle): Sums {
  const { pod, cache, listers } = cycle;
  const sums: Sums = new Map();
  const add = (key: string, values: ReadonlyMap<string, number>, weight: number): void => {
    const into = sumsFor(sums, key);
    for (const [value, count] of values) into.set(value, (into.get(value) ?? 0) + count * weight);
  };
  for (const { term, weight } of pod.preferred) add(term.topologyKey, countTerm(cycle, term), weight);
  const carried = [
    { terms: cache.preferredAffinity, weight: undefined },
    { terms: cache.requiredAffinity, weight: HARD_WEIGHT },
  ];
  for (const { terms, weight } of carried)
    for (const entry of terms.values())
      if (entry.term.matches(pod, listers.namespaceLabels))
        add(
          entry.term.topologyKey,
          byTopology(cache, entry.counts, entry.term.topologyKey),
          weight ?? entry.weight,
        );
  return sums;
}

export const interPodAffinityScore: ScorePlugin = {
  name: NAME,
  weight: 2,
  plan(cycle) {
    const sums = preferences(cycle);
    if (sums.size === 0) return undefined;
    return {
      score(node) {
        let sum = 0;
        for (const [key, values] of sums) {
          const value = node.labels[key];
          if (value !== undefined) sum += values.get(value) ?? 0;
        }
        return sum;
      },
      normalize(scores) {
        const min = scores.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
        const max = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
        for (let i = 0; i < scores.length; i++)
          scores[i] = max > min ? Math.floor((SCORE_MAX * ((scores[i] ?? 0) - min)) / (max - min)) : 0;
      },
    };
  },
};
