import type { Container, ContainerStatus, Pod, PodCondition, PodStatus } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import { resourcesOf } from '../kubelet/container-status.ts';
import { initContainers, isSidecar, uidOf } from '../kubelet/pod.ts';
import { qosClass } from '../kubelet/qos.ts';
import { podLevelStatus } from '../kubelet/sizes.ts';

const IMAGE_ID = 'sha256:0000000000000000000000000000000000000000000000000000000000000000';

/** What a simulated node makes of a pod: everything ran at once, and well. `finished` ends it with success. */
export function simulatedStatus(
  pod: Pod,
  facts: {
    readonly hostIp: string;
    readonly podIp: string;
    readonly now: number;
    readonly finished: boolean;
  },
): PodStatus {
  const time = timestamp(facts.now);
  const { finished } = facts;
  const startTime = pod.status?.startTime ?? time;
  const startedAt = pod.status?.containerStatuses?.[0]?.state?.running?.startedAt ?? time;
  const status = (container: Container): ContainerStatus => ({
    name: container.name,
    image: container.image ?? '',
    imageID: IMAGE_ID,
    containerID: `simulated://${uidOf(pod)}-${container.name}`,
    ready: !finished,
    started: !finished,
    restartCount: 0,
    lastState: {},
    state: finished ? ended(startedAt, time) : { running: { startedAt } },
    ...resourcesOf(container),
  });
  const initStatus = (container: Container): ContainerStatus =>
    isSidecar(container)
      ? status(container)
      : { ...status(container), ready: true, started: false, state: ended(startedAt, startedAt) };
  const init = initContainers(pod.spec);
  return {
    phase: finished ? 'Succeeded' : 'Running',
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    hostIP: facts.hostIp,
    hostIPs: [{ ip: facts.hostIp }],
    podIP: facts.podIp,
    podIPs: [{ ip: facts.podIp }],
    qosClass: qosClass(pod),
    startTime,
    conditions: conditions(pod, finished, time),
    ...(init.length === 0 ? {} : { initContainerStatuses: init.map(initStatus) }),
    containerStatuses: pod.spec.containers.map(status),
    // Nothing runs here, so that any change is as good as made.
    ...podLevelStatus(pod, finished ? 'Succeeded' : 'Running', pod),
  };
}

function ended(startedAt: string, finishedAt: string): NonNullable<ContainerStatus['state']> {
  return { terminated: { exitCode: 0, reason: 'Completed', startedAt, finishedAt } };
}

function conditions(pod: Pod, finished: boolean, time: string): PodCondition[] {
  const completed = finished ? { reason: 'PodCompleted' } : {};
  const make = (type: string, status: string, extra: object = {}): PodCondition => {
    const before = pod.status?.conditions?.find((condition) => condition.type === type);
    const kept = before?.status === status ? before.lastTransitionTime : undefined;
    const generation = pod.metadata.generation;
    return {
      type,
      status,
      lastTransitionTime: kept ?? time,
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      ...extra,
    };
  };
  const up = finished ? 'False' : 'True';
  return [
    make('PodReadyToStartContainers', up),
    make('Initialized', 'True', completed),
    make('Ready', up, completed),
    make('ContainersReady', up, completed),
    make('PodScheduled', 'True'),
  ];
}
