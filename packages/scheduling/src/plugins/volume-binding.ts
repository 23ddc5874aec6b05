import type { PersistentVolume, PersistentVolumeClaim } from '@gantry/api/generated/types';
import type { NodeInfo } from '../cache/node-info.ts';
import type { Cycle, FilterPlugin } from '../framework/plugin.ts';
import { unresolvable } from './reject.ts';
import { canProvision, findVolume, fitsVolume, podClaims } from './volume-claims.ts';

const NAME = 'VolumeBinding';

/** What has to be written before a pod can be bound to a node. */
export interface VolumeDecision {
  readonly claim: PersistentVolumeClaim;
  /** Absent = the class provisions one for the node. */
  readonly volume?: PersistentVolume;
}

/** For each claim that waits for its node: a free volume, or provisioning. Undefined when one gets neither. */
export function decideVolumes(cycle: Cycle, node: NodeInfo): VolumeDecision[] | undefined {
  const decisions: VolumeDecision[] = [];
  const taken = new Set<string>();
  for (const { claim, storageClass } of podClaims(cycle).waiting) {
    const volume = findVolume(claim, node, cycle, taken);
    if (volume !== undefined) {
      taken.add(volume.metadata.name);
      decisions.push({ claim, volume });
    } else if (canProvision(claim, storageClass, node)) decisions.push({ claim });
    else return undefined;
  }
  return decisions;
}

export const volumeBinding: FilterPlugin = {
  name: NAME,
  plan(cycle) {
    const { bound, waiting, obstacle } = podClaims(cycle);
    if (obstacle !== undefined) return { rejection: unresolvable(NAME, obstacle) };
    if (bound.length === 0 && waiting.length === 0) return undefined;
    return {
      filter(node) {
        if (!bound.every((volume) => fitsVolume(volume, node)))
          return unresolvable(NAME, "node(s) didn't match PersistentVolume's node affinity");
        if (waiting.length > 0 && decideVolumes(cycle, node) === undefined)
          return unresolvable(NAME, "node(s) didn't find available persistent volumes to bind");
        return undefined;
      },
    };
  },
};
