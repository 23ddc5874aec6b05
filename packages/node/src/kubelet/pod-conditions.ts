import type { ContainerStatus, Pod, PodCondition } from '@gantry/api/generated/types';
import { initContainers, isSidecar, longRunning } from './pod.ts';
import type { PodStatusFacts } from './pod-status.ts';
import { podIps, readySandbox } from './runtime-state.ts';

type Bare = Omit<PodCondition, 'type' | 'lastTransitionTime' | 'observedGeneration'>;

/**
 * The conditions that the agent owns, in the original's order, with its reasons and messages. PodScheduled is
 * true by the fact that the pod is here.
 */
export function conditionsOf(
  pod: Pod,
  phase: string,
  init: readonly ContainerStatus[],
  regular: readonly ContainerStatus[],
  facts: PodStatusFacts,
): PodCondition[] {
  const ready = containersReady(pod, phase, init, regular);
  const generation = pod.metadata.generation;
  const finish = (type: string, bare: Bare): PodCondition => ({
    type,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    ...bare,
  });
  const networkUp =
    readySandbox(facts.runtime) !== undefined &&
    (pod.spec.hostNetwork === true || podIps(facts.runtime).length > 0);
  return [
    finish('PodReadyToStartContainers', { status: networkUp ? 'True' : 'False' }),
    finish('Initialized', initialized(pod, phase, init, regular)),
    finish('Ready', podReady(pod, ready)),
    finish('ContainersReady', ready),
    finish('PodScheduled', { status: 'True' }),
  ];
}

function containersReady(
  pod: Pod,
  phase: string,
  init: readonly ContainerStatus[],
  regular: readonly ContainerStatus[],
): Bare {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const statuses = [...init, ...regular];
  const unready = longRunning(pod.spec)
    .filter((container) => statuses.find(({ name }) => name === container.name)?.ready !== true)
    .map(({ name }) => name);
  return unready.length === 0
    ? { status: 'True' }
    : {
        status: 'False',
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${unready.join(' ')}]`,
      };
}

function podReady(pod: Pod, ready: Bare): Bare {
  if (ready.status !== 'True') return ready;
  const texts: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const gate = pod.status?.conditions?.find(({ type }) => type === conditionType);
    if (gate === undefined) {
      texts.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    } else if (gate.status !== 'True') {
      texts.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`);
    }
  }
  return texts.length === 0
    ? { status: 'True' }
    : { status: 'False', reason: 'ReadinessGatesNotReady', message: texts.join(', ') };
}

function initialized(
  pod: Pod,
  phase: string,
  init: readonly ContainerStatus[],
  regular: readonly ContainerStatus[],
): Bare {
  if (phase === 'Succeeded') return { status: 'True', reason: 'PodCompleted' };
  const isPast = regular.some(
    ({ state, lastState }) =>
      state?.running !== undefined || state?.terminated !== undefined || lastState?.terminated !== undefined,
  );
  if (isPast) return { status: 'True' };
  const incomplete = initContainers(pod.spec)
    .filter((container) => {
      const status = init.find(({ name }) => name === container.name);
      return isSidecar(container) ? status?.started !== true : status?.ready !== true;
    })
    .map(({ name }) => name);
  return incomplete.length === 0
    ? { status: 'True' }
    : {
        status: 'False',
        reason: 'ContainersNotInitialized',
        message: `containers with incomplete status: [${incomplete.join(' ')}]`,
      };
}
