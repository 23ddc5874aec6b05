import type { AnyObject } from '@gantry/machinery/object';
import {
  conditionsOf,
  degraded,
  type Health,
  type HealthStatus,
  healthy,
  number,
  type PodsOf,
  progressing,
  specOf,
  statusOf,
} from './assessment.ts';
import { podProblem } from './pod-problem.ts';
import { whyUnmanaged } from './unmanaged.ts';
import { daemonSetHealth, deploymentHealth, replicaSetHealth, statefulSetHealth } from './workloads.ts';

type Assess = (object: AnyObject, pods: PodsOf) => Health;

const byKind: Readonly<Record<string, Assess>> = {
  'apps/Deployment': deploymentHealth,
  'apps/StatefulSet': statefulSetHealth,
  'apps/DaemonSet': daemonSetHealth,
  'apps/ReplicaSet': replicaSetHealth,
  '/ReplicationController': replicaSetHealth,
  '/Pod': podHealth,
  'batch/Job': jobHealth,
  'batch/CronJob': (object) =>
    specOf(object).suspend === true ? { status: 'Suspended', message: 'suspended' } : healthy(),
  '/PersistentVolumeClaim': claimHealth,
  '/Service': serviceHealth,
  '/Namespace': (object) =>
    statusOf(object).phase === 'Terminating' ? progressing('terminating') : healthy(),
  'gitops.gantry.dev/Application': applicationHealth,
};

/** The health of a live object; `undefined` = it isn't there. */
export function healthOf(object: AnyObject | undefined, pods: PodsOf): Health {
  if (object === undefined) return { status: 'Missing', message: 'not in the cluster' };
  if (object.metadata.deletionTimestamp !== undefined) return progressing('being deleted');
  const group = object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : '';
  const assess = byKind[`${group}/${object.kind}`];
  if (assess !== undefined) return assess(object, pods);
  const unmanaged = whyUnmanaged(object.apiVersion, object.kind);
  return unmanaged === undefined ? byConditions(object) : { status: 'Unmanaged', message: unmanaged };
}

/** Objects of kinds that we know nothing about: by their Ready condition, if they have one. */
function byConditions(object: AnyObject): Health {
  const observed = number(statusOf(object).observedGeneration, Number.POSITIVE_INFINITY);
  if (observed < number(object.metadata.generation))
    return progressing('its controller has not seen the change yet');
  const ready = conditionsOf(object).find(
    (condition) => condition.type === 'Ready' || condition.type === 'Available',
  );
  if (ready === undefined || ready.status === 'True') return healthy();
  const text = ready.message ?? ready.reason ?? `${ready.type} is ${ready.status}`;
  return ready.status === 'False' ? degraded(text) : progressing(text);
}

function podHealth(pod: AnyObject): Health {
  const phase = statusOf(pod).phase;
  if (phase === 'Succeeded') return healthy('completed');
  if (phase === 'Failed') return degraded(String(statusOf(pod).message ?? statusOf(pod).reason ?? 'failed'));
  const problem = podProblem(pod);
  if (problem !== undefined) return degraded(problem);
  const ready = conditionsOf(pod).find((condition) => condition.type === 'Ready');
  return ready?.status === 'True'
    ? healthy()
    : progressing(phase === 'Running' ? 'running, not ready yet' : 'starting');
}

function jobHealth(job: AnyObject, pods: PodsOf): Health {
  const failed = conditionsOf(job).find(
    (condition) => condition.type === 'Failed' && condition.status === 'True',
  );
  if (failed !== undefined) return degraded(failed.message ?? failed.reason ?? 'failed');
  if (conditionsOf(job).some((condition) => condition.type === 'Complete' && condition.status === 'True'))
    return healthy('completed');
  if (specOf(job).suspend === true) return { status: 'Suspended', message: 'suspended' };
  const status = statusOf(job);
  const problem = pods(job)
    .map(podProblem)
    .find((text) => text !== undefined);
  const counts = `${number(status.succeeded)} of ${number(specOf(job).completions, 1)} completed`;
  return progressing(problem === undefined ? counts : `${counts}; ${problem}`);
}

function claimHealth(claim: AnyObject): Health {
  const phase = statusOf(claim).phase;
  if (phase === 'Bound') return healthy('bound');
  if (phase === 'Lost') return degraded('its volume is lost');
  // WaitForFirstConsumer: pending until a pod uses it, and that is as it should be.
  return healthy('waiting for a pod that uses it, or for a volume');
}

function serviceHealth(service: AnyObject): Health {
  if (specOf(service).type !== 'LoadBalancer') return healthy();
  const ingress = (statusOf(service).loadBalancer as { ingress?: unknown[] } | undefined)?.ingress ?? [];
  return ingress.length > 0 ? healthy() : progressing('waiting for a load balancer');
}

function applicationHealth(application: AnyObject): Health {
  const { health, message } = statusOf(application);
  return { status: (health as HealthStatus | undefined) ?? 'Unknown', message: String(message ?? '') };
}

const SEVERITY: readonly HealthStatus[] = [
  'Healthy',
  'Unmanaged',
  'Suspended',
  'Unknown',
  'Progressing',
  'Missing',
  'Degraded',
];

/** The worst of several; what nothing manages counts as healthy. */
export function worstHealth(all: readonly HealthStatus[]): Exclude<HealthStatus, 'Unmanaged'> {
  const worst = all.reduce(
    (a, b) => (SEVERITY.indexOf(b) > SEVERITY.indexOf(a) ? b : a),
    'Healthy' as HealthStatus,
  );
  return worst === 'Unmanaged' ? 'Healthy' : worst;
}
