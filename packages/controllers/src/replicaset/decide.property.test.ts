import type { Pod } from '@gantry/api/generated/types';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideScale, decideStatus } from './decide.ts';

const pod = fc.record({
  phase: fc.constantFrom('Pending', 'Running', 'Failed', 'Succeeded'),
  deleted: fc.boolean(),
  ready: fc.boolean(),
  node: fc.constantFrom(undefined, 'n1', 'n2'),
  cost: fc.constantFrom(undefined, '-5', '5', 'much'),
});

interface Facts {
  readonly phase: string;
  readonly deleted: boolean;
  readonly ready: boolean;
  readonly node: string | undefined;
  readonly cost: string | undefined;
}

const make = (facts: Facts, i: number): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `p${i}`,
    namespace: 'a',
    uid: `u${i}`,
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...(facts.deleted ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    ...(facts.cost === undefined
      ? {}
      : { annotations: { 'controller.kubernetes.io/pod-deletion-cost': facts.cost } }),
  },
  spec: { containers: [], ...(facts.node === undefined ? {} : { nodeName: facts.node }) },
  status: {
    phase: facts.phase,
    conditions: [
      { type: 'Ready', status: facts.ready ? 'True' : 'False', lastTransitionTime: '2026-01-01T00:00:00Z' },
    ],
  },
});

const now = Date.parse('2026-01-02T00:00:00Z');
const pods = fc.array(pod, { maxLength: 12 }).map((all) => all.map((facts, i) => make(facts, i)));

test('the plan makes exactly the pods that are missing, and removes no pod that is finished or going', () => {
  fc.assert(
    fc.property(pods, fc.integer({ min: 0, max: 12 }), (all, replicas) => {
      const plan = decideScale(all, all, replicas, now);
      const active = all.filter(
        (one) =>
          one.metadata.deletionTimestamp === undefined &&
          !['Failed', 'Succeeded'].includes(one.status?.phase ?? ''),
      );
      expect(active.length + plan.create - plan.remove.length).toBe(replicas);
      expect(plan.create === 0 || plan.remove.length === 0).toBe(true);
      for (const one of plan.remove) expect(active).toContain(one);
    }),
  );
});

test('a ready pod is only removed when no active pod without a node is kept', () => {
  fc.assert(
    fc.property(pods, fc.integer({ min: 0, max: 12 }), (all, replicas) => {
      const { remove } = decideScale(all, all, replicas, now);
      const kept = all.filter(
        (one) =>
          !remove.includes(one) &&
          one.metadata.deletionTimestamp === undefined &&
          ['Pending', 'Running'].includes(one.status?.phase ?? ''),
      );
      if (remove.some((one) => one.spec.nodeName !== undefined))
        expect(kept.every((one) => one.spec.nodeName !== undefined)).toBe(true);
    }),
  );
});

test('cheap pods go first, then those doubled up on a node', () => {
  const running = { phase: 'Running', deleted: false, ready: true, cost: undefined };
  const all = [
    make({ ...running, node: 'n1' }, 0),
    make({ ...running, node: 'n2' }, 1),
    make({ ...running, node: 'n2' }, 2),
    make({ ...running, node: 'n1', cost: '-5' }, 3),
  ];
  expect(decideScale(all, all, 3, now).remove.map((one) => one.metadata.name)).toEqual(['p3']);
  const three = all.slice(0, 3);
  expect(decideScale(three, three, 2, now).remove[0]?.spec.nodeName).toBe('n2');
});

test('the status counts pods, and keeps the first failure until there is none', () => {
  const input = {
    status: undefined,
    generation: 3,
    replicas: 2,
    minReadySeconds: 0,
    templateLabels: {},
  };
  const one = make({ phase: 'Running', deleted: false, ready: true, node: 'n1', cost: undefined }, 0);
  const failed = decideStatus({ ...input, failure: 'quota' }, [one], now, true);
  expect(failed).toMatchObject({
    replicas: 1,
    readyReplicas: 1,
    availableReplicas: 1,
    terminatingReplicas: 0,
    observedGeneration: 3,
    conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'quota' }],
  });
  expect(decideStatus({ ...input, status: failed }, [one], now, false).conditions).toBeUndefined();
});
