import type { AnyObject } from '@gantry/machinery/object';
import {
  type Assess,
  conditionOf,
  degraded,
  type Health,
  healthy,
  holding,
  isObserved,
  number,
  type PodsOf,
  progressing,
  specOf,
  statusOf,
  suspended,
  UNOBSERVED,
  wordsOf,
} from './assessment.ts';
import { firstProblem, podFailure, podProblem } from './pod-problem.ts';

interface Count {
  /** `2 of 3 pods ready`, with more about it, and the first reason why the rest isn't. */
  say(...more: readonly string[]): string;
  readonly problem: string | undefined;
}

/** `rolling`: some pods are new; while the old ones serve, what fails is a new one. */
function counted(ready: number, wanted: number, object: AnyObject, pods: PodsOf, rolling = false): Count {
  const problem = ready >= wanted && !rolling ? undefined : firstProblem(pods(object));
  const numbers = wanted === 0 ? 'scaled to no pods' : `${ready} of ${wanted} pods ready`;
  const say = (...more: readonly string[]): string =>
    [numbers, ...more, ...(problem === undefined ? [] : [problem])].join('; ');
  return { say, problem };
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A controller that can't make pods at all: a quota, a refused template. */
function cannotCreate(object: AnyObject, { say }: Count): Health | undefined {
  const failure = holding(object, 'ReplicaFailure');
  return failure === undefined ? undefined : degraded(say(wordsOf(failure)));
}

function deploymentHealth(deployment: AnyObject, pods: PodsOf): Health {
  const [spec, status] = [specOf(deployment), statusOf(deployment)];
  const wanted = number(spec.replicas, 1);
  const updated = number(status.updatedReplicas);
  const rolling = updated < wanted || number(status.replicas) > updated;
  const count = counted(number(status.readyReplicas), wanted, deployment, pods, rolling);
  if (spec.paused === true) return suspended(`paused; ${count.say()}`);
  if (!isObserved(deployment)) return UNOBSERVED;
  const progress = conditionOf(deployment, 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') return degraded(count.say(wordsOf(progress)));
  const failure = cannotCreate(deployment, count);
  if (failure !== undefined) return failure;
  if (updated < wanted) return progressing(count.say(`${updated} of ${wanted} updated`));
  if (number(status.replicas) > updated)
    return progressing(count.say(`${plural(number(status.replicas) - updated, 'old pod')} to end`));
  if (number(status.availableReplicas) >= wanted) return healthy(count.say());
  // It was all there once: what fails now is no rollout under way.
  const fellBack = progress?.reason === 'NewReplicaSetAvailable' && count.problem !== undefined;
  return fellBack ? degraded(count.say()) : progressing(count.say());
}

function statefulSetHealth(set: AnyObject, pods: PodsOf): Health {
  const [spec, status] = [specOf(set), statusOf(set)];
  const wanted = number(spec.replicas, 1);
  const rolling = status.currentRevision !== status.updateRevision;
  const count = counted(number(status.readyReplicas), wanted, set, pods, rolling);
  if (!isObserved(set)) return UNOBSERVED;
  const strategy = spec.updateStrategy as
    | { type?: string; rollingUpdate?: { partition?: number } }
    | undefined;
  const mustUpdate = strategy?.type === 'OnDelete' ? 0 : wanted - number(strategy?.rollingUpdate?.partition);
  const updated = rolling ? number(status.updatedReplicas) : wanted;
  if (updated < mustUpdate) return progressing(count.say(`${updated} of ${mustUpdate} updated`));
  return number(status.readyReplicas) >= wanted ? healthy(count.say()) : progressing(count.say());
}

function daemonSetHealth(set: AnyObject, pods: PodsOf): Health {
  const status = statusOf(set);
  const wanted = number(status.desiredNumberScheduled);
  if (!isObserved(set)) return UNOBSERVED;
  if (wanted === 0) return healthy('no node wants a pod of it');
  const updated = number(status.updatedNumberScheduled);
  const count = counted(number(status.numberReady), wanted, set, pods, updated < wanted);
  const strategy = specOf(set).updateStrategy as { type?: string } | undefined;
  if (strategy?.type !== 'OnDelete' && updated < wanted)
    return progressing(count.say(`${updated} of ${wanted} updated`));
  return number(status.numberReady) >= wanted ? healthy(count.say()) : progressing(count.say());
}

function replicaSetHealth(set: AnyObject, pods: PodsOf): Health {
  const wanted = number(specOf(set).replicas, 1);
  const ready = number(statusOf(set).readyReplicas);
  const count = counted(ready, wanted, set, pods);
  if (!isObserved(set)) return UNOBSERVED;
  return cannotCreate(set, count) ?? (ready >= wanted ? healthy(count.say()) : progressing(count.say()));
}

function podHealth(pod: AnyObject): Health {
  const { phase } = statusOf(pod);
  if (phase === 'Succeeded') return healthy('completed');
  if (phase === 'Failed') return degraded(podFailure(pod));
  const problem = podProblem(pod);
  if (problem !== undefined) return degraded(problem);
  if (phase === 'Unknown') return { status: 'Unknown', message: 'its node has not answered' };
  if (holding(pod, 'Ready') !== undefined) return healthy('ready');
  return progressing(phase === 'Running' ? 'running, not ready yet' : 'starting');
}

function jobHealth(job: AnyObject, pods: PodsOf): Health {
  const failed = holding(job, 'Failed') ?? holding(job, 'FailureTarget');
  if (failed !== undefined) return degraded(wordsOf(failed));
  if (holding(job, 'Complete') !== undefined) return healthy('completed');
  if (specOf(job).suspend === true) return suspended('suspended');
  const status = statusOf(job);
  const lost = number(status.failed);
  const problem = firstProblem(pods(job));
  const parts = [
    `${number(status.succeeded)} of ${number(specOf(job).completions, 1)} completed`,
    ...(lost > 0 ? [`${plural(lost, 'pod')} failed`] : []),
    ...(problem === undefined ? [] : [problem]),
  ];
  return progressing(parts.join('; '));
}

/** A CronJob does well while it waits: only a last run that failed speaks against it. */
function cronJobHealth(cronJob: AnyObject): Health {
  if (specOf(cronJob).suspend === true) return suspended('suspended');
  const { active, lastScheduleTime, lastSuccessfulTime } = statusOf(cronJob) as {
    active?: readonly unknown[];
    lastScheduleTime?: string;
    lastSuccessfulTime?: string;
  };
  if ((active?.length ?? 0) > 0) return healthy('running');
  if (lastScheduleTime === undefined) return healthy('has not run yet');
  if (lastSuccessfulTime === undefined || Date.parse(lastSuccessfulTime) < Date.parse(lastScheduleTime))
    return degraded(`its run of ${lastScheduleTime} did not succeed`);
  return healthy(`last succeeded ${lastSuccessfulTime}`);
}

export const workloads: Readonly<Record<string, Assess>> = {
  'apps/Deployment': deploymentHealth,
  'apps/StatefulSet': statefulSetHealth,
  'apps/DaemonSet': daemonSetHealth,
  'apps/ReplicaSet': replicaSetHealth,
  '/ReplicationController': replicaSetHealth,
  '/Pod': podHealth,
  'batch/Job': jobHealth,
  'batch/CronJob': cronJobHealth,
};
