import type { FilterPlugin } from '../framework/plugin.ts';
import { unresolvable } from './reject.ts';
import { toleratesTaint } from './tolerations.ts';

const TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

/** Cordoned nodes take only pods that tolerate it. */
export const nodeUnschedulable: FilterPlugin = {
  name: 'NodeUnschedulable',
  plan({ pod }) {
    if (toleratesTaint(pod.pod.spec.tolerations ?? [], TAINT)) return undefined;
    return {
      filter: (node) =>
        node.node?.spec.unschedulable === true
          ? unresolvable('NodeUnschedulable', 'node(s) were unschedulable')
          : undefined,
    };
  },
};
