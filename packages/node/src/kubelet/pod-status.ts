import type { ContainerStatus, Pod, PodCondition, PodStatus } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import { type Rejection, wasRejected } from './admission.ts';
import { containerStatuses, type StatusFacts } from './container-status.ts';
import { ephemeralContainers, initContainers, isSidecar, isTerminalPhase, restartsAfter } from './pod.ts';
import { conditionsOf } from './pod-conditions.ts';
import { qosClass } from './qos.ts';
import { podIps } from './runtime-state.ts';
import { podLevelStatus } from './sizes.ts';

export interface PodStatusFacts extends StatusFacts {
  readonly hostIp: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** When the agent first saw the pod. */
  readonly startTimeMs: number;
  /** Why the agent ended the pod as a whole (deadline, eviction). */
  readonly verdict?: { readonly reason: string; readonly message: string };
  /** Why the agent never started the pod. */
  readonly rejection?: Rejection;
  /** The pod with the resources that its cgroup was last set to. */
  readonly applied: Pod;
  /** How a resize stands. */
  readonly resize: readonly PodCondition[];
}

/** The status that a pod should have, computed from what runs and what it was granted; pure. Conditions of other writers are not in it. */
export function podStatus(pod: Pod, facts: PodStatusFacts): PodStatus {
  const old = pod.status ?? {};
  if (wasRejected(pod)) return old;
  if (facts.rejection !== undefined) return rejectedStatus(pod, facts.rejection);
  const init = containerStatuses(pod, initContainers(pod.spec), old.initContainerStatuses, facts);
  const regular = containerStatuses(pod, pod.spec.containers, old.containerStatuses, facts);
  const ephemeral = containerStatuses(
    pod,
    ephemeralContainers(pod.spec),
    old.ephemeralContainerStatuses,
    facts,
  );
  const phase = phaseOf(pod, init, regular, facts);
  const isTerminal = isTerminalPhase(phase);
  const ips = pod.spec.hostNetwork === true ? [facts.hostIp] : podIps(facts.runtime);
  const addresses =
    ips.length === 0 && old.podIPs !== undefined && isTerminal ? old.podIPs.map(({ ip }) => ip) : ips;
  const [podIP] = addresses;
  const startTime = old.startTime ?? timestamp(facts.startTimeMs);
  const conditions = conditionsOf(pod, phase, init, regular, facts);
  return {
    phase,
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    ...(facts.verdict === undefined ? keepVerdict(old, isTerminal) : facts.verdict),
    hostIP: facts.hostIp,
    hostIPs: [{ ip: facts.hostIp }],
    ...(podIP === undefined ? {} : { podIP, podIPs: addresses.map((ip) => ({ ip })) }),
    startTime,
    qosClass: qosClass(pod),
    conditions: [
      ...withTransitions(conditions, old.conditions ?? [], facts.now),
      ...(isTerminal ? [] : facts.resize),
    ],
    ...(init.length === 0 ? {} : { initContainerStatuses: init }),
    containerStatuses: regular,
    ...podLevelStatus(pod, phase, facts.applied),
    ...(ephemeral.length === 0 ? {} : { ephemeralContainerStatuses: ephemeral }),
  };
}

function rejectedStatus(pod: Pod, { reason, message }: Rejection): PodStatus {
  return {
    phase: 'Failed',
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    reason,
    message: `Pod was rejected: ${message}`,
    qosClass: qosClass(pod),
  };
}

function keepVerdict(old: PodStatus, isTerminal: boolean): Pick<PodStatus, 'reason' | 'message'> {
  if (!isTerminal) return {};
  return {
    ...(old.reason === undefined ? {} : { reason: old.reason }),
    ...(old.message === undefined ? {} : { message: old.message }),
  };
}

/** Each condition keeps its transition time while its status stays. */
function withTransitions(
  conditions: readonly PodCondition[],
  old: readonly PodCondition[],
  now: number,
): PodCondition[] {
  return conditions.map((condition) => {
    const before = old.find(({ type }) => type === condition.type);
    const kept = before?.status === condition.status ? before.lastTransitionTime : undefined;
    return { ...condition, lastTransitionTime: kept ?? timestamp(now) };
  });
}

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase */
function phaseOf(
  pod: Pod,
  init: readonly ContainerStatus[],
  regular: readonly ContainerStatus[],
  facts: PodStatusFacts,
): string {
  const before = pod.status?.phase;
  // A terminal phase is never left; a verdict waits for the containers to end.
  if (isTerminalPhase(before)) return before ?? 'Failed';
  if (facts.verdict !== undefined) return 'Failed';
  const restarts = (status: ContainerStatus, exitCode: number): boolean => {
    const container = [...initContainers(pod.spec), ...pod.spec.containers].find(
      ({ name }) => name === status.name,
    );
    return container === undefined || restartsAfter(pod, container, exitCode);
  };
  const ended = (status: ContainerStatus) =>
    status.state?.terminated ??
    (status.state?.waiting !== undefined ? status.lastState?.terminated : undefined);
  for (const [index, container] of initContainers(pod.spec).entries()) {
    const status = init[index];
    if (status === undefined) continue;
    if (isSidecar(container)) {
      if (status.started !== true && !hasAnyRegularStarted(regular)) return 'Pending';
      continue;
    }
    const end = ended(status);
    if (
      end !== undefined &&
      end.exitCode !== 0 &&
      status.state?.terminated !== undefined &&
      !restarts(status, end.exitCode)
    ) {
      return 'Failed';
    }
    if (status.state?.terminated?.exitCode !== 0 && !hasAnyRegularStarted(regular)) return 'Pending';
  }
  const final = (status: ContainerStatus): boolean =>
    status.state?.terminated !== undefined &&
    (!restarts(status, status.state.terminated.exitCode) || pod.metadata.deletionTimestamp !== undefined);
  if (regular.length > 0 && regular.every(final)) {
    const sidecarsRun = init.some((status) => status.state?.running !== undefined);
    if (sidecarsRun) return 'Running';
    const succeeded = regular.every((status) => status.state?.terminated?.exitCode === 0);
    return succeeded ? 'Succeeded' : 'Failed';
  }
  const waits = regular.some(
    (status) => status.state?.waiting !== undefined && status.lastState?.terminated === undefined,
  );
  return waits ? 'Pending' : 'Running';
}

function hasAnyRegularStarted(regular: readonly ContainerStatus[]): boolean {
  return regular.some(
    ({ state, lastState }) =>
      state?.running !== undefined || state?.terminated !== undefined || lastState?.terminated !== undefined,
  );
}
