import type { AnyObject } from '@gantry/machinery/object';
import { expect, test } from 'vitest';
import { horizontalPodAutoscaler } from './autoscaling/v1/horizontal-pod-autoscaler.ts';
import { fromStorage, toStorage } from './conversion.ts';
import { pod } from './core/v1/pod.ts';
import { event } from './events/v1/event.ts';

const metadata = { name: 'a', namespace: 'default' };

test('events of both groups are one', () => {
  const given: AnyObject = {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata,
    note: 'n',
    regarding: { kind: 'Pod' },
    reportingController: 'c',
    deprecatedCount: 2,
    type: 'Normal',
  };
  const core = toStorage(event, given);
  expect(core).toEqual({
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    message: 'n',
    involvedObject: { kind: 'Pod' },
    reportingComponent: 'c',
    count: 2,
    type: 'Normal',
  });
  expect(fromStorage(event, core)).toEqual(given);
});

test('an autoscaler read and written as v1 loses nothing of v2', () => {
  const memory = {
    type: 'Resource',
    resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 70 } },
  };
  const cpu = {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
  };
  const v2: AnyObject = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      maxReplicas: 3,
      scaleTargetRef: { kind: 'Deployment', name: 'w' },
      metrics: [cpu, memory],
      behavior: { scaleUp: { selectPolicy: 'Max' } },
    },
    status: { currentReplicas: 1, desiredReplicas: 2 },
  };
  const v1 = fromStorage(horizontalPodAutoscaler, v2);
  expect(v1).toMatchObject({ apiVersion: 'autoscaling/v1', spec: { targetCPUUtilizationPercentage: 50 } });
  expect(v1.spec).not.toHaveProperty('metrics');
  expect(toStorage(horizontalPodAutoscaler, v1)).toEqual(v2);
});

test('other kinds store themselves', () => {
  const object: AnyObject = { apiVersion: 'v1', kind: 'Pod', metadata };
  expect(toStorage(pod, object)).toBe(object);
  expect(fromStorage(pod, object)).toBe(object);
});
