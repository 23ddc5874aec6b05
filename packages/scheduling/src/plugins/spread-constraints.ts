import type { TopologySpreadConstraint } from '@gantry/api/generated/types';
import {
  formatLabelSelector,
  type LabelSelector,
  type LabelSelectorObject,
  matchesLabels,
  selectorFromLabels,
} from '@gantry/machinery/label-selector';
import type { NodeInfo } from '../cache/node-info.ts';
import type { NodeCounts } from '../cache/pod-counts.ts';
import { selectorOrNothing } from '../framework/affinity-term.ts';
import type { Cycle } from '../framework/plugin.ts';
import { requiredNodes } from './node-affinity.ts';
import { toleratesTaint } from './tolerations.ts';

/** A spread constraint, ready to count. */
export interface Constraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  /** The pod itself counts, once it is placed. */
  readonly selfMatch: boolean;
  readonly counts: NodeCounts;
  /** Nodes whose pods count: by node affinity and taints, as the constraint's policies say. */
  readonly eligible: (node: NodeInfo) => boolean;
}

export const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

/** What pods without constraints of their own get; soft, so that they prefer to be apart. */
const SYSTEM_DEFAULTS: readonly TopologySpreadConstraint[] = [
  { topologyKey: HOSTNAME, whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 3 },
  { topologyKey: ZONE, whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 5 },
];

/** The selectors of the Services and the controller that a pod belongs to, together; undefined when there are none. */
function defaultSelector({ pod, listers }: Cycle): LabelSelector | undefined {
  const found: LabelSelector[] = [];
  for (const service of listers.services.list(pod.namespace)) {
    const labels = service.spec.selector ?? {};
    if (Object.keys(labels).length === 0) continue;
    const selector = selectorFromLabels(labels);
    if (matchesLabels(selector, pod.labels)) found.push(selector);
  }
  const owner = listers.ownerSelector(pod);
  if (owner !== undefined) found.push(owner);
  return found.length === 0 ? undefined : found.flat();
}

function selectorOf(cycle: Cycle, source: TopologySpreadConstraint): LabelSelector | undefined {
  const own = selectorOrNothing(source.labelSelector as LabelSelectorObject | undefined);
  if (own === undefined) return undefined;
  const keys = (source.matchLabelKeys ?? []).filter((key) => cycle.pod.labels[key] !== undefined);
  return [
    ...own,
    ...selectorFromLabels(Object.fromEntries(keys.map((key) => [key, cycle.pod.labels[key] ?? '']))),
  ];
}

function constraint(
  cycle: Cycle,
  source: TopologySpreadConstraint,
  selector: LabelSelector | undefined,
): Constraint {
  const { pod, cache } = cycle;
  const matches = (labels: typeof pod.labels) => selector !== undefined && matchesLabels(selector, labels);
  const signature = `spread ${pod.namespace} ${selector === undefined ? '-' : `+${formatLabelSelector(selector)}`}`;
  const affinity = source.nodeAffinityPolicy === 'Ignore' ? undefined : requiredNodes(pod);
  const tolerations = pod.pod.spec.tolerations ?? [];
  const taintsCount = source.nodeTaintsPolicy === 'Honor';
  return {
    topologyKey: source.topologyKey,
    maxSkew: source.maxSkew,
    minDomains: source.minDomains ?? 1,
    selfMatch: matches(pod.labels),
    counts: cache.count(
      signature,
      (other) => other.namespace === pod.namespace && !other.terminating && matches(other.labels),
    ),
    eligible: (node) =>
      (affinity === undefined || affinity(node)) &&
      (!taintsCount ||
        node.taints.every((t) => t.effect === 'PreferNoSchedule' || toleratesTaint(tolerations, t))),
  };
}

/** The pod's constraints of one kind. */
export function constraintsOf(cycle: Cycle, kind: 'DoNotSchedule' | 'ScheduleAnyway'): Constraint[] {
  const own = cycle.pod.pod.spec.topologySpreadConstraints ?? [];
  if (own.length > 0)
    return own
      .filter((c) => c.whenUnsatisfiable === kind)
      .map((c) => constraint(cycle, c, selectorOf(cycle, c)));
  const selector = kind === 'ScheduleAnyway' ? defaultSelector(cycle) : undefined;
  return selector === undefined ? [] : SYSTEM_DEFAULTS.map((c) => constraint(cycle, c, selector));
}

/** True for pods that get the defaults: nodes without the zone label are not left out for those. */
export const usesDefaults = (cycle: Cycle): boolean =>
  (cycle.pod.pod.spec.topologySpreadConstraints ?? []).length === 0;
