import type { NodeInfo } from '../cache/node-info.ts';
import type { Diagnosis } from './diagnosis.ts';
import { filterNode, planFilters } from './filtering.ts';
import type { Cycle, FilterPlugin, Rejection, ScorePlugin } from './plugin.ts';

export type Placement = { readonly node: NodeInfo } | { readonly diagnosis: Diagnosis };

/** Below this many nodes all are looked at. */
const ALL_BELOW = 100;
const LEAST_PERCENT = 5;

/** Feasible nodes that are enough: half of them in a small cluster, less in a large one, never under 100. */
function enoughNodes(nodes: number, percentage = 0): number {
  if (nodes < ALL_BELOW || percentage >= 100) return nodes;
  const adaptive = percentage > 0 ? percentage : Math.max(LEAST_PERCENT, 50 - Math.floor(nodes / 125));
  return Math.max(ALL_BELOW, Math.floor((nodes * adaptive) / 100));
}

export interface AlgorithmOptions {
  readonly filters: readonly FilterPlugin[];
  readonly scores: readonly ScorePlugin[];
  /** 0 = adaptive. */
  readonly percentageOfNodesToScore?: number;
  readonly random?: () => number;
  /** Told how long each step took, in milliseconds. */
  readonly observe?: (point: 'PreFilter' | 'Filter' | 'Score', ok: boolean, took: number) => void;
}

/** Pods that were promised room on a node by preemption and outrank (or equal) the one in question. */
export type NominatedOn = (node: NodeInfo, cycle: Cycle) => readonly Cycle['pod'][];

/** Filters, scores and picks. Each run starts behind the node at which the last one stopped, so that all get their turn. */
export class Algorithm {
  readonly #options: AlgorithmOptions;
  readonly #random: () => number;
  #next = 0;

  constructor(options: AlgorithmOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
  }

  place(cycle: Cycle, nominated: NominatedOn): Placement {
    const { nodes } = cycle.cache;
    const { observe } = this.#options;
    const began = performance.now();
    const set = planFilters(this.#options.filters, cycle);
    const planned = performance.now();
    observe?.('PreFilter', !('rejection' in set), planned - began);
    if ('rejection' in set)
      return { diagnosis: { nodes: nodes.length, byNode: new Map(), whole: set.rejection } };
    const only = set.onlyNodes;
    const candidates = only === undefined ? nodes : nodes.filter((node) => only.names.has(node.name));
    const byNode = new Map<string, Rejection>();
    const feasible: NodeInfo[] = [];
    const enough = enoughNodes(candidates.length, this.#options.percentageOfNodesToScore);
    const start = candidates.length === 0 ? 0 : this.#next % candidates.length;
    let looked = 0;
    for (; looked < candidates.length && feasible.length < enough; looked++) {
      const node = candidates[(start + looked) % candidates.length];
      if (node === undefined) continue;
      const rejection = withNominated(node, nominated(node, cycle), () => filterNode(set, node));
      if (rejection === undefined) feasible.push(node);
      else byNode.set(node.name, rejection);
    }
    if (only === undefined) this.#next = start + looked;
    const filtered = performance.now();
    observe?.('Filter', feasible.length > 0, filtered - planned);
    if (feasible.length > 0) {
      const node = this.#best(cycle, feasible);
      if (feasible.length > 1) observe?.('Score', true, performance.now() - filtered);
      return { node };
    }
    if (only !== undefined) {
      const reasons = [`node(s) didn't satisfy plugin(s) [${only.plugin}]`];
      for (const node of nodes)
        if (!only.names.has(node.name))
          byNode.set(node.name, { plugin: only.plugin, reasons, unresolvable: true });
    }
    return { diagnosis: { nodes: nodes.length, byNode } };
  }

  #best(cycle: Cycle, feasible: readonly NodeInfo[]): NodeInfo {
    const totals = new Array<number>(feasible.length).fill(0);
    for (const plugin of feasible.length > 1 ? this.#options.scores : []) {
      const plan = plugin.plan(cycle, feasible);
      if (plan === undefined) continue;
      const scores = feasible.map((node) => plan.score(node));
      plan.normalize?.(scores, feasible);
      for (let i = 0; i < totals.length; i++) totals[i] = (totals[i] ?? 0) + plugin.weight * (scores[i] ?? 0);
    }
    let best = 0;
    let ties = 1;
    for (let i = 1; i < totals.length; i++) {
      const difference = (totals[i] ?? 0) - (totals[best] ?? 0);
      if (difference < 0) continue;
      ties = difference > 0 ? 1 : ties + 1;
      // Each of the best has the same chance.
      if (difference > 0 || this.#random() * ties < 1) best = i;
    }
    return feasible[best] as NodeInfo;
  }
}

/** Runs a check with other pods put on the node for its time. */
export function withNominated<T>(node: NodeInfo, pods: readonly Cycle['pod'][], check: () => T): T {
  const added = pods.filter((pod) => !node.pods.has(pod.key));
  for (const pod of added) node.addPod(pod);
  try {
    return check();
  } finally {
    for (const pod of added) node.removePod(pod);
  }
}
