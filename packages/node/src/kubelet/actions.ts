import type { Container, EphemeralContainer, Pod } from '@gantry/api/generated/types';
import type { ContainerStatus } from '../cri/types.ts';
import { CONTAINER_HASH, containerHash } from './labels.ts';
import {
  type AnyContainer,
  ephemeralContainers,
  findContainer,
  initContainers,
  isSidecar,
  restartsAfter,
} from './pod.ts';
import { isRunning, latest, nameOf, type RuntimePod, readySandbox } from './runtime-state.ts';
import { needsRestart, type Sizing, sizeOf, sizingOf } from './sizes.ts';

/** The agent's verdicts on running containers. */
export interface ProbeVerdicts {
  /** Startup probe passed, or none. */
  started(containerId: string, container: AnyContainer): boolean;
  /** Liveness or startup probe failed too often. */
  failed(containerId: string): 'liveness' | 'startup' | undefined;
}

/** What running containers are sized with; undefined for one of which nothing is known. */
export type ActualSize = (container: ContainerStatus) => Sizing | undefined;
const unknownSize: ActualSize = () => undefined;

export interface KillOrder {
  readonly container: ContainerStatus;
  readonly name: string;
  readonly reason: 'changed' | 'liveness' | 'startup' | 'unknown' | 'resized';
  readonly message: string;
}

/** What to do to bring the runtime to what the pod says. Pure. */
export interface PodActions {
  /** Stop every container and the sandbox first. */
  readonly killPod: boolean;
  readonly createSandbox: boolean;
  readonly attempt: number;
  readonly kill: readonly KillOrder[];
  /** In order; sidecars that restart come before the next init container. */
  readonly startInit: readonly Container[];
  readonly start: readonly Container[];
  readonly startEphemeral: readonly EphemeralContainer[];
}

/**
 * Compares a pod with what runs of it (kubelet's computePodActions): a lost sandbox takes everything with it, init
 * containers run one after the other, sidecars keep running beside, regular containers follow the restart policy.
 */
export function computeActions(
  pod: Pod,
  runtime: RuntimePod,
  probes: ProbeVerdicts,
  actual: ActualSize = unknownSize,
): PodActions {
  const sandbox = readySandbox(runtime);
  if (sandbox === undefined || hasChangedNetwork(pod, runtime)) return withNewSandbox(pod, runtime);
  const startEphemeral = ephemeralContainers(pod.spec).filter(
    (container) => latest(runtime, container.name) === undefined,
  );
  const init = initActions(pod, runtime, probes, actual);
  const kill = [...init.kill];
  const start: Container[] = [];
  let kept = 0;
  if (init.done) {
    for (const container of pod.spec.containers) {
      const decision = decideContainer(pod, container, latest(runtime, container.name), probes, actual);
      if (decision.kill !== undefined) kill.push(decision.kill);
      if (decision.start) start.push(container);
      if (decision.kept || decision.start || decision.kill !== undefined) kept++;
    }
  }
  const killPod = init.failed || (init.done && kept === 0);
  return {
    killPod,
    createSandbox: false,
    attempt: sandbox.metadata?.attempt ?? 0,
    kill: killPod ? [] : kill,
    startInit: killPod ? [] : init.start,
    start: killPod ? [] : start,
    startEphemeral: killPod ? [] : startEphemeral,
  };
}

function hasChangedNetwork(pod: Pod, runtime: RuntimePod): boolean {
  const sandbox = readySandbox(runtime);
  return pod.spec.hostNetwork !== true && sandbox !== undefined && (sandbox.network?.ip ?? '') === '';
}

function withNewSandbox(pod: Pod, runtime: RuntimePod): PodActions {
  const attempt = runtime.sandboxes.length === 0 ? 0 : (runtime.sandboxes[0]?.metadata?.attempt ?? 0) + 1;
  const nothing = { kill: [], startInit: [], start: [], startEphemeral: [], attempt };
  const neverAgain = pod.spec.restartPolicy === 'Never' && attempt !== 0 && runtime.containers.length > 0;
  if (neverAgain) return { ...nothing, killPod: true, createSandbox: false };
  const start = pod.spec.containers.filter((container) => {
    const status = latest(runtime, container.name);
    return (
      status === undefined ||
      status.state !== 'CONTAINER_EXITED' ||
      restartsAfter(pod, container, status.exitCode)
    );
  });
  if (start.length === 0) return { ...nothing, killPod: true, createSandbox: false };
  const first = initContainers(pod.spec)[0];
  return {
    ...nothing,
    killPod: runtime.sandboxes.length > 0,
    createSandbox: true,
    ...(first === undefined ? { start } : { startInit: [first] }),
  };
}

interface Decision {
  readonly kill?: KillOrder;
  readonly start: boolean;
  /** Runs, and shall. */
  readonly kept: boolean;
}

function decideContainer(
  pod: Pod,
  container: Container,
  status: ContainerStatus | undefined,
  probes: ProbeVerdicts,
  actual: ActualSize,
): Decision {
  if (status === undefined) return { start: true, kept: false };
  if (!isRunning(status)) {
    if (status.state === 'CONTAINER_CREATED') return { start: true, kept: false };
    const start = restartsAfter(pod, container, status.exitCode);
    const kill =
      status.state === 'CONTAINER_UNKNOWN'
        ? order(
            container,
            status,
            'unknown',
            `Container ${container.name} is in unknown state, try killing it before restart`,
          )
        : undefined;
    return { start, kept: false, ...(kill === undefined ? {} : { kill }) };
  }
  const hash = status.annotations[CONTAINER_HASH];
  if (hash !== undefined && hash !== containerHash(container)) {
    const message = `Container ${container.name} definition changed, will be restarted`;
    return { kill: order(container, status, 'changed', message), start: true, kept: false };
  }
  const failed = probes.failed(status.id);
  if (failed === undefined) {
    const sizing = actual(status);
    const isKept =
      sizing === undefined || !needsRestart(container, sizeOf(sizing), sizeOf(sizingOf(pod, container)));
    if (isKept) return { start: false, kept: true };
    const message = `Container ${container.name} resize requires restart`;
    return { kill: order(container, status, 'resized', message), start: true, kept: false };
  }
  const restart = restartsAfter(pod, container, 137);
  const message = `Container ${container.name} failed ${failed} probe${restart ? ', will be restarted' : ''}`;
  return { kill: order(container, status, failed, message), start: restart, kept: false };
}

const order = (
  container: Container,
  status: ContainerStatus,
  reason: KillOrder['reason'],
  message: string,
): KillOrder => ({ container: status, name: container.name, reason, message });

interface InitActions {
  /** Every init container has succeeded, every sidecar has started. */
  readonly done: boolean;
  /** One failed and may not run again. */
  readonly failed: boolean;
  readonly start: readonly Container[];
  readonly kill: readonly KillOrder[];
}

/**
 * Goes through the init containers in order, up to the one that holds the others up. Once a regular container exists
 * all have been passed: then only sidecars matter.
 */
function initActions(pod: Pod, runtime: RuntimePod, probes: ProbeVerdicts, actual: ActualSize): InitActions {
  const passed = pod.spec.containers.some((container) => latest(runtime, container.name) !== undefined);
  const start: Container[] = [];
  const kill: KillOrder[] = [];
  let done = true;
  for (const container of initContainers(pod.spec)) {
    const status = latest(runtime, container.name);
    if (isSidecar(container)) {
      const decision = decideContainer(pod, container, status, probes, actual);
      // A sidecar whose pod has nothing left to run is not started again.
      if (decision.kill !== undefined) kill.push(decision.kill);
      if (decision.start && !(passed && isFinished(pod, runtime))) start.push(container);
      const isUp = status !== undefined && isRunning(status) && probes.started(status.id, container);
      if (!passed && !isUp) {
        done = false;
        break;
      }
      continue;
    }
    if (passed) continue;
    if (status?.state === 'CONTAINER_EXITED' && status.exitCode === 0) continue;
    done = false;
    if (status === undefined || status.state === 'CONTAINER_CREATED') start.push(container);
    else if (!isRunning(status)) {
      if (!restartsAfter(pod, container, status.exitCode)) return { done, failed: true, start: [], kill: [] };
      start.push(container);
    }
    break;
  }
  return { done, failed: false, start, kill };
}

function isFinished(pod: Pod, runtime: RuntimePod): boolean {
  return pod.spec.containers.every((container) => {
    const status = latest(runtime, container.name);
    return status?.state === 'CONTAINER_EXITED' && !restartsAfter(pod, container, status.exitCode);
  });
}

/** Containers that run though the pod's spec does not name them. */
export function strayContainers(pod: Pod, runtime: RuntimePod): readonly ContainerStatus[] {
  return runtime.containers.filter(
    (container) => isRunning(container) && findContainer(pod.spec, nameOf(container)) === undefined,
  );
}
