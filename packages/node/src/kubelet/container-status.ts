import type { ContainerState, ContainerStatus, Pod } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import type { ContainerStatus as CriContainerStatus } from '../cri/types.ts';
import { type AnyContainer, ephemeralContainers, initContainers, isSidecar, restartsAfter } from './pod.ts';
import {
  isRunning,
  nameOf,
  nanosToMs,
  type RuntimePod,
  readySandbox,
  restartCountOf,
} from './runtime-state.ts';
import { actualResources, type Sizing } from './sizes.ts';

/** Why a container does not start, kept from the last try. */
export interface StartError {
  readonly reason: string;
  readonly message: string;
}

/** What status computation asks of the rest of the agent. */
export interface StatusFacts {
  readonly runtime: RuntimePod;
  /** Of containers whose last start failed, or that wait to be started again. */
  readonly startErrors: ReadonlyMap<string, StartError>;
  /** By container id, read when it ended. */
  readonly terminationMessages: ReadonlyMap<string, string>;
  readonly kind: string;
  started(containerId: string, container: AnyContainer): boolean;
  ready(containerId: string, container: AnyContainer): boolean;
  /** What a running container is sized with by now. */
  actual(container: CriContainerStatus): Sizing | undefined;
}

const time = (nanos: string): string | undefined =>
  nanos === '0' || nanos === '' ? undefined : timestamp(nanosToMs(nanos));

/** One API status a container of `containers`, in the order of the spec (kubelet's convertToAPIContainerStatuses). */
export function containerStatuses(
  pod: Pod,
  containers: readonly AnyContainer[],
  previous: readonly ContainerStatus[] | undefined,
  facts: StatusFacts,
): ContainerStatus[] {
  return containers.map((container) => {
    const attempts = facts.runtime.containers.filter((status) => nameOf(status) === container.name);
    const old = previous?.find(({ name }) => name === container.name);
    const status = statusOf(pod, container, attempts, old, facts);
    return withStartError(pod, container, status, attempts[0], facts);
  });
}

function statusOf(
  pod: Pod,
  container: AnyContainer,
  attempts: readonly CriContainerStatus[],
  old: ContainerStatus | undefined,
  facts: StatusFacts,
): ContainerStatus {
  const [current, before] = attempts;
  if (current === undefined) return neverStarted(pod, container, old, facts);
  const state = stateOf(current, facts);
  const isEnded = state.terminated !== undefined;
  const isInit =
    initContainers(pod.spec).some(({ name }) => name === container.name) && !isSidecar(container);
  const started = isRunning(current) && facts.started(current.id, container);
  const ready = isInit
    ? isEnded && current.exitCode === 0
    : isRunning(current) && started && facts.ready(current.id, container);
  const last = before === undefined ? old?.lastState : stateOf(before, facts);
  return {
    name: container.name,
    state,
    lastState: before === undefined && last?.terminated === undefined ? {} : (last ?? {}),
    ready: ephemeralContainers(pod.spec).some(({ name }) => name === container.name) ? false : ready,
    restartCount: Math.max(restartCountOf(current), 0),
    image: current.image?.image === undefined ? (container.image ?? '') : displayImage(container, current),
    imageID: current.imageRef,
    containerID: `${facts.kind}://${current.id}`,
    started: isInit ? isRunning(current) : started,
    ...resourcesOf(container, isRunning(current) ? facts.actual(current) : undefined),
    ...mountsOf(container),
    ...userOf(current),
  };
}

/** The full name that the runtime knows, as the original shows it. */
function displayImage(container: AnyContainer, current: CriContainerStatus): string {
  const known = current.image?.image ?? '';
  return known.startsWith('sha256:') || known === '' ? (container.image ?? known) : known;
}

export function resourcesOf(
  container: AnyContainer,
  actual?: Sizing,
): Pick<ContainerStatus, 'resources' | 'allocatedResources'> {
  if (!('resources' in container) || container.resources === undefined) return {};
  const { requests, limits } = container.resources;
  if (requests === undefined && limits === undefined) return { resources: {} };
  return {
    resources: actualResources(container.resources, actual),
    ...(requests === undefined ? {} : { allocatedResources: requests }),
  };
}

function mountsOf(container: AnyContainer): Pick<ContainerStatus, 'volumeMounts'> {
  const mounts = container.volumeMounts ?? [];
  if (mounts.length === 0) return {};
  return {
    volumeMounts: mounts.map(({ name, mountPath, readOnly }) => ({
      name,
      mountPath,
      ...(readOnly === true ? { readOnly, recursiveReadOnly: 'Disabled' } : {}),
    })),
  };
}

function userOf(current: CriContainerStatus): Pick<ContainerStatus, 'user'> {
  const linux = current.user?.linux;
  if (linux === null || linux === undefined) return {};
  return {
    user: {
      linux: {
        uid: Number(linux.uid),
        gid: Number(linux.gid),
        supplementalGroups: linux.supplementalGroups.map(Number),
      },
    },
  };
}

function neverStarted(
  pod: Pod,
  container: AnyContainer,
  old: ContainerStatus | undefined,
  facts: StatusFacts,
): ContainerStatus {
  const hasInit =
    initContainers(pod.spec).length > 0 && pod.spec.containers.some(({ name }) => name === container.name);
  const waiting = { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } };
  const isInit = initContainers(pod.spec).some(({ name }) => name === container.name);
  const base: ContainerStatus = {
    name: container.name,
    state: isInit ? { waiting: { reason: 'PodInitializing' } } : waiting,
    lastState: {},
    ready: false,
    restartCount: old?.restartCount ?? 0,
    image: container.image ?? '',
    imageID: '',
    started: false,
    ...mountsOf(container),
  };
  // The runtime has forgotten it: what the API knows of its end stays, and a running one counts as lost.
  if (old?.state?.terminated !== undefined)
    return { ...old, ready: isInit && old.state.terminated.exitCode === 0 };
  if (old?.state?.running !== undefined && readySandbox(facts.runtime) === undefined) {
    const terminated = {
      exitCode: 137,
      reason: 'ContainerStatusUnknown',
      message: 'The container could not be located when the pod was terminated',
    };
    return pod.metadata.deletionTimestamp === undefined
      ? { ...base, lastState: { terminated }, restartCount: old.restartCount }
      : { ...old, ready: false, started: false, state: { terminated } };
  }
  return base;
}

function stateOf(status: CriContainerStatus, facts: StatusFacts): ContainerState {
  if (isRunning(status)) {
    const startedAt = time(status.startedAt);
    return { running: startedAt === undefined ? {} : { startedAt } };
  }
  if (status.state === 'CONTAINER_CREATED') return { waiting: { reason: 'ContainerCreating' } };
  const startedAt = time(status.startedAt);
  const finishedAt = time(status.finishedAt);
  const message = facts.terminationMessages.get(status.id) ?? status.message;
  const reason = status.reason !== '' ? status.reason : status.exitCode === 0 ? 'Completed' : 'Error';
  return {
    terminated: {
      exitCode: status.exitCode,
      reason,
      ...(message === '' ? {} : { message }),
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(finishedAt === undefined ? {} : { finishedAt }),
      containerID: `${facts.kind}://${status.id}`,
    },
  };
}

/** An ended container that is to run again waits, and its end becomes the last state. */
function withStartError(
  pod: Pod,
  container: AnyContainer,
  status: ContainerStatus,
  current: CriContainerStatus | undefined,
  facts: StatusFacts,
): ContainerStatus {
  if (status.state?.running !== undefined) return status;
  const error = facts.startErrors.get(container.name);
  if (error === undefined) return status;
  const terminated = status.state?.terminated;
  if (terminated !== undefined) {
    if (current !== undefined && !restartsAfter(pod, container, current.exitCode)) return status;
    return { ...status, lastState: { terminated }, state: { waiting: { ...error } } };
  }
  return { ...status, state: { waiting: { ...error } } };
}
