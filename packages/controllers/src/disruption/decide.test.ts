import type { Pod, PodDisruptionBudget } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { decideStatus } from './decide.ts';

const NOW = Date.parse('2026-01-01T00:10:00Z');
const pod = (name: string, ready = true): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [] },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
});
const budget = (
  spec: PodDisruptionBudget['spec'],
  disrupted: Record<string, string> = {},
): PodDisruptionBudget => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'b', generation: 1 },
  spec,
  status: {
    currentHealthy: 0,
    desiredHealthy: 0,
    disruptionsAllowed: 0,
    expectedPods: 0,
    disruptedPods: disrupted,
  },
});
const four = [pod('a'), pod('b'), pod('c'), pod('d', false)];

test.each([
  [{ minAvailable: 2 }, 1, 2],
  [{ minAvailable: '50%' }, 0, 3],
  [{ maxUnavailable: 2 }, 0, 3],
  [{ maxUnavailable: '60%' }, 1, 2],
])('%j allows %i disruptions', (spec, disruptionsAllowed, desiredHealthy) => {
  const status = decideStatus({ budget: budget(spec), pods: four, expected: 5 }, NOW);
  expect(status).toMatchObject({ disruptionsAllowed, desiredHealthy, currentHealthy: 3 });
  expect(status.conditions?.[0]).toMatchObject({
    type: 'DisruptionAllowed',
    status: disruptionsAllowed > 0 ? 'True' : 'False',
    reason: disruptionsAllowed > 0 ? 'SufficientPods' : 'InsufficientPods',
  });
});

test('a granted eviction counts until its pod is gone or two minutes have passed', () => {
  const granted = { a: '2026-01-01T00:09:00Z', b: '2026-01-01T00:07:00Z', gone: '2026-01-01T00:09:59Z' };
  const status = decideStatus({ budget: budget({ minAvailable: 1 }, granted), pods: four, expected: 4 }, NOW);
  expect(status).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 1, disruptedPods: { a: granted.a } });
});
