import type { Workqueue, WorkqueueObserver } from '@gantry/client/workqueue';
import { Counter, Gauge, Histogram } from 'prom-client';

// Named as the original's, so that its dashboards work; the help begins with how stable a metric is, as theirs does.

const labelNames = ['name'] as const;
const decades = Array.from({ length: 10 }, (_, power) => Number(`1e${power - 8}`));

/** The queues whose state is shown; those of controllers that ended are forgotten. */
const queues = new Map<string, Workqueue>();

new Gauge({
  name: 'workqueue_depth',
  help: '[BETA] Current depth of workqueue',
  labelNames,
  collect() {
    this.reset();
    for (const [name, queue] of queues) this.set({ name }, queue.depth);
  },
});

new Gauge({
  name: 'workqueue_unfinished_work_seconds',
  help: '[BETA] How many seconds of work is in progress and has not been observed by work_duration. Large values indicate stuck workers.',
  labelNames,
  collect() {
    this.reset();
    for (const [name, queue] of queues) {
      let total = 0;
      for (const ms of queue.running()) total += ms;
      this.set({ name }, total / 1000);
    }
  },
});

new Gauge({
  name: 'workqueue_longest_running_processor_seconds',
  help: '[BETA] How many seconds has the longest running processor for workqueue been running.',
  labelNames,
  collect() {
    this.reset();
    for (const [name, queue] of queues) this.set({ name }, Math.max(0, ...queue.running()) / 1000);
  },
});

const adds = new Counter({
  name: 'workqueue_adds_total',
  help: '[BETA] Total number of adds handled by workqueue',
  labelNames,
});

const waits = new Histogram({
  name: 'workqueue_queue_duration_seconds',
  help: '[BETA] How long in seconds an item stays in workqueue before being requested.',
  labelNames,
  buckets: decades,
});

const works = new Histogram({
  name: 'workqueue_work_duration_seconds',
  help: '[BETA] How long in seconds processing an item from workqueue takes.',
  labelNames,
  buckets: decades,
});

const retries = new Counter({
  name: 'workqueue_retries_total',
  help: '[BETA] Total number of retries handled by workqueue',
  labelNames,
});

/** Shows the state of a queue until it is closed; of two with one name the later is shown. Returns how to end that. */
export function showQueue(name: string, queue: Workqueue): () => void {
  queues.set(name, queue);
  return () => {
    if (queues.get(name) === queue) queues.delete(name);
  };
}

/** Counts what happens in the queue of this name. */
export function observeQueue(name: string): WorkqueueObserver {
  const label = { name };
  // All series are there from the start, as the original's are.
  adds.inc(label, 0);
  retries.inc(label, 0);
  return {
    added: () => adds.inc(label),
    began: (waited) => waits.observe(label, waited / 1000),
    ended: (took) => works.observe(label, took / 1000),
    delayed: () => retries.inc(label),
  };
}

/** 1 while this process runs the controller. */
export const managedControllers = new Gauge({
  name: 'running_managed_controllers',
  help: '[BETA] Indicates where instances of a controller are currently running',
  labelNames: ['name', 'manager'],
});
