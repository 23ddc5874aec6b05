import type { ScaleMapping } from '../kind.ts';

/** The scale subresource of every built-in workload: `.spec.replicas`, `.status.replicas`, `.spec.selector`. */
export const scaleMapping: ScaleMapping = {
  specReplicasPath: '.spec.replicas',
  statusReplicasPath: '.status.replicas',
  selectorPath: '.spec.selector',
};
