import type { PodDisruptionBudget } from '@gantry/api/generated/types';
import { type LabelSelectorObject, matchesSelectorObject } from '@gantry/machinery/label-selector';
import type { Placed } from './cache/cache.ts';
import type { NodeInfo } from './cache/node-info.ts';
import { type NominatedOn, withNominated } from './framework/algorithm.ts';
import { type Diagnosis, diagnosisMessage } from './framework/diagnosis.ts';
import { filterNode, planFilters } from './framework/filtering.ts';
import type { Cycle, FilterPlugin, Rejection } from './framework/plugin.ts';
import type { PodInfo } from './framework/pod-info.ts';

export interface Preemption {
  /** '' = no node can help: an earlier promise is void. Absent = the pod may not preempt (now). */
  readonly node?: string;
  readonly victims: readonly PodInfo[];
  /** Stands behind the reasons of the failure when no pod could make room. */
  readonly message: string;
}

interface Candidate {
  readonly node: string;
  readonly victims: readonly PodInfo[];
  readonly violations: number;
}

/** Nodes tried: a tenth, at least 100. */
const NODES_LEAST = 100;
const PLUGIN = 'DefaultPreemption';

const startOf = (info: PodInfo): number =>
  Date.parse(info.pod.status?.startTime ?? '') || Number.MAX_SAFE_INTEGER;
const byImportance = (a: PodInfo, b: PodInfo): number => b.priority - a.priority || startOf(a) - startOf(b);

/** Splits pods into those whose removal would break a disruption budget, and others. Budgets are used up in order. */
function byBudget(
  pods: readonly PodInfo[],
  budgets: readonly PodDisruptionBudget[],
): { violating: PodInfo[]; free: PodInfo[] } {
  const allowed = budgets.map((budget) => budget.status?.disruptionsAllowed ?? 0);
  const violating: PodInfo[] = [];
  const free: PodInfo[] = [];
  for (const pod of pods) {
    let violates = false;
    budgets.forEach((budget, i) => {
      const selector = budget.spec.selector as LabelSelectorObject | undefined;
      if (budget.metadata.namespace !== pod.namespace || !matchesSelectorObject(selector, pod.labels)) return;
      if (budget.status?.disruptedPods?.[pod.pod.metadata.name] !== undefined) return;
      allowed[i] = (allowed[i] ?? 0) - 1;
      if ((allowed[i] ?? 0) < 0) violates = true;
    });
    (violates ? violating : free).push(pod);
  }
  return { violating, free };
}

/**
 * The fewest pods of lower priority to remove from a node. They are taken out of the cache and put back, so that every
 * filter sees the cluster without them; nothing else runs meanwhile.
 */
function victimsOn(
  node: NodeInfo,
  cycle: Cycle,
  filters: readonly FilterPlugin[],
  budgets: readonly PodDisruptionBudget[],
  nominated: NominatedOn,
): Candidate | Rejection {
  const fits = (): Rejection | undefined => {
    const set = planFilters(filters, cycle);
    if ('rejection' in set) return set.rejection;
    return withNominated(node, nominated(node, cycle), () => filterNode(set, node));
  };
  const lower = [...node.pods.values()].filter((pod) => pod.priority < cycle.pod.priority).sort(byImportance);
  const none = {
    plugin: PLUGIN,
    reasons: ['No preemption victims found for incoming pod'],
    unresolvable: false,
  };
  if (lower.length === 0) return none;
  const out = new Map<string, Placed>();
  const take = (pod: PodInfo): void => {
    const placed = cycle.cache.removePod(pod.key);
    if (placed !== undefined) out.set(pod.key, placed);
  };
  const giveBack = (pod: PodInfo): void => {
    const placed = out.get(pod.key);
    if (placed !== undefined) cycle.cache.restorePod(placed);
    out.delete(pod.key);
  };
  try {
    for (const pod of lower) take(pod);
    const rejection = fits();
    if (rejection !== undefined) return rejection;
    const { violating, free } = byBudget(lower, budgets);
    const victims: PodInfo[] = [];
    let violations = 0;
    for (const pod of [...violating, ...free]) {
      giveBack(pod);
      if (fits() === undefined) continue;
      take(pod);
      victims.push(pod);
      if (violating.includes(pod)) violations++;
    }
    return victims.length === 0 ? none : { node: node.name, victims: victims.sort(byImportance), violations };
  } finally {
    for (const { info } of [...out.values()]) giveBack(info);
  }
}

/** Fewest broken budgets, then the least important first victim, least sum, fewest victims, latest start. */
function best(candidates: readonly Candidate[]): Candidate | undefined {
  const sum = (c: Candidate) => c.victims.reduce((total, v) => total + v.priority + 2 ** 31, 0);
  const highest = (c: Candidate) => c.victims[0]?.priority ?? 0;
  const start = (c: Candidate) =>
    c.victims
      .filter((v) => v.priority === highest(c))
      .reduce((min, v) => Math.min(min, startOf(v)), Number.MAX_SAFE_INTEGER);
  return [...candidates].sort(
    (a, b) =>
      a.violations - b.violations ||
      highest(a) - highest(b) ||
      sum(a) - sum(b) ||
      a.victims.length - b.victims.length ||
      start(b) - start(a),
  )[0];
}

/** Why a pod may not preempt; undefined when it may. */
function ineligible({ pod, cache }: Cycle): string | undefined {
  if (pod.pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = cache.node(pod.pod.status?.nominatedNodeName ?? '');
  for (const other of nominated?.pods.values() ?? [])
    if (other.terminating && other.priority < pod.priority)
      return 'not eligible due to a terminating pod on the nominated node.';
  return undefined;
}

/** Looks for a node that would have room without pods of lower priority. Changes nothing. */
export function findPreemption(
  cycle: Cycle,
  diagnosis: Diagnosis,
  filters: readonly FilterPlugin[],
  budgets: readonly PodDisruptionBudget[],
  nominated: NominatedOn,
  random: () => number = Math.random,
): Preemption {
  const no = ineligible(cycle);
  if (no !== undefined) return { victims: [], message: `preemption: ${no}` };
  const byNode = new Map<string, Rejection>();
  const possible: NodeInfo[] = [];
  for (const node of cycle.cache.nodes) {
    const rejection = diagnosis.whole ?? diagnosis.byNode.get(node.name);
    if (rejection?.unresolvable === false) possible.push(node);
    else
      byNode.set(node.name, {
        plugin: PLUGIN,
        reasons: ['Preemption is not helpful for scheduling'],
        unresolvable: true,
      });
  }
  const limit = Math.max(NODES_LEAST, Math.floor(cycle.cache.nodes.length / 10));
  const start = Math.floor(random() * Math.max(1, possible.length));
  const candidates: Candidate[] = [];
  for (let i = 0; i < possible.length && candidates.length < limit; i++) {
    const node = possible[(start + i) % possible.length];
    if (node === undefined) continue;
    const result = victimsOn(node, cycle, filters, budgets, nominated);
    if ('victims' in result) candidates.push(result);
    else byNode.set(node.name, result);
  }
  const chosen = best(candidates);
  if (chosen !== undefined) return { node: chosen.node, victims: chosen.victims, message: '' };
  return {
    node: '',
    victims: [],
    message: `preemption: ${diagnosisMessage({ nodes: cycle.cache.nodes.length, byNode })}`,
  };
}
