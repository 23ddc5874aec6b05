import type { PodDisruptionBudget } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { FILTERS } from './plugins/registry.ts';
import { findPreemption, type Preemption } from './preemption.ts';
import { makeCache, makeCycle, makeNode, makePod, place } from './testing/objects.ts';

function preempt(
  cache: ReturnType<typeof makeCache>,
  pod: ReturnType<typeof makePod>,
  budgets: PodDisruptionBudget[] = [],
): Preemption {
  const cycle = makeCycle(cache, pod);
  const placement = place(cycle);
  if ('node' in placement) throw new Error('the pod has room');
  return findPreemption(
    cycle,
    placement.diagnosis,
    FILTERS,
    budgets,
    () => [],
    () => 0,
  );
}
const names = (preemption: Preemption) => preemption.victims.map((v) => v.pod.metadata.name).sort();
const vip = (cpu: string, spec = {}) => makePod('vip', { cpu, priority: 100 }, spec);

describe('preemption', () => {
  it('removes no more than it must, the least important', () => {
    const cache = makeCache(
      [makeNode('a')],
      [
        makePod('low', { node: 'a', cpu: '2', priority: 1 }),
        makePod('mid', { node: 'a', cpu: '2', priority: 2 }),
      ],
    );
    expect(preempt(cache, vip('2'))).toMatchObject({ node: 'a', message: '' });
    expect(names(preempt(cache, vip('2')))).toEqual(['low']);
    expect(cache.node('a')?.pods.size).toBe(2);
    expect(cache.node('a')?.requested.get('cpu')).toBe(4000);
  });

  it('chooses the node whose victims matter least', () => {
    const cache = makeCache(
      [makeNode('a'), makeNode('b')],
      [
        makePod('high', { node: 'a', cpu: '4', priority: 50 }),
        makePod('low', { node: 'b', cpu: '4', priority: 1 }),
      ],
    );
    expect(preempt(cache, vip('1')).node).toBe('b');
  });

  it('spares pods with a disruption budget where it can', () => {
    const cache = makeCache(
      [makeNode('a'), makeNode('b')],
      [
        makePod('kept', { node: 'a', cpu: '4', priority: 1, labels: { app: 'a' } }),
        makePod('free', { node: 'b', cpu: '4', priority: 9 }),
      ],
    );
    const budget: PodDisruptionBudget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'a', namespace: 'default' },
      spec: { selector: { matchLabels: { app: 'a' } } },
      status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 },
    };
    expect(preempt(cache, vip('1'), [budget]).node).toBe('b');
  });

  it('says why it does not help', () => {
    const cache = makeCache(
      [makeNode('a'), makeNode('b', { spec: { unschedulable: true } })],
      [makePod('peer', { node: 'a', cpu: '4', priority: 100 })],
    );
    expect(preempt(cache, vip('1')).message).toBe(
      'preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.',
    );
    expect(preempt(cache, vip('1', { preemptionPolicy: 'Never' })).message).toBe(
      'preemption: not eligible due to preemptionPolicy=Never.',
    );
  });
});
