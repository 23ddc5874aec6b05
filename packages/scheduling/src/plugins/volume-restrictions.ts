import type { FilterPlugin } from '../framework/plugin.ts';
import { unschedulable } from './reject.ts';
import { claimNames } from './volume-claims.ts';

const NAME = 'VolumeRestrictions';

/** A claim of mode ReadWriteOncePod belongs to one pod in the cluster. */
export const volumeRestrictions: FilterPlugin = {
  name: NAME,
  plan({ pod, cache, listers }) {
    const exclusive = claimNames(pod.pod).filter(({ name }) =>
      listers.claims.get(pod.namespace, name)?.spec.accessModes?.includes('ReadWriteOncePod'),
    );
    if (exclusive.length === 0) return undefined;
    const counts = exclusive.map(({ name }) =>
      cache.count(
        `claim ${pod.namespace}/${name}`,
        (other) => other.namespace === pod.namespace && claimNames(other.pod).some((c) => c.name === name),
      ),
    );
    const reason =
      'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode';
    if (counts.every((c) => c.total === 0)) return undefined;
    return {
      filter: (node) =>
        counts.some((c) => c.byNode.has(node.name))
          ? unschedulable(NAME, reason)
          : { plugin: NAME, reasons: [reason], unresolvable: true },
    };
  },
};
