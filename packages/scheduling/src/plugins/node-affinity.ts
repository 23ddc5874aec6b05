import type { NodeInfo } from '../cache/node-info.ts';
import { type FilterPlugin, type ScorePlugin, scaleToMax } from '../framework/plugin.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import { matchesNodeSelector, matchesTerm, namedNodes } from './node-selector.ts';
import { unresolvable } from './reject.ts';

const NAME = 'NodeAffinity';

/** `nodeSelector` and the required node affinity; undefined when the pod has neither. */
export function requiredNodes({ pod }: PodInfo): ((node: NodeInfo) => boolean) | undefined {
  const labels = Object.entries(pod.spec.nodeSelector ?? {});
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (labels.length === 0 && required === undefined) return undefined;
  return (node) =>
    labels.every(([key, value]) => node.labels[key] === value) &&
    (required === undefined || matchesNodeSelector(required, node));
}

export const nodeAffinityFilter: FilterPlugin = {
  name: NAME,
  plan({ pod }) {
    const matches = requiredNodes(pod);
    if (matches === undefined) return undefined;
    const required = pod.pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    const only = required && namedNodes(required);
    return {
      filter: (node) =>
        matches(node) ? undefined : unresolvable(NAME, "node(s) didn't match Pod's node affinity/selector"),
      ...(only === undefined ? {} : { onlyNodes: only }),
    };
  },
};

export const nodeAffinityScore: ScorePlugin = {
  name: NAME,
  weight: 2,
  plan({ pod }) {
    const preferred =
      pod.pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    if (preferred.length === 0) return undefined;
    return {
      score: (node) =>
        preferred.reduce(
          (sum, { preference, weight }) => sum + (matchesTerm(preference, node) ? weight : 0),
          0,
        ),
      normalize: (scores) => scaleToMax(scores, false),
    };
  },
};
