import type {
  Pod,
  PodAffinityTerm,
  ResourceQuota,
  ScopedResourceSelectorRequirement,
} from '@gantry/api/generated/types';

const requirementsOf = ({ spec }: ResourceQuota): ScopedResourceSelectorRequirement[] => [
  ...(spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })),
  ...(spec?.scopeSelector?.matchExpressions ?? []),
];

/** No container says how much CPU or memory it takes. */
function isBestEffort(pod: Pod): boolean {
  const says = (list: Readonly<Record<string, unknown>> | undefined): boolean =>
    list !== undefined && (list.cpu !== undefined || list.memory !== undefined);
  return ![pod.spec, ...pod.spec.containers, ...(pod.spec.initContainers ?? [])].some(
    ({ resources }) => says(resources?.requests) || says(resources?.limits),
  );
}

function crossesNamespaces(pod: Pod): boolean {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const terms: PodAffinityTerm[] = [podAffinity, podAntiAffinity].flatMap((affinity) => [
    ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ podAffinityTerm }) => podAffinityTerm,
    ),
  ]);
  return terms.some((term) => (term.namespaces?.length ?? 0) > 0 || term.namespaceSelector !== undefined);
}

function matchesClass(pod: Pod, { operator, values = [] }: ScopedResourceSelectorRequirement): boolean {
  const name = pod.spec.priorityClassName ?? '';
  if (operator === 'Exists') return name !== '';
  if (operator === 'DoesNotExist') return name === '';
  return operator === 'In' ? values.includes(name) : !values.includes(name);
}

function podMatches(pod: Pod, requirement: ScopedResourceSelectorRequirement): boolean {
  const terminating = (pod.spec.activeDeadlineSeconds ?? -1) >= 0;
  switch (requirement.scopeName) {
    case 'Terminating':
      return terminating;
    case 'NotTerminating':
      return !terminating;
    case 'BestEffort':
      return isBestEffort(pod);
    case 'NotBestEffort':
      return !isBestEffort(pod);
    case 'PriorityClass':
      return matchesClass(pod, requirement);
    case 'CrossNamespacePodAffinity':
      return crossesNamespaces(pod);
    default:
      return false;
  }
}

/** Whether a quota's scopes take the object in. Only pods have scopes: `pod` is undefined for anything else. */
export const scopesMatch = (quota: ResourceQuota, pod: Pod | undefined): boolean =>
  requirementsOf(quota).every((requirement) => pod !== undefined && podMatches(pod, requirement));
