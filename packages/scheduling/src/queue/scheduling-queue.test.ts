import { describe, expect, it } from 'vitest';
import { makePod } from '../testing/objects.ts';
import { SchedulingQueue } from './scheduling-queue.ts';

function setUp() {
  let now = 1_000_000;
  const queue = new SchedulingQueue(() => now);
  const pop = () => queue.pop()?.info.pod.metadata.name;
  return { queue, pop, pass: (ms: number) => (now += ms) };
}
const FIT = new Set(['NodeResourcesFit']);

describe('SchedulingQueue', () => {
  it('gives the most important first, then the oldest', () => {
    const { queue, pop, pass } = setUp();
    queue.add(makePod('old'));
    pass(1);
    queue.add(makePod('new'));
    queue.add(makePod('vip', { priority: 10 }));
    expect([pop(), pop(), pop(), pop()]).toEqual(['vip', 'old', 'new', undefined]);
  });

  it('keeps a pod that fits nowhere until an event that may help, and its back-off', () => {
    const { queue, pop, pass } = setUp();
    queue.add(makePod('p'));
    const first = queue.pop();
    if (first !== undefined) queue.failed(first, FIT);
    pass(20_000);
    queue.moveOn('StorageClass');
    expect(pop()).toBeUndefined();
    queue.moveOn('Node/Add');
    const second = queue.pop();
    expect(second?.attempts).toBe(2);
    if (second !== undefined) queue.failed(second, FIT);
    queue.moveOn('AssignedPod/Delete');
    expect(pop()).toBeUndefined();
    expect(queue.nextInMs()).toBe(2_000);
    pass(2_000);
    expect(pop()).toBe('p');
  });

  it('does not miss an event that came while the pod was tried', () => {
    const { queue, pop, pass } = setUp();
    queue.add(makePod('p'));
    const tried = queue.pop();
    queue.moveOn('Node/Add');
    if (tried !== undefined) queue.failed(tried, FIT);
    pass(1_000);
    expect(pop()).toBe('p');
  });

  it('tries again after five minutes without any event', () => {
    const { queue, pop, pass } = setUp();
    queue.add(makePod('p'));
    const tried = queue.pop();
    if (tried !== undefined) queue.failed(tried, FIT);
    pass(5 * 60_000 - 1);
    expect(pop()).toBeUndefined();
    pass(1);
    expect(pop()).toBe('p');
  });

  it('leaves gated pods out until the last gate goes', () => {
    const { queue, pop } = setUp();
    const gated = makePod('p', {}, { schedulingGates: [{ name: 'wait' }] });
    queue.add(gated);
    queue.moveOn('Node/Add');
    expect([pop(), queue.sizes.gated]).toEqual([undefined, 1]);
    queue.update(makePod('p', {}, { schedulingGates: [] }), gated);
    expect([pop(), queue.sizes.gated]).toEqual(['p', 0]);
  });

  it('tries a pod again when it changed, but not for a new status', () => {
    const { queue, pop, pass } = setUp();
    const pod = makePod('p');
    queue.add(pod);
    const tried = queue.pop();
    if (tried !== undefined) queue.failed(tried, FIT);
    pass(60_000);
    queue.update({ ...pod, status: { phase: 'Pending', conditions: [] } }, pod);
    expect(pop()).toBeUndefined();
    queue.update({ ...pod, metadata: { ...pod.metadata, generation: 2 } }, pod);
    expect(pop()).toBe('p');
  });
});
