import type { Container, ContainerStatus, Pod, ResourceRequirements } from '@gantry/api/generated/types';
import { isSameSize, sizeOf } from './sizes.ts';

/**
 * The resources that the node has granted a pod. Its spec may ask for others by now: those are granted when there is
 * room, and until then the pod goes on with these.
 */
export interface Allocation {
  readonly pod: ResourceRequirements | undefined;
  readonly containers: ReadonlyMap<string, ResourceRequirements | undefined>;
}

const sizedContainers = ({ spec }: Pod): readonly Container[] => [
  ...(spec.initContainers ?? []),
  ...spec.containers,
];

/** All that the pod's spec asks for. */
export function allocationOf(pod: Pod): Allocation {
  return {
    pod: pod.spec.resources,
    containers: new Map(sizedContainers(pod).map(({ name, resources }) => [name, resources])),
  };
}

/** What an agent before this one granted, as the status that it wrote tells; where that says nothing, the spec holds. */
export function recordedAllocation(pod: Pod): Allocation {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const containers = sizedContainers(pod).map(({ name, resources }) => {
    const status = statuses.find((one) => one.name === name);
    return [name, status?.resources === undefined ? resources : grantedTo(resources, status)] as const;
  });
  return { pod: recordedPodLevel(pod), containers: new Map(containers) };
}

function grantedTo(
  wanted: ResourceRequirements | undefined,
  { resources, allocatedResources }: ContainerStatus,
): ResourceRequirements {
  const { requests: _, limits: __, ...rest } = wanted ?? {};
  return {
    ...rest,
    ...(resources?.limits === undefined ? {} : { limits: resources.limits }),
    ...(allocatedResources === undefined ? {} : { requests: allocatedResources }),
  };
}

/** The status counts in the containers and the overhead: only what the pod names itself is its own. */
function recordedPodLevel({ spec, status }: Pod): ResourceRequirements | undefined {
  const own = spec.resources;
  if (own === undefined || status?.resources === undefined || spec.overhead !== undefined) return own;
  const named = (
    wanted: Readonly<Record<string, string>> | undefined,
    known: Readonly<Record<string, string>> | undefined,
  ): Record<string, string> | undefined =>
    wanted &&
    Object.fromEntries(Object.entries(wanted).map(([name, amount]) => [name, known?.[name] ?? amount]));
  const requests = named(own.requests, status.allocatedResources);
  const limits = named(own.limits, status.resources.limits);
  return { ...own, ...(requests && { requests }), ...(limits && { limits }) };
}

/** The pod as it was granted: the same object when its spec asks for nothing else. */
export function withAllocation(pod: Pod, allocation: Allocation): Pod {
  const isWhole =
    isSameSize(sizeOf(pod.spec.resources ?? {}), sizeOf(allocation.pod ?? {})) &&
    sizedContainers(pod).every(({ name, resources }) =>
      isSameSize(sizeOf(resources ?? {}), sizeOf(allocation.containers.get(name) ?? {})),
    );
  if (isWhole) return pod;
  const granted = <C extends Container>(container: C): C => {
    const { resources: wanted, ...rest } = container;
    const resources = allocation.containers.has(container.name)
      ? allocation.containers.get(container.name)
      : wanted;
    return { ...rest, ...(resources === undefined ? {} : { resources }) } as C;
  };
  const { resources: _, initContainers, containers, ...spec } = pod.spec;
  return {
    ...pod,
    spec: {
      ...spec,
      ...(allocation.pod === undefined ? {} : { resources: allocation.pod }),
      ...(initContainers === undefined ? {} : { initContainers: initContainers.map(granted) }),
      containers: containers.map(granted),
    },
  };
}
