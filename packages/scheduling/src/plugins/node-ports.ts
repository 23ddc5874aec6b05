import type { FilterPlugin } from '../framework/plugin.ts';
import { unschedulable } from './reject.ts';

/** Host ports of a node are taken once. */
export const nodePorts: FilterPlugin = {
  name: 'NodePorts',
  plan({ pod }) {
    if (pod.hostPorts.length === 0) return undefined;
    return {
      filter: (node) =>
        pod.hostPorts.some((port) => node.hasPortConflict(port))
          ? unschedulable('NodePorts', "node(s) didn't have free ports for the requested pod ports")
          : undefined,
    };
  },
};
