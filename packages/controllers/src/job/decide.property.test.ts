import type { Job, Pod } from '@gantry/api/generated/types';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_FAILURES } from './backoff.ts';
import { decidePods } from './decide.ts';
import { INDEX, indexOf, TRACKING } from './pods.ts';
import { settle, track } from './tracking.ts';
import { viewOf } from './view.ts';

const podFacts = fc.record({
  phase: fc.constantFrom('Pending', 'Running', 'Succeeded', 'Failed'),
  deleted: fc.boolean(),
  tracked: fc.boolean(),
  index: fc.integer({ min: 0, max: 7 }),
});
const scene = fc.record({
  indexed: fc.boolean(),
  parallelism: fc.integer({ min: 0, max: 6 }),
  completions: fc.integer({ min: 1, max: 8 }),
  pods: fc.array(podFacts, { maxLength: 10 }),
});
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

const jobOf = ({ indexed, parallelism, completions }: Scene): Job => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'work', namespace: 'a' },
  spec: {
    parallelism,
    completions,
    completionMode: indexed ? 'Indexed' : 'NonIndexed',
    template: { spec: { containers: [] } },
  },
});

const podsOf = ({ pods }: Scene): Pod[] =>
  pods.map(({ phase, deleted, tracked, index }, i) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `p${i}`,
      namespace: 'a',
      uid: `u${i}`,
      annotations: { [INDEX]: String(index) },
      ...(tracked ? { finalizers: [TRACKING] } : {}),
      ...(deleted ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: { containers: [] },
    status: { phase },
  }));

test('never more active pods than parallelism or than there is work, and no index twice', () => {
  fc.assert(
    fc.property(scene, (facts) => {
      const job = jobOf(facts);
      const view = viewOf(job, podsOf(facts));
      const plan = decidePods(view, NO_FAILURES, 0);
      expect(plan.create.length === 0 || plan.remove.length === 0).toBe(true);
      const rest = view.active.filter((pod) => !plan.remove.includes(pod));
      const active = rest.length + plan.create.length;
      if (plan.create.length > 0) {
        expect(active).toBeLessThanOrEqual(facts.parallelism);
        expect(active).toBeLessThanOrEqual(facts.completions - view.succeeded);
      }
      if (!facts.indexed || plan.remove.length > 0) return;
      const indexes = [...rest.map((pod) => indexOf(pod, job)), ...plan.create];
      expect(new Set(indexes).size).toBe(indexes.length);
      for (const index of plan.create) expect(view.succeededIndexes.has(index ?? -1)).toBe(false);
    }),
  );
});

test('each finished pod is counted once, also when the run stops after any step', () => {
  fc.assert(
    fc.property(scene, fc.boolean(), (facts, stopsBeforeRelease) => {
      const job = { ...jobOf({ ...facts, indexed: false }), status: {} };
      const pods = podsOf(facts);
      const first = track(viewOf(job, pods), {}, undefined);
      const released = stopsBeforeRelease
        ? pods
        : pods.map((pod) =>
            first.release.includes(pod) ? { ...pod, metadata: { ...pod.metadata, finalizers: [] } } : pod,
          );
      const again = track(viewOf({ ...job, status: first.status }, released), first.status, undefined);
      const last = settle(again.status, new Set());
      const tracked = pods.filter((pod) => (pod.metadata.finalizers ?? []).length > 0);
      const succeeded = tracked.filter((pod) => pod.status?.phase === 'Succeeded').length;
      const failed = tracked.filter(
        ({ status, metadata }) =>
          status?.phase === 'Failed' ||
          (metadata.deletionTimestamp !== undefined && status?.phase !== 'Succeeded'),
      ).length;
      expect([last.succeeded ?? 0, last.failed ?? 0]).toEqual([succeeded, failed]);
    }),
  );
});
