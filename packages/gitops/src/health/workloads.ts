import type { AnyObject } from '@gantry/machinery/object';
import {
  conditionsOf,
  degraded,
  type Health,
  healthy,
  number,
  type PodsOf,
  progressing,
  specOf,
  statusOf,
} from './assessment.ts';
import { podProblem } from './pod-problem.ts';

/** `2/3 ready`, and the first reason why the rest isn't. */
function counted(ready: number, wanted: number, object: AnyObject, pods: PodsOf): string {
  const problem =
    ready >= wanted
      ? undefined
      : pods(object)
          .map(podProblem)
          .find((text) => text !== undefined);
  return `${ready}/${wanted} ready${problem === undefined ? '' : `; ${problem}`}`;
}

const isObserved = (object: AnyObject): boolean =>
  number(statusOf(object).observedGeneration) >= number(object.metadata.generation);

export function deploymentHealth(deployment: AnyObject, pods: PodsOf): Health {
  const [spec, status] = [specOf(deployment), statusOf(deployment)];
  const wanted = number(spec.replicas, 1);
  const text = counted(number(status.readyReplicas), wanted, deployment, pods);
  if (spec.paused === true) return { status: 'Suspended', message: `paused; ${text}` };
  if (!isObserved(deployment)) return progressing('waiting for its controller');
  const stuck = conditionsOf(deployment).find(
    (condition) => condition.type === 'Progressing' && condition.reason === 'ProgressDeadlineExceeded',
  );
  if (stuck !== undefined) return degraded(`${text}; ${stuck.message ?? 'progress deadline exceeded'}`);
  const done =
    number(status.updatedReplicas) >= wanted &&
    number(status.replicas) <= number(status.updatedReplicas) &&
    number(status.availableReplicas) >= wanted;
  return done ? healthy(text) : progressing(text);
}

export function statefulSetHealth(set: AnyObject, pods: PodsOf): Health {
  const [spec, status] = [specOf(set), statusOf(set)];
  const wanted = number(spec.replicas, 1);
  const text = counted(number(status.readyReplicas), wanted, set, pods);
  if (!isObserved(set)) return progressing('waiting for its controller');
  const strategy = spec.updateStrategy as
    | { type?: string; rollingUpdate?: { partition?: number } }
    | undefined;
  const mustUpdate = strategy?.type === 'OnDelete' ? 0 : wanted - number(strategy?.rollingUpdate?.partition);
  const updated = status.currentRevision === status.updateRevision ? wanted : number(status.updatedReplicas);
  return number(status.readyReplicas) >= wanted && updated >= mustUpdate ? healthy(text) : progressing(text);
}

export function daemonSetHealth(set: AnyObject, pods: PodsOf): Health {
  const status = statusOf(set);
  const wanted = number(status.desiredNumberScheduled);
  const text = counted(number(status.numberReady), wanted, set, pods);
  if (!isObserved(set)) return progressing('waiting for its controller');
  const strategy = specOf(set).updateStrategy as { type?: string } | undefined;
  const updated = strategy?.type === 'OnDelete' || number(status.updatedNumberScheduled) >= wanted;
  return updated && number(status.numberReady) >= wanted ? healthy(text) : progressing(text);
}

export function replicaSetHealth(set: AnyObject, pods: PodsOf): Health {
  const wanted = number(specOf(set).replicas, 1);
  const text = counted(number(statusOf(set).readyReplicas), wanted, set, pods);
  if (!isObserved(set)) return progressing('waiting for its controller');
  const failure = conditionsOf(set).find(
    (condition) => condition.type === 'ReplicaFailure' && condition.status === 'True',
  );
  if (failure !== undefined) return degraded(`${text}; ${failure.message ?? "pods can't be created"}`);
  return number(statusOf(set).readyReplicas) >= wanted ? healthy(text) : progressing(text);
}
