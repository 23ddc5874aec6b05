import type { ConfigMap } from '@gantry/api/generated/types';
import { createInformerFactory } from '@gantry/client/informer-factory';
import { configMaps } from '@gantry/client/resources';
import { FakeClient } from '@gantry/client/testing/fake-client';
import { register } from 'prom-client';
import { expect, test, vi } from 'vitest';
import { input } from './input.ts';
import { createLogger } from './logger.ts';
import type { Controller, ControllerContext, Outcome } from './port.ts';
import { runControllers } from './run-controllers.ts';

const configMap = (name: string): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'a', name },
});

function start(reconcile: (key: string) => Promise<Outcome>) {
  const client = new FakeClient();
  const lines: string[] = [];
  const context: ControllerContext = {
    client,
    informers: createInformerFactory(client),
    clock: { now: () => Date.now() },
    log: createLogger('test', 'info', (line) => lines.push(line)),
    events: { event: () => undefined },
  };
  const controller: Controller = {
    name: 'test-controller',
    inputs: [input(configMaps, (object) => [`${object.metadata.namespace}/${object.metadata.name}`])],
    outputs: [],
    reconcile,
  };
  const stop = new AbortController();
  const run = () => runControllers([controller], () => context, stop.signal);
  return { client, lines, run, stop };
}

test('runs each key of the first list and of later changes; a throw is logged and tried again', async () => {
  const keys: string[] = [];
  const { client, lines, run, stop } = start(async (key) => {
    keys.push(key);
    if (key === 'a/b' && keys.filter((other) => other === key).length === 1) throw new Error('flaky');
    return { type: 'done' };
  });
  await client.create(configMaps, configMap('a'));
  const running = run();
  await vi.waitFor(() => expect(keys).toEqual(['a/a']));
  await client.create(configMaps, configMap('b'));
  await vi.waitFor(() => expect(keys).toEqual(['a/a', 'a/b', 'a/b']));
  stop.abort();
  await running;
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', key: 'a/b', msg: 'reconcile failed' });
});

test('requeueAfter brings the key back by itself', async () => {
  let runs = 0;
  const { client, run, stop } = start(async () => {
    runs++;
    return runs < 3 ? { type: 'requeueAfter', ms: 1 } : { type: 'done' };
  });
  await client.create(configMaps, configMap('a'));
  const running = run();
  await vi.waitFor(() => expect(runs).toBe(3));
  stop.abort();
  await running;
});

test('the work of a controller shows among the metrics', async () => {
  let tries = 0;
  const { client, run, stop } = start(async () => {
    if (++tries === 1) throw new Error('flaky');
    return { type: 'done' };
  });
  await client.create(configMaps, configMap('m'));
  const before = await register.metrics();
  const sample = (text: string, series: string): number =>
    Number(new RegExp(`^workqueue_${series}\\{name="test-controller"\\} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  const running = run();
  await vi.waitFor(() => expect(tries).toBe(2));
  let text = '';
  await vi.waitFor(async () => {
    text = await register.metrics();
    expect(sample(text, 'work_duration_seconds_count') - sample(before, 'work_duration_seconds_count')).toBe(
      2,
    );
  });
  const added = (series: string): number => sample(text, series) - sample(before, series);
  expect([added('adds_total'), added('retries_total'), added('queue_duration_seconds_count')]).toEqual([
    2, 1, 2,
  ]);
  expect([sample(text, 'depth'), sample(text, 'unfinished_work_seconds')]).toEqual([0, 0]);
  expect(text).toContain('workqueue_longest_running_processor_seconds{name="test-controller"} 0');
  stop.abort();
  await running;
  expect(await register.metrics()).not.toContain('workqueue_depth{name="test-controller"}');
});
