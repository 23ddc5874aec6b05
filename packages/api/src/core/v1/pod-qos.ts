import type { PodSpec, ResourceRequirements } from '../../generated/types.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';

const COMPUTE = ['cpu', 'memory'] as const;

/** The quality of service of a pod. https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/ */
export function podQOSClass(spec: PodSpec): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  // Resources of the whole pod, when there are any, decide alone.
  const demands = isStated(spec.resources) ? [spec.resources] : containers.map((one) => one.resources);
  if (!demands.some(isStated)) return 'BestEffort';
  return demands.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}

function isStated(resources: ResourceRequirements | undefined): boolean {
  return COMPUTE.some(
    (name) => quantityNano(resources?.requests?.[name]) > 0n || quantityNano(resources?.limits?.[name]) > 0n,
  );
}

function isGuaranteed(resources: ResourceRequirements | undefined): boolean {
  return COMPUTE.every((name) => {
    const limit = quantityNano(resources?.limits?.[name]);
    return limit > 0n && quantityNano(resources?.requests?.[name]) === limit;
  });
}
