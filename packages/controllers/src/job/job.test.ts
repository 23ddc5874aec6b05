import type { Job, JobSpec, Pod } from '@gantry/api/generated/types';
import { jobs, pods } from '@gantry/client/resources';
import { conflict, OPTIMISTIC_LOCK_MESSAGE } from '@gantry/machinery/status';
import fc from 'fast-check';
import { register } from 'prom-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Harness, harness, playKubelet } from '../testing/harness.ts';
import { jobController } from './controller.ts';
import { formatIndexes, parseIndexes } from './indexes.ts';

let scene: Harness;
let stop: AbortController;
beforeEach(() => {
  stop = new AbortController();
  scene = harness([jobController()]);
});
afterEach(async () => {
  stop.abort();
  await scene.stop();
});

const job = (spec: Partial<JobSpec>): Job => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'work', namespace: 'a' },
  spec: {
    parallelism: 2,
    completions: 5,
    backoffLimit: 0,
    selector: { matchLabels: { job: 'work' } },
    template: { metadata: { labels: { job: 'work' } }, spec: { containers: [], restartPolicy: 'Never' } },
    ...spec,
  },
});

/** Pods end at once, as `phaseOf` says. */
const runPods = (phaseOf: (pod: Pod) => string) =>
  playKubelet(scene.client, stop.signal, (pod) => ({ phase: phaseOf(pod) }));

const conditions = () =>
  (scene.client.peek(jobs, 'a', 'work')?.status?.conditions ?? []).map(
    ({ type, status, reason, message }) => [type, status, reason, message],
  );
const soon = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

test('shows syncs, finished pods and finished jobs among the metrics', async () => {
  const count = async (series: string): Promise<number> => {
    const line = (await register.metrics())
      .split('\n')
      .find((one) => one.startsWith(`job_controller_${series} `));
    return Number(line?.split(' ').at(-1) ?? 0);
  };
  const pod = 'job_pods_finished_total{completion_mode="NonIndexed",result="succeeded"}';
  const over =
    'jobs_finished_total{completion_mode="NonIndexed",result="succeeded",reason="CompletionsReached"}';
  const created = 'job_syncs_total{completion_mode="NonIndexed",result="success",action="pods_created"}';
  const before = await Promise.all([pod, over, created].map(count));
  runPods(() => 'Succeeded');
  await scene.client.create(jobs, job({}));
  scene.start();
  await vi.waitFor(async () => expect(await count(over)).toBe((before[1] ?? 0) + 1), { timeout: 20_000 });
  expect(await count(pod)).toBe((before[0] ?? 0) + 5);
  expect(await count(created)).toBeGreaterThan(before[2] ?? 0);
});

test('counts every success once, lets the pods go and completes', async () => {
  runPods(() => 'Succeeded');
  let most = 0;
  scene.client.onWrite = () => {
    const running = scene.client.all(pods).filter((pod) => pod.status?.phase === undefined).length;
    most = Math.max(most, running);
  };
  await scene.client.create(jobs, job({}));
  scene.start();
  await soon(() =>
    expect(conditions()).toEqual([
      ['SuccessCriteriaMet', 'True', 'CompletionsReached', 'Reached expected number of succeeded pods'],
      ['Complete', 'True', 'CompletionsReached', 'Reached expected number of succeeded pods'],
    ]),
  );
  expect(scene.client.peek(jobs, 'a', 'work')?.status).toMatchObject({
    succeeded: 5,
    ready: 0,
    terminating: 0,
    uncountedTerminatedPods: {},
  });
  expect(most).toBeLessThanOrEqual(2);
  expect(scene.client.all(pods)).toHaveLength(5);
  for (const pod of scene.client.all(pods)) expect(pod.metadata.finalizers ?? []).toEqual([]);
  expect(scene.events.at(-1)).toBe('Normal Completed Job completed');
});

test('a pod that no longer matches is let go without the finalizer', async () => {
  runPods(() => 'Running');
  await scene.client.create(jobs, job({ parallelism: 1, completions: 1 }));
  scene.start();
  await soon(() => expect(scene.client.all(pods)).toHaveLength(1));
  const [pod] = scene.client.all(pods);
  const name = pod?.metadata.name ?? '';
  await scene.client.patch(pods, 'a', name, { metadata: { labels: null } }, { type: 'merge' });
  await soon(() => {
    const { ownerReferences = [], finalizers = [] } = scene.client.peek(pods, 'a', name)?.metadata ?? {};
    expect([ownerReferences, finalizers]).toEqual([[], []]);
  });
});

test('fails when the limit of failures is passed, and stops what still runs', async () => {
  let first = true;
  runPods(() => {
    const phase = first ? 'Failed' : 'Running';
    first = false;
    return phase;
  });
  await scene.client.create(jobs, job({}));
  scene.start();
  await soon(() =>
    expect(conditions()).toEqual([
      ['FailureTarget', 'True', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit'],
      ['Failed', 'True', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit'],
    ]),
  );
  expect(scene.events.at(-1)).toBe(
    'Warning BackoffLimitExceeded Job has reached the specified backoff limit',
  );
});

test('an indexed Job runs each index once, with its name, label and variable', async () => {
  runPods(() => 'Succeeded');
  await scene.client.create(
    jobs,
    job({ completionMode: 'Indexed', completions: 3, template: templateWithContainer }),
  );
  scene.start();
  await soon(() => expect(scene.client.peek(jobs, 'a', 'work')?.status?.completedIndexes).toBe('0-2'));
  const made = scene.client.all(pods);
  expect(made.map((pod) => pod.spec.hostname).sort()).toEqual(['work-0', 'work-1', 'work-2']);
  expect(made[0]?.metadata.name).toMatch(/^work-0-/);
  expect(made[0]?.spec.containers[0]?.env?.[0]?.name).toBe('JOB_COMPLETION_INDEX');
});

const templateWithContainer = {
  metadata: { labels: { job: 'work' } },
  spec: { containers: [{ name: 'c' }], restartPolicy: 'Never' },
};

test('a failure policy ends the Job at once, or ignores failures', async () => {
  playKubelet(scene.client, stop.signal, () => ({
    phase: 'Failed',
    containerStatuses: [
      {
        name: 'c',
        image: '',
        imageID: '',
        ready: false,
        restartCount: 0,
        state: { terminated: { exitCode: 42, finishedAt: '2026-01-01T00:00:00Z' } },
      },
    ],
  }));
  await scene.client.create(
    jobs,
    job({
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }] },
    }),
  );
  scene.start();
  await soon(() => expect(conditions().map(([type]) => type)).toEqual(['FailureTarget', 'Failed']));
  expect(conditions()[1]?.[2]).toBe('PodFailurePolicy');
  expect(conditions()[1]?.[3]).toMatch(
    /^Container c for pod a\/work-\w+ failed with exit code 42 matching FailJob rule at index 0$/,
  );
});

test('a suspended Job has no pods, and starts anew when resumed', async () => {
  runPods(() => 'Running');
  await scene.client.create(jobs, job({ suspend: true }));
  scene.start();
  await soon(() => expect(conditions()).toEqual([['Suspended', 'True', 'JobSuspended', 'Job suspended']]));
  expect(scene.client.all(pods)).toEqual([]);
  const current = await scene.client.get(jobs, 'a', 'work');
  await scene.client.update(jobs, { ...current, spec: { ...current.spec, suspend: false } });
  await soon(() => expect(scene.client.peek(jobs, 'a', 'work')?.status?.active).toBe(2));
  expect(conditions()).toEqual([['Suspended', 'False', 'JobResumed', 'Job resumed']]);
});

test('pods of which there are too many, and those of a suspended Job, count as no failures', async () => {
  const { client } = scene;
  runPods(() => 'Running');
  await client.create(jobs, job({ backoffLimit: 6 }));
  scene.start();
  const change = async (spec: Partial<JobSpec>, active: number | undefined) => {
    const current = await client.get(jobs, 'a', 'work');
    await client.update(jobs, { ...current, spec: { ...current.spec, ...spec } });
    await soon(() => expect(client.peek(jobs, 'a', 'work')?.status?.active).toBe(active));
    // Gone from the store, and the status settled: nothing is left that could be counted.
    await soon(() => expect(client.all(pods)).toHaveLength(active ?? 0));
    await soon(() => expect(client.peek(jobs, 'a', 'work')?.status?.terminating).toBe(0));
    expect(client.peek(jobs, 'a', 'work')?.status?.failed).toBeUndefined();
  };
  await change({ parallelism: 3 }, 3);
  await change({ parallelism: 1 }, 1);
  await change({ suspend: true }, undefined);
});

test('index lists read back as written', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 })), (list) => {
      const indexes = new Set(list);
      expect(parseIndexes(formatIndexes(indexes), 61)).toEqual(indexes);
    }),
  );
  expect(formatIndexes(new Set([1, 2, 4, 5, 6, 9]))).toBe('1,2,4-6,9');
});

test('a failed pod that is being deleted counts once, even if the cache still shows it', async () => {
  const { client, context } = scene;
  let hold = Promise.resolve();
  let letGo: () => void = () => undefined;
  const watch = client.watch.bind(client);
  client.watch = async function* (...args: Parameters<typeof watch>) {
    for await (const event of watch(...args)) {
      if (args[0].plural === pods.plural) await hold;
      yield event;
    }
  } as typeof watch;
  await client.create(jobs, job({ parallelism: 1, completions: 1, backoffLimit: 5 }));
  scene.start();
  await soon(() => expect(client.all(pods)).toHaveLength(1));
  const [made] = client.all(pods);
  const name = made?.metadata.name ?? '';
  const placed = await client.patch(pods, 'a', name, { spec: { nodeName: 'n' } }, { type: 'merge' });
  await client.delete(pods, 'a', name);
  // Deleted while it runs, it fails; the controller lets it go, and hears no more of pods from then on.
  client.onWrite = ({ verb, resource }) => {
    if (verb !== 'patch' || resource !== 'pods') return;
    hold = new Promise((resolve) => {
      letGo = resolve;
    });
    client.onWrite = () => undefined;
  };
  const { metadata } = client.peek(pods, 'a', name) ?? placed;
  await client.update(pods, { ...placed, metadata, status: { phase: 'Failed' } }, { subresource: 'status' });
  const failed = () => client.peek(jobs, 'a', 'work')?.status?.failed;
  await soon(() => expect(failed()).toBe(1));
  expect(client.peek(pods, 'a', name)?.metadata.finalizers ?? []).toEqual([]);
  await client.patch(jobs, 'a', 'work', { metadata: { annotations: { again: 'yes' } } }, { type: 'merge' });
  await soon(() =>
    expect(context.informers.informer(jobs).get('a', 'work')?.metadata.annotations).toEqual({ again: 'yes' }),
  );
  await new Promise((resolve) => setImmediate(resolve));
  letGo();
  await client.delete(pods, 'a', name, { gracePeriodSeconds: 0 });
  await soon(() => expect(context.informers.informer(pods).get('a', name)).toBeUndefined());
  expect(failed()).toBe(1);
});

test('an ignored failure whose pod could not be let go at once counts once in the back-off', async () => {
  let ahead = 0;
  const { client, start, stop: end } = harness([jobController()], () => Date.now() + ahead);
  const isDisrupted = { type: 'DisruptionTarget', status: 'True' };
  const podFailurePolicy = { rules: [{ action: 'Ignore', onPodConditions: [isDisrupted] }] };
  await client.create(jobs, job({ parallelism: 1, completions: 1, podFailurePolicy }));
  start();
  await soon(() => expect(client.all(pods)).toHaveLength(1));
  const [pod] = client.all(pods);
  if (pod === undefined) throw new Error('no pod');
  // The node wrote the pod once more at that moment.
  let refusals = 0;
  client.onWrite = ({ verb, resource }) => {
    if (verb !== 'patch' || resource !== 'pods' || refusals++ > 0) return;
    throw conflict({ group: '', resource: 'pods' }, pod.metadata.name, OPTIMISTIC_LOCK_MESSAGE);
  };
  const status = { phase: 'Failed', conditions: [isDisrupted] };
  await client.update(pods, { ...pod, status }, { subresource: 'status' });
  await soon(() => {
    expect(refusals).toBeGreaterThan(1);
    expect(client.peek(pods, 'a', pod.metadata.name)?.metadata.finalizers ?? []).toEqual([]);
  });
  // Past the wait after one failure, before that after two.
  ahead = 15_000;
  await client.patch(jobs, 'a', 'work', { metadata: { annotations: { again: 'yes' } } }, { type: 'merge' });
  await soon(() => expect(client.all(pods)).toHaveLength(2));
  await end();
});
