import type { FilterPlugin } from '../framework/plugin.ts';
import { unresolvable } from './reject.ts';

/** A pod that names its node goes there or nowhere. */
export const nodeName: FilterPlugin = {
  name: 'NodeName',
  plan({ pod }) {
    const wanted = pod.pod.spec.nodeName;
    if (!wanted) return undefined;
    return {
      filter: (node) =>
        node.name === wanted
          ? undefined
          : unresolvable('NodeName', "node(s) didn't match the requested node name"),
    };
  },
};
