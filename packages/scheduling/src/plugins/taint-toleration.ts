import { type FilterPlugin, type ScorePlugin, scaleToMax } from '../framework/plugin.ts';
import { unresolvable } from './reject.ts';
import { toleratesTaint } from './tolerations.ts';

const NAME = 'TaintToleration';

export const taintTolerationFilter: FilterPlugin = {
  name: NAME,
  plan({ pod }) {
    const tolerations = pod.pod.spec.tolerations ?? [];
    return {
      filter(node) {
        const taint = node.taints.find(
          (t) => (t.effect === 'NoSchedule' || t.effect === 'NoExecute') && !toleratesTaint(tolerations, t),
        );
        return taint && unresolvable(NAME, 'node(s) had untolerated taint(s)');
      },
    };
  },
};

/** Prefers nodes with the fewest PreferNoSchedule taints that the pod doesn't tolerate. */
export const taintTolerationScore: ScorePlugin = {
  name: NAME,
  weight: 3,
  plan({ pod }, feasible) {
    if (feasible.every((node) => node.taints.every((t) => t.effect !== 'PreferNoSchedule'))) return undefined;
    const tolerations = (pod.pod.spec.tolerations ?? []).filter(
      (t) => !t.effect || t.effect === 'PreferNoSchedule',
    );
    return {
      score: (node) =>
        node.taints.filter((t) => t.effect === 'PreferNoSchedule' && !toleratesTaint(tolerations, t)).length,
      normalize: (scores) => scaleToMax(scores, true),
    };
  },
};
