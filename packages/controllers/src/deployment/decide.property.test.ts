import type { Deployment, ReplicaSet } from '@gantry/api/generated/types';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newReplicaSetAnnotations } from './annotations.ts';
import {
  decideCleanup,
  decideNewSize,
  decideOldSizes,
  decideProportional,
  nextRevision,
  sizeOf,
  totalSize,
} from './decide.ts';
import { limitsOf } from './limits.ts';

const deployment = (
  replicas: number,
  maxSurge: number | string,
  maxUnavailable: number | string,
): Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'a' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { spec: { containers: [] } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
  },
});

const replicaSet = (name: string, replicas: number, available: number): ReplicaSet => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    name,
    namespace: 'a',
    creationTimestamp: '2026-01-01T00:00:00Z',
    annotations: { 'deployment.kubernetes.io/revision': name.slice(1) },
    generation: 1,
  },
  spec: { replicas, selector: {} },
  status: { replicas, availableReplicas: available, observedGeneration: 1 },
});

const limit = fc.oneof(
  fc.integer({ min: 0, max: 10 }),
  fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
);
const set = fc
  .integer({ min: 0, max: 12 })
  .chain((replicas) =>
    fc.record({ replicas: fc.constant(replicas), available: fc.integer({ min: 0, max: replicas }) }),
  );
const scene = fc.record({
  replicas: fc.integer({ min: 0, max: 12 }),
  surge: limit,
  unavailable: limit,
  current: set,
  old: fc.array(set, { maxLength: 3 }),
});

test('a step never surges past the limit, and old pods are only given up down to the minimum available', () => {
  fc.assert(
    fc.property(scene, ({ replicas, surge, unavailable, current, old }) => {
      const subject = deployment(replicas, surge, unavailable);
      const { maxSurge, maxUnavailable } = limitsOf(subject);
      const newest = replicaSet('r9', Math.min(current.replicas, replicas), 0);
      newest.status = { replicas: 0, availableReplicas: Math.min(current.available, sizeOf(newest)) };
      const olds = old.map((one, i) => replicaSet(`r${i}`, one.replicas, one.available));
      const total = totalSize([...olds, newest]);
      const grown = decideNewSize(subject, sizeOf(newest), total);
      expect(grown).toBeGreaterThanOrEqual(sizeOf(newest));
      expect(grown).toBeLessThanOrEqual(Math.max(replicas, sizeOf(newest)));
      if (grown > sizeOf(newest))
        expect(total - sizeOf(newest) + grown).toBeLessThanOrEqual(replicas + maxSurge);

      const plan = decideOldSizes(subject, newest, olds);
      const availableNow = [...olds, newest].reduce(
        (sum, one) => sum + (one.status?.availableReplicas ?? 0),
        0,
      );
      // At worst the ReplicaSet gives up as few unavailable pods as its size allows.
      const lost = plan.reduce((sum, { replicaSet: one, replicas: size }) => {
        expect(size).toBeGreaterThanOrEqual(0);
        expect(size).toBeLessThan(sizeOf(one));
        return sum + Math.max((one.status?.availableReplicas ?? 0) - size, 0);
      }, 0);
      if (lost > 0) expect(availableNow - lost).toBeGreaterThanOrEqual(replicas - maxUnavailable);
    }),
  );
});

test('a rollout in which every pod becomes available always ends, within its limits at every step', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 12 }),
      limit,
      limit,
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }),
      (replicas, surge, unavailable, sizes) => {
        const subject = deployment(replicas, surge, unavailable);
        const { maxSurge, maxUnavailable } = limitsOf(subject);
        let newest = replicaSet('r9', 0, 0);
        let olds = sizes.map((size, i) => replicaSet(`r${i}`, size, size));
        const started = totalSize(olds);
        const settle = (one: ReplicaSet, size: number) => replicaSet(one.metadata.name, size, size);
        for (let step = 0; totalSize(olds) > 0 || sizeOf(newest) !== replicas; step++) {
          expect(step).toBeLessThan(100);
          newest = settle(newest, decideNewSize(subject, sizeOf(newest), totalSize([...olds, newest])));
          expect(totalSize([...olds, newest])).toBeLessThanOrEqual(Math.max(started, replicas + maxSurge));
          const plan = new Map(
            decideOldSizes(subject, newest, olds).map((entry) => [entry.replicaSet, entry.replicas]),
          );
          olds = olds.map((one) => settle(one, plan.get(one) ?? sizeOf(one)));
          expect(totalSize([...olds, newest])).toBeGreaterThanOrEqual(
            Math.min(started, replicas - maxUnavailable),
          );
        }
      },
    ),
  );
});

test('scaling in the middle of a rollout spreads exactly the size allowed', () => {
  fc.assert(
    fc.property(scene, ({ replicas, surge, unavailable, current, old }) => {
      const subject = deployment(replicas, surge, unavailable);
      subject.status = { replicas: 7 };
      const newest = replicaSet('r9', current.replicas + 1, current.available);
      const olds = old.map((one, i) => replicaSet(`r${i}`, one.replicas, one.available));
      const all = [newest, ...olds];
      for (const one of all)
        one.metadata.annotations = { 'deployment.kubernetes.io/max-replicas': String(totalSize(all)) };
      const plan = decideProportional(subject, { current: newest, old: olds });
      const isSpread = plan.some((entry) => entry.force);
      const sum = plan.reduce((total, entry) => total + entry.replicas, 0);
      for (const entry of plan) expect(entry.replicas).toBeGreaterThanOrEqual(0);
      if (isSpread) expect(sum).toBe(replicas === 0 ? 0 : replicas + limitsOf(subject).maxSurge);
    }),
  );
});

test('cleanup keeps the newest revisions and whatever still has pods', () => {
  const subject = deployment(1, 1, 0);
  subject.spec.revisionHistoryLimit = 2;
  const olds = [
    replicaSet('r3', 0, 0),
    replicaSet('r1', 0, 0),
    replicaSet('r2', 1, 1),
    replicaSet('r4', 0, 0),
  ];
  expect(decideCleanup(subject, olds).map((one) => one.metadata.name)).toEqual(['r1']);
});

test('revisions keep all 64 bits', () => {
  const key = 'deployment.kubernetes.io/revision';
  const old = replicaSet('old', 0, 0);
  old.metadata.annotations = { [key]: '3546343826724305832' };
  const revision = nextRevision([old, replicaSet('other', 0, 0)]);
  expect(newReplicaSetAnnotations(deployment(1, 1, 0), {}, revision, true)[key]).toBe('3546343826724305833');
});
