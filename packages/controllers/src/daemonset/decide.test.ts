import type { DaemonSet, Node, Pod, Taint } from '@gantry/api/generated/types';
import { controllerRevisions, daemonSets } from '@gantry/client/resources';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { harness } from '../testing/harness.ts';
import { daemonSetController } from './controller.ts';
import { decidePlacement, decideStatus, decideUpdate } from './decide.ts';
import { daemonPod, fitOf, nodeOf } from './placement.ts';

const NOW = Date.parse('2026-01-02T00:00:00Z');

const set = (rolling: { maxUnavailable?: number; maxSurge?: number } = {}): DaemonSet => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'ds', namespace: 'a', generation: 2 },
  spec: {
    selector: { matchLabels: { app: 'ds' } },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: rolling },
    template: {
      metadata: { labels: { app: 'ds' } },
      spec: { containers: [], nodeSelector: { disk: 'ssd' } },
    },
  },
});

const node = (
  name: string,
  taints: Taint[] = [],
  labels: Record<string, string> = { disk: 'ssd' },
): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
  spec: { taints },
});

const pod = (
  on: string,
  revision: string,
  change: { ready?: boolean; phase?: string; age?: number } = {},
): Pod => {
  const made = daemonPod(set(), on, revision);
  made.metadata.name = `ds-${on}-${revision}-${change.age ?? 0}`;
  made.metadata.creationTimestamp = new Date(NOW - (change.age ?? 0) * 1000).toISOString();
  const status = change.ready === false ? 'False' : 'True';
  made.status = {
    phase: change.phase ?? 'Running',
    conditions: [{ type: 'Ready', status, lastTransitionTime: '2026-01-01T00:00:00Z' }],
  };
  return made;
};

test('a pod is pinned to its node and stays there in trouble, but not against a taint of its own', () => {
  expect(nodeOf(pod('n1', 'r'))).toBe('n1');
  const unreachable = { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' };
  const cordoned = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
  expect(fitOf(set(), node('n', [unreachable, cordoned]))).toEqual({ shouldRun: true, shouldContinue: true });
  expect(fitOf(set(), node('n', [{ key: 'gpu', effect: 'NoSchedule' }]))).toEqual({
    shouldRun: false,
    shouldContinue: true,
  });
  expect(fitOf(set(), node('n', [{ key: 'gpu', effect: 'NoExecute' }])).shouldContinue).toBe(false);
  expect(fitOf(set(), node('n', [], {})).shouldRun).toBe(false);
});

test('each node that fits gets one pod; doubles, failed ones and those of nodes that do not fit go', () => {
  const nodes = [node('n1'), node('n2'), node('n3', [], {}), node('n4')];
  const pods = [
    pod('n2', 'r', { age: 9 }),
    pod('n2', 'r', { age: 5 }),
    pod('n3', 'r'),
    pod('n4', 'r', { phase: 'Failed' }),
    pod('gone', 'r'),
  ];
  const plan = decidePlacement(set(), nodes, pods, 'r');
  expect(plan.create).toEqual(['n1']);
  expect(plan.remove.map(({ metadata }) => metadata.name).sort()).toEqual([
    'ds-gone-r-0',
    'ds-n2-r-5',
    'ds-n3-r-0',
    'ds-n4-r-0',
  ]);
  expect(plan.failed.map(({ metadata }) => metadata.name)).toEqual(['ds-n4-r-0']);
});

test('an update never makes more nodes unavailable than allowed, except where they are already', () => {
  const facts = fc.array(fc.record({ old: fc.boolean(), ready: fc.boolean() }), { maxLength: 8 });
  fc.assert(
    fc.property(facts, fc.integer({ min: 1, max: 4 }), (list, maxUnavailable) => {
      const nodes = list.map((_, i) => node(`n${i}`));
      const pods = list.map(({ old, ready }, i) => pod(`n${i}`, old ? 'old' : 'new', { ready }));
      const { remove } = decideUpdate(set({ maxUnavailable }), nodes, pods, 'new', NOW);
      const readyRemoved = remove.filter((one) => one.status?.conditions?.[0]?.status === 'True').length;
      const unavailable = list.filter(({ ready }) => !ready).length;
      if (readyRemoved > 0) expect(unavailable + readyRemoved).toBeLessThanOrEqual(maxUnavailable);
      for (const one of remove) expect(one.metadata.labels?.['controller-revision-hash']).toBe('old');
      if (list.some(({ old, ready }) => old && !ready)) expect(remove.length).toBeGreaterThan(0);
    }),
  );
});

test('with surge the new pod comes first, and the old goes once it is available', () => {
  const nodes = [node('n1'), node('n2'), node('n3')];
  const pods = [pod('n1', 'old'), pod('n1', 'new'), pod('n2', 'old'), pod('n3', 'old')];
  const plan = decideUpdate(set({ maxSurge: 1, maxUnavailable: 0 }), nodes, pods, 'new', NOW);
  expect(plan.create).toEqual(['n2']);
  expect(plan.remove.map(({ metadata }) => metadata.name)).toEqual(['ds-n1-old-0']);
  expect(decideStatus(set(), nodes, pods, 'new', 0, NOW)).toEqual({
    currentNumberScheduled: 3,
    desiredNumberScheduled: 3,
    numberMisscheduled: 0,
    numberReady: 3,
    numberAvailable: 3,
    observedGeneration: 2,
  });
});

test('revisions carry the label of the pods', async () => {
  const scene = harness([daemonSetController()]);
  try {
    await scene.client.create(daemonSets, set());
    scene.start();
    await vi.waitFor(() =>
      expect(scene.client.all(controllerRevisions).map(({ metadata }) => metadata.labels)).toEqual([
        { app: 'ds', 'controller-revision-hash': expect.stringMatching(/^[a-z0-9]+$/) },
      ]),
    );
  } finally {
    await scene.stop();
  }
});
