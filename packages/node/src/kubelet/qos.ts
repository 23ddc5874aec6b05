import { podAmounts } from '@gantry/api/core/quota/amounts';
import type { Container, Pod } from '@gantry/api/generated/types';
import { toBytes } from '@gantry/machinery/quantity';
import { type AnyContainer, initContainers, isSidecar } from './pod.ts';
import { amount, milli, whole } from './quantity.ts';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

const RESOURCES = ['cpu', 'memory'] as const;

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/ */
export function qosClass(pod: Pod): QosClass {
  const known = pod.status?.qosClass;
  if (known === 'Guaranteed' || known === 'Burstable' || known === 'BestEffort') return known;
  const containers: readonly Pick<Container, 'resources'>[] =
    // Where the pod as a whole asks for something, its containers no longer count.
    pod.spec.resources === undefined
      ? [...initContainers(pod.spec), ...pod.spec.containers]
      : [{ resources: pod.spec.resources }];
  const set = (
    container: Pick<Container, 'resources'>,
    field: 'requests' | 'limits',
    resource: string,
  ): number => amount(container.resources?.[field]?.[resource]);
  const isBestEffort = containers.every((container) =>
    RESOURCES.every(
      (resource) => set(container, 'requests', resource) === 0 && set(container, 'limits', resource) === 0,
    ),
  );
  if (isBestEffort) return 'BestEffort';
  const isGuaranteed = containers.every((container) =>
    RESOURCES.every((resource) => {
      const limit = set(container, 'limits', resource);
      const request = container.resources?.requests?.[resource];
      return limit > 0 && (request === undefined || amount(request) === limit);
    }),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#node-out-of-memory-behavior */
export function oomScoreAdjust(pod: Pod, container: AnyContainer, memoryCapacityBytes: number): number {
  const priority = pod.spec.priority ?? 0;
  const qos = qosClass(pod);
  if (priority >= 2_000_001_000 || qos === 'Guaranteed') return -997;
  if (qos === 'BestEffort') return 1000;
  const own = 'resources' in container ? memoryRequest(container) : 0;
  const share = podMemoryShare(pod);
  const scoreOf = (request: number): number => 1000 - Math.floor((1000 * request) / memoryCapacityBytes);
  const score = scoreOf(own + share);
  // A sidecar is spared at least as long as any container that it serves.
  const least = isSidecar(container)
    ? scoreOf(Math.min(...pod.spec.containers.map(memoryRequest)) + share)
    : score;
  return Math.min(999, Math.max(3, Math.min(score, least)));
}

const memoryRequest = ({ resources }: Pick<Container, 'resources'>): number =>
  whole(resources?.requests?.memory);

/** What the pod as a whole asks for beyond its containers, divided among them. */
function podMemoryShare(pod: Pod): number {
  const whole = pod.spec.resources?.requests?.memory;
  if (amount(whole) === 0) return 0;
  const { resources: _, overhead: __, ...spec } = pod.spec;
  const asked = podAmounts({ ...pod, spec }, 'requests').get('memory');
  const rest = amount(whole) - (asked === undefined ? 0 : toBytes(asked));
  return Math.trunc(rest / (pod.spec.containers.length + initContainers(pod.spec).length));
}

export const CPU_PERIOD_US = 100_000;
const SHARES_MIN = 2;
const SHARES_MAX = 262_144;
const QUOTA_MIN_US = 1000;

/** cpu.shares for a request in thousandths of a core. */
export function cpuShares(milliCpu: number): number {
  return Math.min(SHARES_MAX, Math.max(SHARES_MIN, Math.floor((milliCpu * 1024) / 1000)));
}

/** cpu.cfs_quota_us for a limit in thousandths of a core; 0 = none. */
export function cpuQuota(milliCpu: number): number {
  return milliCpu === 0 ? 0 : Math.max(QUOTA_MIN_US, Math.floor((milliCpu * CPU_PERIOD_US) / 1000));
}

export interface PodResources {
  readonly cpuRequestMilli: number;
  /** 0 = unlimited: a container has none. */
  readonly cpuLimitMilli: number;
  readonly memoryLimitBytes: number;
}

/** What the pod as a whole may use: what it asks for itself, and where it does not, what its containers do. */
export function podResources(pod: Pod): PodResources {
  const { requests, limits } = pod.spec.resources ?? {};
  const summed = containerResources(pod);
  const cpuLimit = milli(limits?.cpu);
  const memoryLimit = whole(limits?.memory);
  return {
    cpuRequestMilli:
      requests?.cpu === undefined && cpuLimit === 0
        ? summed.cpuRequestMilli
        : milli(requests?.cpu ?? limits?.cpu),
    cpuLimitMilli: cpuLimit === 0 ? summed.cpuLimitMilli : cpuLimit,
    memoryLimitBytes: memoryLimit === 0 ? summed.memoryLimitBytes : memoryLimit,
  };
}

/** The sum of the containers, or the largest init phase when that is more. */
function containerResources(pod: Pod): PodResources {
  const limit = (containers: readonly Container[], of: (container: Container) => number): number =>
    containers.some((container) => of(container) === 0) ? 0 : total(containers, of);
  const total = (containers: readonly Container[], of: (container: Container) => number): number =>
    containers.reduce((sum, container) => sum + of(container), 0);
  const sidecars = initContainers(pod.spec).filter(isSidecar);
  const inits = initContainers(pod.spec).filter((container) => !isSidecar(container));
  const steady = [...sidecars, ...pod.spec.containers];
  const cpuRequest = (container: Container): number =>
    milli(container.resources?.requests?.cpu ?? container.resources?.limits?.cpu);
  const cpuLimit = (container: Container): number => milli(container.resources?.limits?.cpu);
  const memoryLimit = (container: Container): number => whole(container.resources?.limits?.memory);
  const most = (of: (container: Container) => number): number => Math.max(0, ...inits.map(of));
  const unlessUnlimited = (value: number, of: (container: Container) => number): number =>
    value === 0 || inits.some((container) => of(container) === 0) ? 0 : Math.max(value, most(of));
  return {
    cpuRequestMilli: Math.max(total(steady, cpuRequest), most(cpuRequest)),
    cpuLimitMilli: unlessUnlimited(limit(steady, cpuLimit), cpuLimit),
    memoryLimitBytes: unlessUnlimited(limit(steady, memoryLimit), memoryLimit),
  };
}
