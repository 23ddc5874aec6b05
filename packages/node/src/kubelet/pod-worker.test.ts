import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pod } from '@gantry/api/generated/types';
import { FakeClient } from '@gantry/client/testing/fake-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Volumes } from '../volumes/volumes.ts';
import type { KubeletContext } from './context.ts';
import { PodWorker } from './pod-worker.ts';
import { testContainer, testPod, testRuntime } from './testing.ts';

const quiet = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
};

let dir: string;
let worker: PodWorker | undefined;
let calls: string[] = [];
beforeEach(async () => {
  calls = [];
  dir = await mkdtemp(join(tmpdir(), 'gantry-worker-'));
});
afterEach(async () => {
  worker?.close();
  await rm(dir, { recursive: true, force: true });
});

const items = ['labels', 'annotations'].map((path) => ({
  path,
  fieldRef: { fieldPath: `metadata.${path}` },
}));
const withMetadata = (pod: Pod, resourceVersion: string, more: Partial<Pod['metadata']>): Pod => ({
  ...pod,
  metadata: { ...pod.metadata, ...more, resourceVersion },
});

/** A pod that runs, on a runtime that has nothing else to tell, with an API server that does not know it. */
function running(more: object = {}, client = new FakeClient()): Pod {
  const { sandboxes, containers } = testRuntime([testContainer('a', 'CONTAINER_RUNNING')]);
  const context = {
    ...{ client, log: quiet, runtimeKind: 'containerd', clock: { now: () => 0 } },
    config: { nodeIp: '10.0.0.1', memoryCapacityBytes: 2 ** 30, restrictOomScoreAdj: true },
    node: { nodeName: 'n1', hostIp: '10.0.0.1', allocatable: {} },
    volumes: new Volumes(dir, client, 'unix:///none'),
    prober: {
      sync: () => undefined,
      started: () => true,
      ready: () => true,
      failed: () => undefined,
    },
    tokens: { nextRenewal: () => undefined },
    cri: {
      listPodSandboxes: () => Promise.resolve(sandboxes),
      listContainers: () => Promise.resolve(containers),
      podSandboxStatus: () => Promise.resolve(sandboxes[0]),
      containerStatus: () => Promise.resolve(containers[0]),
      stopContainer: (id: string, seconds: number) => Promise.resolve(calls.push(`stop ${id} ${seconds}`)),
      stopPodSandbox: () => Promise.resolve(),
    },
    events: { event: (_: unknown, __: string, reason: string) => calls.push(reason) },
    retryResizes: () => calls.push('room'),
    ...more,
  } as unknown as KubeletContext;
  const pod = withMetadata(
    testPod({ containers: [{ name: 'a' }], volumes: [{ name: 'info', downwardAPI: { items } }] }),
    '1',
    { labels: { tier: 'one' } },
  );
  worker = new PodWorker(context, pod, () => undefined);
  worker.wake();
  return pod;
}

it('brings downward API files up to date when labels or annotations change', async () => {
  const pod = running();
  const file = (name: string) => readFile(join(dir, 'memory', 'u', 'info', name), 'utf8');
  // Within the worker's first run, which began with the labels of before.
  worker?.update(withMetadata(pod, '2', { labels: { tier: 'two' } }));
  await vi.waitFor(async () => expect(await file('labels')).toBe('tier="two"'));
  worker?.update(withMetadata(pod, '3', { labels: { tier: 'two' }, annotations: { note: 'x' } }));
  await vi.waitFor(async () => expect(await file('annotations')).toBe('note="x"'));
  expect(await file('labels')).toBe('tier="two"');
});

/** An API server that takes every status of the pod, as `answer` has it, and writes down the phases. */
function taking(answer: (pod: Pod) => Pod): FakeClient {
  const client = new FakeClient();
  vi.spyOn(client, 'patch').mockImplementation(async (_, __, ___, patch) => {
    const { status } = patch as { status: NonNullable<Pod['status']> };
    if (status.phase !== undefined) calls.push(status.phase);
    return answer({ ...testPod({ containers: [{ name: 'a' }] }), status }) as never;
  });
  return client;
}

it('stops the containers of an evicted pod at once, and calls it failed only then', async () => {
  running(
    {},
    taking((pod) => pod),
  );
  // Within the worker's first run.
  worker?.evict('wrote too much');
  await vi.waitFor(() => expect(calls).toContain('Failed'));
  const begin = calls.filter((call) => call !== 'Running').slice(0, 4);
  expect(begin).toEqual(['Evicted', 'Killing', 'stop a-0 1', 'Failed']);
  worker?.evict('again');
  await new Promise((done) => setImmediate(done));
  expect(calls.filter((call) => call === 'Evicted')).toHaveLength(1);
});

it('tells of its room though the watch was faster than the answer to its last status', async () => {
  const pod = running(
    {},
    taking((written) => {
      if (written.status?.phase === 'Failed')
        worker?.update({ ...withMetadata(pod, '9', { labels: { tier: 'one' } }), status: written.status });
      return written;
    }),
  );
  worker?.evict('wrote too much');
  await vi.waitFor(() => expect(calls).toContain('room'));
});
