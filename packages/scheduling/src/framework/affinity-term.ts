import type { Pod, PodAffinityTerm } from '@gantry/api/generated/types';
import {
  formatLabelSelector,
  type LabelSelector,
  type LabelSelectorObject,
  type Labels,
  matchesLabels,
  selectorFromObject,
} from '@gantry/machinery/label-selector';

/** Labels of a namespace; undefined when it isn't known. */
export type NamespaceLabels = (namespace: string) => Labels | undefined;

/** What a term is matched against. */
export interface Matchable {
  readonly namespace: string;
  readonly labels: Labels;
}

/** A pod (anti-)affinity term, ready to match. Terms of equal `signature` match the same pods in the same topology. */
export interface AffinityTerm {
  readonly signature: string;
  readonly topologyKey: string;
  matches(pod: Matchable, namespaceLabels: NamespaceLabels): boolean;
}

export interface WeightedTerm {
  readonly term: AffinityTerm;
  readonly weight: number;
}

/** Undefined matches nothing: an absent selector, or one that isn't valid. */
export function selectorOrNothing(object: LabelSelectorObject | undefined): LabelSelector | undefined {
  try {
    return selectorFromObject(object);
  } catch {
    return undefined;
  }
}

/** Without namespaces and namespace selector a term is about the pod's own namespace. */
export function affinityTerm(pod: Pod, source: PodAffinityTerm): AffinityTerm {
  const own = pod.metadata.namespace ?? '';
  const listed = source.namespaces ?? [];
  const everyNamespace = source.namespaceSelector as LabelSelectorObject | undefined;
  const names = new Set(listed.length === 0 && everyNamespace === undefined ? [own] : listed);
  const byLabels = selectorOrNothing(everyNamespace);
  const selector = selectorOrNothing(source.labelSelector as LabelSelectorObject | undefined);
  const signature = JSON.stringify([
    [...names].sort(),
    byLabels && formatLabelSelector(byLabels),
    selector && formatLabelSelector(selector),
    source.topologyKey,
  ]);
  return {
    signature,
    topologyKey: source.topologyKey,
    matches(other, namespaceLabels) {
      if (selector === undefined || !matchesLabels(selector, other.labels)) return false;
      if (names.has(other.namespace)) return true;
      return byLabels !== undefined && matchesLabels(byLabels, namespaceLabels(other.namespace) ?? {});
    },
  };
}
