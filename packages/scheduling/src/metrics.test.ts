import { register } from 'prom-client';
import { expect, it } from 'vitest';
import { countIncoming, SchedulerMetrics, showQueue } from './metrics.ts';
import { SchedulingQueue } from './queue/scheduling-queue.ts';
import { makePod } from './testing/objects.ts';

it('shows what the scheduler did under the original names', async () => {
  let now = 0;
  const end = new AbortController();
  const queue = new SchedulingQueue(() => now, countIncoming);
  showQueue(queue, end.signal);
  const metrics = new SchedulerMetrics('test-scheduler');
  queue.add(makePod('fits'));
  queue.add(makePod('waits'));
  queue.add(makePod('gated', {}, { schedulingGates: [{ name: 'x' }] }));
  const first = queue.pop();
  metrics.point('Filter', 'Success', 1);
  metrics.attempted('scheduled', 4);
  metrics.scheduled(first?.attempts ?? 0, 20);
  queue.done(first?.info.key ?? '');
  const second = queue.pop();
  metrics.attempted('unschedulable', 4);
  metrics.preempted(3);
  if (second !== undefined) queue.failed(second, new Set(['NodeResourcesFit']));
  queue.moveOn('Node/Add');
  now = 60_000;
  const waiting = await register.metrics();
  expect(waiting).toContain('scheduler_pending_pods{queue="backoff"} 1');
  expect(waiting).toContain('scheduler_pending_pods{queue="gated"} 1');
  queue.pop();
  end.abort();
  const text = await register.metrics();
  for (const line of [
    'scheduler_schedule_attempts_total{result="scheduled",profile="test-scheduler"} 1',
    'scheduler_schedule_attempts_total{result="unschedulable",profile="test-scheduler"} 1',
    'scheduler_scheduling_attempt_duration_seconds_bucket{le="0.004",result="scheduled",profile="test-scheduler"} 1',
    'scheduler_framework_extension_point_duration_seconds_count{extension_point="Filter",status="Success",profile="test-scheduler"} 1',
    'scheduler_pod_scheduling_attempts_count 1',
    'scheduler_pod_scheduling_sli_duration_seconds_count{attempts="1"} 1',
    'scheduler_preemption_attempts_total 1',
    'scheduler_preemption_victims_sum 3',
    'scheduler_queue_incoming_pods_total{queue="active",event="UnschedulablePodAdd"} 2',
    'scheduler_queue_incoming_pods_total{queue="unschedulable",event="ScheduleAttemptFailure"} 1',
    'scheduler_queue_incoming_pods_total{queue="backoff",event="NodeAdd"} 1',
    'scheduler_queue_incoming_pods_total{queue="active",event="BackoffComplete"} 1',
    'scheduler_pending_pods{queue="active"} 0',
  ])
    expect(text).toContain(line);
  expect(text).toContain('# HELP scheduler_pending_pods [STABLE] ');
});
