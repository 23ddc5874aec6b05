import { Counter, exponentialBuckets, Gauge, Histogram } from 'prom-client';
import type { QueueName, SchedulingQueue } from './queue/scheduling-queue.ts';

// Names, labels and bounds of the original's metrics that it declares stable or beta.

const attempts = new Counter({
  name: 'scheduler_schedule_attempts_total',
  help: "[STABLE] Number of attempts to schedule pods, by the result. 'unschedulable' means a pod could not be scheduled, while 'error' means an internal scheduler problem.",
  labelNames: ['result', 'profile'],
});
const attemptDuration = new Histogram({
  name: 'scheduler_scheduling_attempt_duration_seconds',
  help: '[STABLE] Scheduling attempt latency in seconds (scheduling algorithm + binding)',
  labelNames: ['result', 'profile'],
  buckets: exponentialBuckets(0.001, 2, 15),
});
const podAttempts = new Histogram({
  name: 'scheduler_pod_scheduling_attempts',
  help: '[STABLE] Number of attempts to successfully schedule a pod.',
  buckets: exponentialBuckets(1, 2, 5),
});
const podDuration = new Histogram({
  name: 'scheduler_pod_scheduling_sli_duration_seconds',
  help: '[BETA] E2e latency for a pod being scheduled, from the time the pod enters the scheduling queue and might involve multiple scheduling attempts.',
  labelNames: ['attempts'],
  buckets: exponentialBuckets(0.01, 2, 20),
});
const pointDuration = new Histogram({
  name: 'scheduler_framework_extension_point_duration_seconds',
  help: '[STABLE] Latency for running all plugins of a specific extension point.',
  labelNames: ['extension_point', 'status', 'profile'],
  buckets: exponentialBuckets(0.0001, 2, 12),
});
const preemptions = new Counter({
  name: 'scheduler_preemption_attempts_total',
  help: '[STABLE] Total preemption attempts in the cluster till now',
});
const victims = new Histogram({
  name: 'scheduler_preemption_victims',
  help: '[STABLE] Number of selected preemption victims',
  buckets: exponentialBuckets(1, 2, 7),
});
const incoming = new Counter({
  name: 'scheduler_queue_incoming_pods_total',
  help: '[STABLE] Number of pods added to scheduling queues by event and queue type.',
  labelNames: ['queue', 'event'],
});

/** Those of the schedulers of this process. */
const queues = new Set<SchedulingQueue>();

new Gauge({
  name: 'scheduler_pending_pods',
  help: "[STABLE] Number of pending pods, by the queue type. 'active' means number of pods in activeQ; 'backoff' means number of pods in backoffQ; 'unschedulable' means number of pods in unschedulablePods that the scheduler attempted to schedule and failed; 'gated' is the number of unschedulable pods that the scheduler never attempted to schedule because they are gated.",
  labelNames: ['queue'],
  collect() {
    for (const name of ['active', 'backoff', 'unschedulable', 'gated'] as const) {
      let count = 0;
      for (const { sizes } of queues) count += sizes[name];
      this.set({ queue: name }, count);
    }
  },
});

/** A step of a scheduling cycle, as plugins know it. */
export type ExtensionPoint = 'PreFilter' | 'Filter' | 'PostFilter' | 'Score' | 'PreBind' | 'Bind';
export type PointStatus = 'Success' | 'Unschedulable' | 'Error';

const MANY_ATTEMPTS = 15;

/** Counts pods that come into a queue. */
export const countIncoming = (queue: QueueName, event: string): void => incoming.inc({ queue, event });

/** What is counted for one profile, which is named after its scheduler. Times in milliseconds. */
export class SchedulerMetrics {
  readonly #profile: string;

  constructor(profile: string) {
    this.#profile = profile;
  }

  attempted(result: 'scheduled' | 'unschedulable' | 'error', took: number): void {
    const labels = { result, profile: this.#profile };
    attempts.inc(labels);
    attemptDuration.observe(labels, took / 1000);
  }

  /** A pod has its node, `waited` after it came into the queue first. */
  scheduled(tries: number, waited: number): void {
    podAttempts.observe(tries);
    const label = tries >= MANY_ATTEMPTS ? `${MANY_ATTEMPTS}+` : String(tries);
    podDuration.observe({ attempts: label }, waited / 1000);
  }

  point(point: ExtensionPoint, status: PointStatus, took: number): void {
    pointDuration.observe({ extension_point: point, status, profile: this.#profile }, took / 1000);
  }

  /** Pods that were to go for another: 0 when none could make room. */
  preempted(count: number): void {
    preemptions.inc();
    if (count > 0) victims.observe(count);
  }
}

/** Shows how many pods wait in a queue, until the signal ends. */
export function showQueue(queue: SchedulingQueue, signal: AbortSignal): void {
  queues.add(queue);
  signal.addEventListener('abort', () => queues.delete(queue), { once: true });
}
