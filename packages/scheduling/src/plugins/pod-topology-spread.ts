import type { NodeInfo } from '../cache/node-info.ts';
import {
  type Cycle,
  type FilterPlugin,
  SCORE_MAX,
  type ScorePlan,
  type ScorePlugin,
} from '../framework/plugin.ts';
import { unresolvable, unschedulable } from './reject.ts';
import { type Constraint, constraintsOf, HOSTNAME, usesDefaults } from './spread-constraints.ts';

const NAME = 'PodTopologySpread';
const NOT_SPREAD = "node(s) didn't match pod topology spread constraints";

const hasKeys = (node: NodeInfo, constraints: readonly Constraint[]): boolean =>
  constraints.every((c) => node.labels[c.topologyKey] !== undefined);

/** Pods by domain over the nodes that count, domains without pods included. */
function domains(
  nodes: Iterable<NodeInfo>,
  constraint: Constraint,
  all: readonly Constraint[],
): Map<string, number> {
  const found = new Map<string, number>();
  for (const node of nodes) {
    if (!hasKeys(node, all) || !constraint.eligible(node)) continue;
    const value = node.labels[constraint.topologyKey] ?? '';
    found.set(value, (found.get(value) ?? 0) + (constraint.counts.byNode.get(node.name) ?? 0));
  }
  return found;
}

export const podTopologySpreadFilter: FilterPlugin = {
  name: NAME,
  plan(cycle) {
    const constraints = constraintsOf(cycle, 'DoNotSchedule');
    if (constraints.length === 0) return undefined;
    const checks = constraints.map((constraint) => {
      const found = domains(cycle.cache.nodes, constraint, constraints);
      const least =
        found.size < constraint.minDomains
          ? 0
          : [...found.values()].reduce((a, b) => Math.min(a, b), Infinity);
      return { constraint, found, least };
    });
    return {
      filter(node) {
        for (const { constraint, found, least } of checks) {
          const value = node.labels[constraint.topologyKey];
          if (value === undefined) return unresolvable(NAME, `${NOT_SPREAD} (missing required label)`);
          const here = (found.get(value) ?? 0) + (constraint.selfMatch ? 1 : 0);
          if (here - least > constraint.maxSkew) return unschedulable(NAME, NOT_SPREAD);
        }
        return undefined;
      },
    };
  },
};

/** With its weight, so that many domains count as much as few. */
function softDomains(cycle: Cycle, feasible: readonly NodeInfo[], all: readonly Constraint[]) {
  const required = usesDefaults(cycle) ? [] : all;
  const kept = feasible.filter((node) => hasKeys(node, required));
  const entries = all.map((constraint) => {
    if (constraint.topologyKey === HOSTNAME) return { constraint, found: undefined, size: kept.length };
    const values = new Set(
      kept.map((node) => node.labels[constraint.topologyKey]).filter((v) => v !== undefined),
    );
    const everywhere = domains(cycle.cache.nodes, constraint, usesDefaults(cycle) ? [constraint] : all);
    return { constraint, found: everywhere, size: values.size };
  });
  return { ignored: new Set(feasible.filter((node) => !hasKeys(node, required))), entries };
}

export const podTopologySpreadScore: ScorePlugin = {
  name: NAME,
  weight: 2,
  plan(cycle, feasible): ScorePlan | undefined {
    const constraints = constraintsOf(cycle, 'ScheduleAnyway');
    if (constraints.length === 0) return undefined;
    const { ignored, entries } = softDomains(cycle, feasible, constraints);
    return {
      score(node) {
        if (ignored.has(node)) return 0;
        let sum = 0;
        for (const { constraint, found, size } of entries) {
          const value = node.labels[constraint.topologyKey];
          if (value === undefined) continue;
          const count =
            found === undefined ? (constraint.counts.byNode.get(node.name) ?? 0) : (found.get(value) ?? 0);
          sum += count * Math.log(size + 2) + (constraint.maxSkew - 1);
        }
        return Math.round(sum);
      },
      normalize(scores, nodes) {
        let min = Number.POSITIVE_INFINITY;
        let max = 0;
        for (let i = 0; i < scores.length; i++) {
          const node = nodes[i];
          if (node === undefined || ignored.has(node)) continue;
          min = Math.min(min, scores[i] ?? 0);
          max = Math.max(max, scores[i] ?? 0);
        }
        for (let i = 0; i < scores.length; i++) {
          const node = nodes[i];
          if (node === undefined || ignored.has(node)) scores[i] = 0;
          else
            scores[i] =
              max === 0 ? SCORE_MAX : Math.floor((SCORE_MAX * (max + min - (scores[i] ?? 0))) / max);
        }
      },
    };
  },
};
