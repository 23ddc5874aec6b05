import type { Pod } from '@gantry/api/generated/types';
import type { Labels } from '@gantry/machinery/label-selector';
import { type AffinityTerm, affinityTerm, type WeightedTerm } from './affinity-term.ts';
import { podNonZeroRequests, podRequests } from './requests.ts';

export interface HostPort {
  /** `0.0.0.0` = every address. */
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

/** A pod with everything that is read from it again and again. */
export interface PodInfo {
  readonly pod: Pod;
  /** `namespace/name` */
  readonly key: string;
  readonly uid: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly priority: number;
  readonly terminating: boolean;
  readonly requests: ReadonlyMap<string, number>;
  readonly nonZero: { readonly cpu: number; readonly memory: number };
  readonly hostPorts: readonly HostPort[];
  readonly requiredAffinity: readonly AffinityTerm[];
  readonly requiredAntiAffinity: readonly AffinityTerm[];
  /** Anti-affinity has negative weights. */
  readonly preferred: readonly WeightedTerm[];
}

export const podKey = (pod: Pod): string => `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;

function hostPortsOf(pod: Pod): HostPort[] {
  const sidecars = (pod.spec.initContainers ?? []).filter((c) => c.restartPolicy === 'Always');
  return [...pod.spec.containers, ...sidecars].flatMap((container) =>
    (container.ports ?? []).flatMap((port) =>
      port.hostPort
        ? [{ ip: port.hostIP || '0.0.0.0', protocol: port.protocol ?? 'TCP', port: port.hostPort }]
        : [],
    ),
  );
}

export function podInfo(pod: Pod): PodInfo {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const weighted = (
    sign: 1 | -1,
    terms: NonNullable<typeof podAffinity>['preferredDuringSchedulingIgnoredDuringExecution'],
  ) =>
    (terms ?? []).map(({ podAffinityTerm, weight }) => ({
      term: affinityTerm(pod, podAffinityTerm),
      weight: sign * weight,
    }));
  return {
    pod,
    key: podKey(pod),
    uid: pod.metadata.uid ?? '',
    namespace: pod.metadata.namespace ?? '',
    labels: pod.metadata.labels ?? {},
    priority: pod.spec.priority ?? 0,
    terminating: pod.metadata.deletionTimestamp !== undefined,
    requests: podRequests(pod),
    nonZero: podNonZeroRequests(pod),
    hostPorts: hostPortsOf(pod),
    requiredAffinity: (podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((t) =>
      affinityTerm(pod, t),
    ),
    requiredAntiAffinity: (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((t) =>
      affinityTerm(pod, t),
    ),
    preferred: [
      ...weighted(1, podAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
      ...weighted(-1, podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
    ],
  };
}
