import type { ReplicaSet, ReplicationController, StatefulSet } from '@gantry/api/generated/types';
import type { Client, Informer, InformerFactory } from '@gantry/client/port';
import {
  namespaces,
  nodes,
  persistentVolumeClaims,
  persistentVolumes,
  podDisruptionBudgets,
  pods,
  replicaSets,
  replicationControllers,
  services,
  statefulSets,
  storageClasses,
} from '@gantry/client/resources';
import { type LabelSelector, selectorFromLabels } from '@gantry/machinery/label-selector';
import type { KubeObject } from '@gantry/machinery/object';
import type { EventRecorder, Logger } from '@gantry/runtime/port';
import { SchedulerCache } from './cache/cache.ts';
import { selectorOrNothing } from './framework/affinity-term.ts';
import type { Listers } from './framework/plugin.ts';
import { nodeHandler, podHandler } from './handlers.ts';
import { countIncoming, SchedulerMetrics, showQueue } from './metrics.ts';
import { Nominator } from './nominator.ts';
import { PodWriter } from './pod-writer.ts';
import type { ClusterEvent } from './queue/cluster-event.ts';
import { SchedulingQueue } from './queue/scheduling-queue.ts';
import { Scheduler } from './scheduler.ts';
import { VolumeBinder } from './volume-binder.ts';

export interface RunSchedulerOptions {
  readonly client: Client;
  readonly informers: InformerFactory;
  /** Its component should be the scheduler's name. */
  readonly events: EventRecorder;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Pods with this `spec.schedulerName`. Default `default-scheduler`. */
  readonly schedulerName?: string;
  /** 1–100; 0 = adaptive. */
  readonly percentageOfNodesToScore?: number;
}

type Owners = readonly Informer<ReplicaSet | StatefulSet | ReplicationController>[];

const ownerSelector =
  ([sets, stateful, controllers]: Owners): Listers['ownerSelector'] =>
  ({ pod, namespace }): LabelSelector | undefined => {
    const owner = pod.metadata.ownerReferences?.find((o) => o.controller === true);
    if (owner === undefined) return undefined;
    const informer = { ReplicaSet: sets, StatefulSet: stateful, ReplicationController: controllers }[
      owner.kind
    ];
    const selector = informer?.get(namespace, owner.name)?.spec.selector;
    if (selector === undefined) return undefined;
    return owner.kind === 'ReplicationController'
      ? selectorFromLabels(selector as Record<string, string>)
      : selectorOrNothing(selector as { matchLabels?: Record<string, string> });
  };

/** Wakes pods when objects that plugins look up change. */
function wakeOn<T extends KubeObject>(
  informer: Informer<T>,
  queue: SchedulingQueue,
  event: ClusterEvent,
): void {
  informer.addHandler({ onUpdate: () => queue.moveOn(event), onDelete: () => queue.moveOn(event) });
}

/**
 * Places pods on nodes until `signal` ends. Starts the informers it needs. Several may run for different scheduler
 * names; for one name only one at a time (leader election is the caller's).
 */
export async function runScheduler(options: RunSchedulerOptions): Promise<void> {
  const { client, informers, log, signal } = options;
  const schedulerName = options.schedulerName ?? 'default-scheduler';
  const claims = informers.informer(persistentVolumeClaims);
  const pvs = informers.informer(persistentVolumes);
  const classes = informers.informer(storageClasses);
  const spaces = informers.informer(namespaces);
  const budgets = informers.informer(podDisruptionBudgets);
  const podInformer = informers.informer(pods);
  const owners = [
    informers.informer(replicaSets),
    informers.informer(statefulSets),
    informers.informer(replicationControllers),
  ];
  const cache = new SchedulerCache();
  const queue = new SchedulingQueue(Date.now, countIncoming);
  showQueue(queue, signal);
  const nominator = new Nominator();
  const volumes = new VolumeBinder(client, claims);
  const parts = { cache, queue, nominator, schedulerName };
  const nodeInformer = informers.informer(nodes);
  nodeInformer.addHandler(nodeHandler(parts));
  podInformer.addHandler(podHandler(parts));
  wakeOn(claims, queue, 'PersistentVolumeClaim');
  wakeOn(pvs, queue, 'PersistentVolume');
  wakeOn(classes, queue, 'StorageClass');
  spaces.addHandler({
    onUpdate(space, old) {
      if (JSON.stringify(space.metadata.labels) === JSON.stringify(old?.metadata.labels)) return;
      cache.clearCounts();
      queue.moveOn('Namespace');
    },
  });
  const scheduler = new Scheduler({
    cache,
    queue,
    nominator,
    volumes,
    log,
    events: options.events,
    writer: new PodWriter(client, schedulerName),
    metrics: new SchedulerMetrics(schedulerName),
    budgets: () => budgets.list(),
    currentPod: (namespace, name) => podInformer.get(namespace, name),
    percentageOfNodesToScore: options.percentageOfNodesToScore ?? 0,
    listers: {
      claims,
      volumes: pvs,
      storageClasses: classes,
      services: informers.informer(services),
      namespaceLabels: (name) => spaces.get('', name)?.metadata.labels,
      ownerSelector: ownerSelector(owners as unknown as Owners),
      promisedVolumes: volumes.promised,
    },
  });
  await informers.startAll(signal);
  log.info({ schedulerName, nodes: cache.nodes.length }, 'scheduling');
  await scheduler.run(signal);
}
