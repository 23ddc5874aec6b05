import type { KubeObject } from '@gantry/machinery/object';
import { parseQuantity } from '@gantry/machinery/quantity';
import type {
  PersistentVolumeClaim,
  Pod,
  PodAffinityTerm,
  ResourceQuota,
  ScopedResourceSelectorRequirement,
} from '../../generated/types.ts';
import type { Counted } from './usage.ts';

const requirementsOf = ({ spec }: ResourceQuota): ScopedResourceSelectorRequirement[] => [
  ...(spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })),
  ...(spec?.scopeSelector?.matchExpressions ?? []),
];

/** No container says how much CPU or memory it takes; an amount of zero says nothing. */
function isBestEffort(pod: Pod): boolean {
  if (pod.status?.qosClass !== undefined) return pod.status.qosClass === 'BestEffort';
  const says = (list: Readonly<Record<string, string | number>> | undefined): boolean =>
    [list?.cpu, list?.memory].some((text) => text !== undefined && parseQuantity(text).nanos > 0n);
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

/** `names`: the classes that an object refers to; it counts if one of them is asked for. */
function matchesClass(
  names: readonly string[],
  { operator, values = [] }: ScopedResourceSelectorRequirement,
): boolean {
  if (operator === 'Exists') return names.length > 0;
  if (operator === 'DoesNotExist') return names.length === 0;
  if (operator === 'In') return names.some((name) => values.includes(name));
  return names.length === 0 || names.some((name) => !values.includes(name));
}

const given = (...names: readonly (string | undefined)[]): string[] =>
  [...new Set(names)].filter((name): name is string => name !== undefined && name !== '');

/** The classes that a claim has, had asked for, or is being changed to. */
function claimMatches(
  { spec, status }: PersistentVolumeClaim,
  requirement: ScopedResourceSelectorRequirement,
): boolean {
  if (requirement.scopeName !== 'VolumeAttributesClass') return false;
  const names = given(
    spec.volumeAttributesClassName,
    status?.currentVolumeAttributesClassName,
    status?.modifyVolumeStatus?.targetVolumeAttributesClassName,
  );
  return matchesClass(names, requirement);
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
      return matchesClass(given(pod.spec.priorityClassName), requirement);
    case 'CrossNamespacePodAffinity':
      return crossesNamespaces(pod);
    default:
      return false;
  }
}

/** An object as scopes see it: a pod, a claim, or neither, which no scope takes in. */
export interface Scoped {
  readonly pod?: Pod | undefined;
  readonly claim?: PersistentVolumeClaim | undefined;
}

/** The object as scopes see it. */
export function scopedOf({ group, plural }: Counted, object: KubeObject): Scoped {
  if (group !== '') return {};
  if (plural === 'pods') return { pod: object as Pod };
  return plural === 'persistentvolumeclaims' ? { claim: object as PersistentVolumeClaim } : {};
}

/** Whether a quota's scopes take the object in. */
export const scopesMatch = (quota: ResourceQuota, { pod, claim }: Scoped): boolean =>
  requirementsOf(quota).every((requirement) =>
    pod !== undefined
      ? podMatches(pod, requirement)
      : claim !== undefined && claimMatches(claim, requirement),
  );
