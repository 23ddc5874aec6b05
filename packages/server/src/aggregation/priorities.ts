/** Of a group among the groups, and of a version in its group; higher comes first. */
export interface Priority {
  readonly group: number;
  readonly version: number;
}

/** What the original registers of the groups that it serves itself. */
const BUILT_IN: Readonly<Record<string, Priority>> = {
  '/v1': { group: 18_000, version: 1 },
  // Not announced by an APIService: the aggregator itself serves it, before all others.
  'apiregistration.k8s.io/v1': { group: 17_900, version: 1 },
  'apps/v1': { group: 17_800, version: 15 },
  'events.k8s.io/v1': { group: 17_750, version: 15 },
  'authentication.k8s.io/v1': { group: 17_700, version: 15 },
  'authorization.k8s.io/v1': { group: 17_600, version: 15 },
  'autoscaling/v1': { group: 17_500, version: 15 },
  'autoscaling/v2': { group: 17_500, version: 30 },
  'batch/v1': { group: 17_400, version: 15 },
  'certificates.k8s.io/v1': { group: 17_300, version: 15 },
  'networking.k8s.io/v1': { group: 17_200, version: 15 },
  'policy/v1': { group: 17_100, version: 15 },
  'rbac.authorization.k8s.io/v1': { group: 17_000, version: 15 },
  'storage.k8s.io/v1': { group: 16_800, version: 15 },
  'apiextensions.k8s.io/v1': { group: 16_700, version: 15 },
  'admissionregistration.k8s.io/v1': { group: 16_700, version: 15 },
  'scheduling.k8s.io/v1': { group: 16_600, version: 15 },
  'coordination.k8s.io/v1': { group: 16_500, version: 15 },
  'node.k8s.io/v1': { group: 16_300, version: 15 },
  'resource.k8s.io/v1': { group: 16_200, version: 21 },
  'discovery.k8s.io/v1': { group: 16_200, version: 15 },
  'flowcontrol.apiserver.k8s.io/v1': { group: 16_100, version: 21 },
};

/** For groups of our own, after those of the original. */
const OWN: Priority = { group: 15_000, version: 9 };

/** For groups of custom resources. */
export const CUSTOM: Priority = { group: 1000, version: 100 };

export const builtInPriority = (group: string, version: string): Priority =>
  BUILT_IN[`${group}/${version}`] ?? OWN;
