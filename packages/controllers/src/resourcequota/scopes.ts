import type { Pod, ResourceQuota, ScopedResourceSelectorRequirement } from '@gantry/api/generated/types';

function isBestEffort(pod: Pod): boolean {
  const containers = [pod.spec, ...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  return containers.every(({ resources }) =>
    [resources?.requests, resources?.limits].every(
      (list) => list?.cpu === undefined && list?.memory === undefined,
    ),
  );
}

function isInScope(
  pod: Pod,
  { scopeName, operator, values = [] }: ScopedResourceSelectorRequirement,
): boolean {
  const priority = pod.spec.priorityClassName ?? '';
  switch (scopeName) {
    case 'Terminating':
      return pod.spec.activeDeadlineSeconds !== undefined;
    case 'NotTerminating':
      return pod.spec.activeDeadlineSeconds === undefined;
    case 'BestEffort':
      return isBestEffort(pod);
    case 'NotBestEffort':
      return !isBestEffort(pod);
    case 'PriorityClass':
      if (operator === 'In') return values.includes(priority);
      if (operator === 'NotIn') return !values.includes(priority);
      return (priority !== '') === (operator === 'Exists');
    default:
      return false;
  }
}

/** A quota with scopes counts only pods, and only those in all of its scopes. */
export function scopeOf(quota: ResourceQuota): ((pod: Pod) => boolean) | undefined {
  const requirements = [
    ...(quota.spec.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })),
    ...(quota.spec.scopeSelector?.matchExpressions ?? []),
  ];
  if (requirements.length === 0) return undefined;
  return (pod) => requirements.every((requirement) => isInScope(pod, requirement));
}
