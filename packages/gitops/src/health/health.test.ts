import type { AnyObject } from '@gantry/machinery/object';
import { describe, expect, test } from 'vitest';
import { healthOf, worstHealth } from './health.ts';

const object = (kind: string, parts: Record<string, unknown>, apiVersion = 'apps/v1'): AnyObject => ({
  apiVersion,
  kind,
  metadata: { name: 'x', namespace: 'n', generation: 2 },
  ...parts,
});
const noPods = () => [];
const stuckPod = object('Pod', {
  metadata: { name: 'web-1' },
  status: {
    containerStatuses: [
      {
        name: 'c',
        state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "x"' } },
      },
    ],
  },
});

describe('health', () => {
  test('of a Deployment follows its rollout', () => {
    const at = (status: object, spec: object = { replicas: 3 }) =>
      healthOf(object('Deployment', { spec, status }), () => [stuckPod]);
    expect(at({ observedGeneration: 1 })).toEqual({
      status: 'Progressing',
      message: 'waiting for its controller',
    });
    const full = {
      observedGeneration: 2,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
    };
    expect(at(full)).toEqual({ status: 'Healthy', message: '3/3 ready' });
    expect(at({ ...full, replicas: 4 })).toEqual({ status: 'Progressing', message: '3/3 ready' });
    expect(at({ ...full, readyReplicas: 2, availableReplicas: 2 })).toEqual({
      status: 'Progressing',
      message: '2/3 ready; web-1/c: the image can\'t be pulled: Back-off pulling image "x"',
    });
    const late = {
      ...full,
      readyReplicas: 0,
      conditions: [
        { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'too late' },
      ],
    };
    expect(at(late).status).toBe('Degraded');
    expect(at(full, { replicas: 3, paused: true }).status).toBe('Suspended');
  });

  test('of a Job', () => {
    const at = (status: object) =>
      healthOf(object('Job', { spec: { completions: 2 }, status }, 'batch/v1'), noPods);
    expect(at({ succeeded: 1 })).toEqual({ status: 'Progressing', message: '1 of 2 completed' });
    expect(at({ conditions: [{ type: 'Complete', status: 'True' }] }).status).toBe('Healthy');
    expect(
      at({
        conditions: [
          { type: 'Failed', status: 'True', message: 'Job has reached the specified backoff limit' },
        ],
      }),
    ).toEqual({
      status: 'Degraded',
      message: 'Job has reached the specified backoff limit',
    });
  });

  test('of what is missing, unmanaged, or unknown with conditions', () => {
    expect(healthOf(undefined, noPods).status).toBe('Missing');
    expect(healthOf(object('Ingress', {}, 'networking.k8s.io/v1'), noPods).status).toBe('Unmanaged');
    const widget = (ready: string) =>
      object(
        'Widget',
        { status: { conditions: [{ type: 'Ready', status: ready, message: 'why' }] } },
        'example.com/v1',
      );
    expect(healthOf(widget('True'), noPods).status).toBe('Healthy');
    expect(healthOf(widget('False'), noPods)).toEqual({ status: 'Degraded', message: 'why' });
  });

  test('of a whole is its worst, and what nothing manages does not count', () => {
    expect(worstHealth(['Healthy', 'Unmanaged'])).toBe('Healthy');
    expect(worstHealth(['Healthy', 'Progressing', 'Degraded'])).toBe('Degraded');
    expect(worstHealth([])).toBe('Healthy');
  });
});
