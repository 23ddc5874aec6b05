/** What happened in the cluster that may make a pod schedulable. */
export type ClusterEvent =
  | 'Node/Add'
  | 'Node/Update'
  | 'AssignedPod/Add'
  | 'AssignedPod/Update'
  | 'AssignedPod/Delete'
  | 'PersistentVolumeClaim'
  | 'PersistentVolume'
  | 'StorageClass'
  | 'Namespace';

const NODE: readonly ClusterEvent[] = ['Node/Add', 'Node/Update'];
const PODS: readonly ClusterEvent[] = ['AssignedPod/Add', 'AssignedPod/Update', 'AssignedPod/Delete'];

/** By plugin that rejected the pod: the events after which it is worth another try. */
const HELPFUL: Readonly<Record<string, readonly ClusterEvent[]>> = {
  NodeUnschedulable: NODE,
  NodeName: ['Node/Add'],
  TaintToleration: NODE,
  NodeAffinity: NODE,
  NodePorts: ['Node/Add', 'AssignedPod/Delete'],
  NodeResourcesFit: [...NODE, 'AssignedPod/Update', 'AssignedPod/Delete'],
  VolumeRestrictions: [...NODE, 'AssignedPod/Delete', 'PersistentVolumeClaim'],
  VolumeBinding: [...NODE, 'PersistentVolumeClaim', 'PersistentVolume', 'StorageClass'],
  PodTopologySpread: [...NODE, ...PODS],
  InterPodAffinity: [...NODE, ...PODS, 'Namespace'],
};

/** Pods without a known rejection (an error, no nodes at all) are tried again after every event. */
export function isHelpful(event: ClusterEvent, plugins: ReadonlySet<string>): boolean {
  if (plugins.size === 0) return true;
  for (const plugin of plugins) if (HELPFUL[plugin]?.includes(event) !== false) return true;
  return false;
}
