import type { Pod } from '@gantry/api/generated/types';
import { createInformerFactory } from '@gantry/client/informer-factory';
import { nodes, pods } from '@gantry/client/resources';
import { FakeClient } from '@gantry/client/testing/fake-client';
import { conflict } from '@gantry/machinery/status';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runScheduler } from './run.ts';
import { makeNode, makePod } from './testing/objects.ts';

const log = { info() {}, debug() {}, warn() {}, error() {} };

/** Knows the binding subresource. */
class BindingClient extends FakeClient {
  failures = 0;
  readonly bound: string[] = [];
  override async request<R>(method: string, path: string, body?: unknown): Promise<R> {
    const [, namespace = '', name = ''] =
      /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/binding$/.exec(path) ?? [];
    const { target } = body as { target: { name: string } };
    if (method !== 'POST' || this.failures-- > 0)
      throw conflict({ group: '', resource: 'pods' }, name, 'try again');
    const pod = await this.get(pods, namespace, name);
    if (pod.spec.nodeName) throw conflict({ group: '', resource: 'pods/binding' }, name, 'already assigned');
    await this.update(pods, { ...pod, spec: { ...pod.spec, nodeName: target.name } });
    this.bound.push(name);
    return {} as R;
  }
}

describe('runScheduler', () => {
  let end = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const client = () => new BindingClient();
  const events: string[] = [];
  const start = (c: FakeClient) => {
    end = new AbortController();
    events.length = 0;
    running = runScheduler({
      client: c,
      informers: createInformerFactory(c),
      events: {
        event: (object, type, reason, message) =>
          void events.push(`${object.metadata.name} ${type} ${reason}: ${message}`),
      },
      log,
      signal: end.signal,
    });
  };
  afterEach(async () => {
    end.abort();
    await running;
  });
  const nodeOf = (c: FakeClient, name: string) => c.peek(pods, 'default', name)?.spec.nodeName;
  const condition = (c: FakeClient, name: string) =>
    c.peek(pods, 'default', name)?.status?.conditions?.find((x) => x.type === 'PodScheduled');

  it('binds pods that were there and pods that come, and only its own', async () => {
    const c = client();
    await c.create(nodes, makeNode('a'));
    await c.create(pods, makePod('before'));
    await c.create(pods, makePod('foreign', {}, { schedulerName: 'another' }));
    start(c);
    await vi.waitFor(() => expect(nodeOf(c, 'before')).toBe('a'));
    await c.create(pods, makePod('after'));
    await vi.waitFor(() => expect(nodeOf(c, 'after')).toBe('a'));
    expect(nodeOf(c, 'foreign')).toBeUndefined();
    await vi.waitFor(() =>
      expect(events).toContain('after Normal Scheduled: Successfully assigned default/after to a'),
    );
  });

  it('says why a pod waits, and places it when room appears', async () => {
    const c = client();
    await c.create(nodes, makeNode('a', { allocatable: { cpu: '1' } }));
    await c.create(pods, makePod('big', { cpu: '2' }));
    start(c);
    const message =
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';
    await vi.waitFor(() =>
      expect(condition(c, 'big')).toMatchObject({
        status: 'False',
        reason: 'Unschedulable',
        message,
        observedGeneration: 1,
      }),
    );
    expect(events).toContain(`big Warning FailedScheduling: ${message}`);
    await c.create(nodes, makeNode('b'));
    await vi.waitFor(() => expect(nodeOf(c, 'big')).toBe('b'), { timeout: 5_000 });
  });

  it('tries again after a binding that failed', async () => {
    const c = client();
    c.failures = 1;
    await c.create(nodes, makeNode('a'));
    await c.create(pods, makePod('p'));
    start(c);
    await vi.waitFor(() => expect(nodeOf(c, 'p')).toBe('a'), { timeout: 5_000 });
    expect(
      events.some((e) => e.startsWith('p Warning FailedScheduling: binding rejected: running Bind plugin')),
    ).toBe(true);
  });

  it('makes room for a more important pod', async () => {
    const c = client();
    await c.create(nodes, makeNode('a'));
    await c.create(pods, { ...makePod('low', { cpu: '3', node: 'a', priority: 1 }) });
    await c.create(pods, makePod('vip', { cpu: '2', priority: 100 }));
    start(c);
    // The node agent ends the pod and then removes it.
    await vi.waitFor(() => expect(c.peek(pods, 'default', 'low')?.metadata.deletionTimestamp).toBeDefined());
    expect(nodeOf(c, 'vip')).toBeUndefined();
    expect(c.peek(pods, 'default', 'vip')?.status?.nominatedNodeName).toBe('a');
    await c.create(pods, makePod('late', { cpu: '2', priority: 50 }));
    await c.delete(pods, 'default', 'low', { gracePeriodSeconds: 0 });
    await vi.waitFor(() => expect(nodeOf(c, 'vip')).toBe('a'), { timeout: 4_000 });
    expect(nodeOf(c, 'low')).toBeUndefined();
    expect(events.some((e) => e.startsWith('low Normal Preempted: Preempted by pod '))).toBe(true);
  });

  it('never puts more on a node than it holds, with many pods at once', async () => {
    const c = client();
    for (let i = 0; i < 5; i++)
      await c.create(nodes, makeNode(`n${i}`, { allocatable: { cpu: '2', pods: '3' } }));
    for (let i = 0; i < 20; i++) await c.create(pods, makePod(`p${i}`, { cpu: '600m' }));
    start(c);
    await vi.waitFor(() => expect(c.bound).toHaveLength(15), { timeout: 5_000 });
    const byNode = Map.groupBy(
      c.all(pods).filter((p: Pod) => p.spec.nodeName),
      (p) => p.spec.nodeName,
    );
    expect([...byNode.values()].map((list) => list.length)).toEqual([3, 3, 3, 3, 3]);
  });
});
