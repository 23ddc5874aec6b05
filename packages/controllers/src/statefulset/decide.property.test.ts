import type { Pod, StatefulSet } from '@gantry/api/generated/types';
import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideActions, decideStatus } from './decide.ts';
import { statefulPod } from './identity.ts';

const NOW = Date.parse('2026-01-02T00:00:00Z');
const REVISIONS = { current: 'old', update: 'new' };

interface Facts {
  readonly replicas: number;
  readonly parallel: boolean;
  readonly partition: number;
  readonly maxUnavailable: number;
  readonly pods: readonly {
    ordinal: number;
    healthy: boolean;
    going: boolean;
    revision: string;
    phase: string;
  }[];
}

const scene: fc.Arbitrary<Facts> = fc.record({
  replicas: fc.integer({ min: 0, max: 6 }),
  parallel: fc.boolean(),
  partition: fc.integer({ min: 0, max: 6 }),
  maxUnavailable: fc.integer({ min: 1, max: 3 }),
  pods: fc.uniqueArray(
    fc.record({
      ordinal: fc.integer({ min: 0, max: 8 }),
      healthy: fc.boolean(),
      going: fc.boolean(),
      revision: fc.constantFrom('old', 'new'),
      phase: fc.constantFrom('Running', 'Running', 'Running', 'Failed'),
    }),
    { selector: (pod) => pod.ordinal },
  ),
});

const setOf = ({ replicas, parallel, partition, maxUnavailable }: Facts): StatefulSet => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'a', generation: 1 },
  spec: {
    replicas,
    serviceName: 'db',
    selector: { matchLabels: { app: 'db' } },
    podManagementPolicy: parallel ? 'Parallel' : 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition, maxUnavailable } },
    template: { metadata: { labels: { app: 'db' } }, spec: { containers: [] } },
  },
});

const podsOf = (facts: Facts): Pod[] =>
  facts.pods.map(({ ordinal, healthy, going, revision, phase }) => {
    const set = setOf(facts);
    const pod = statefulPod(set, set.spec.template, ordinal, revision);
    if (going) pod.metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
    const status = healthy && phase === 'Running' ? 'True' : 'False';
    pod.status = {
      phase,
      conditions: [{ type: 'Ready', status, lastTransitionTime: '2026-01-01T00:00:00Z' }],
    };
    return pod;
  });

const isHealthy = (pod: Pod): boolean =>
  pod.metadata.deletionTimestamp === undefined && pod.status?.conditions?.[0]?.status === 'True';
const ordinal = (pod: Pod): number => Number(pod.metadata.name.slice('db-'.length));

test('ordered: one step at a time, no pod before all lower ones are healthy, none removed out of line', () => {
  fc.assert(
    fc.property(scene, (facts) => {
      const ordered = { ...facts, parallel: false, maxUnavailable: 1 };
      const pods = podsOf(ordered);
      const actions = decideActions(setOf(ordered), pods, REVISIONS, NOW);
      expect(actions.length).toBeLessThanOrEqual(1);
      for (const action of actions) {
        const below =
          action.type === 'create' ? action.ordinal : Math.min(ordinal(action.pod), facts.replicas);
        if (action.type === 'delete' && action.why === 'update') continue;
        for (let i = 0; i < below; i++) {
          const pod = pods.find((one) => ordinal(one) === i);
          expect(pod !== undefined && isHealthy(pod)).toBe(true);
        }
        if (action.type === 'delete' && action.why === 'scale')
          for (const other of pods) expect(ordinal(other)).toBeLessThanOrEqual(ordinal(action.pod));
      }
    }),
  );
});

test('an update leaves the partition alone and never takes more healthy pods than may be unavailable', () => {
  fc.assert(
    fc.property(scene, (facts) => {
      const pods = podsOf(facts);
      const actions = decideActions(setOf(facts), pods, REVISIONS, NOW);
      const updates = actions.flatMap((one) =>
        one.type === 'delete' && one.why === 'update' ? [one.pod] : [],
      );
      if (updates.length === 0) return;
      const healthy = pods.filter((pod) => ordinal(pod) < facts.replicas && isHealthy(pod)).length;
      const lost = updates.filter(isHealthy).length;
      if (lost > 0) expect(healthy - lost).toBeGreaterThanOrEqual(facts.replicas - facts.maxUnavailable);
      for (const pod of updates) {
        expect(ordinal(pod)).toBeGreaterThanOrEqual(facts.partition);
        expect(pod.metadata.labels?.['controller-revision-hash']).toBe('old');
      }
    }),
  );
});

test('when every pod comes up, the set reaches its size and revision, and the status says so', () => {
  fc.assert(
    fc.property(scene, (start) => {
      const facts = { ...start, partition: 0 };
      const set = setOf(facts);
      let pods = podsOf({ ...facts, pods: facts.pods.map((pod) => ({ ...pod, phase: 'Running' })) });
      for (let step = 0; step < 60; step++) {
        const actions = decideActions(set, pods, REVISIONS, NOW);
        const gone = actions.flatMap((action) => (action.type === 'delete' ? [action.pod] : []));
        pods = pods.filter((pod) => !gone.includes(pod) && pod.metadata.deletionTimestamp === undefined);
        for (const action of actions)
          if (action.type === 'create')
            pods.push(statefulPod(set, set.spec.template, action.ordinal, action.revision));
        for (const pod of pods)
          pod.status = {
            phase: 'Running',
            conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }],
          };
      }
      expect(pods.map(ordinal).sort()).toEqual(Array.from({ length: facts.replicas }, (_, i) => i));
      expect(decideStatus(set, pods, REVISIONS, 0, NOW)).toMatchObject({
        replicas: facts.replicas,
        currentRevision: 'new',
        updateRevision: 'new',
      });
    }),
    { numRuns: fuzzRuns(60) },
  );
});
