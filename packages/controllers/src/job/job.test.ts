import type { Job, JobSpec, Pod } from '@gantry/api/generated/types';
import { jobs, pods } from '@gantry/client/resources';
import fc from 'fast-check';
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
const soon = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 10 });

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

test('index lists read back as written', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 })), (list) => {
      const indexes = new Set(list);
      expect(parseIndexes(formatIndexes(indexes), 61)).toEqual(indexes);
    }),
  );
  expect(formatIndexes(new Set([1, 2, 4, 5, 6, 9]))).toBe('1,2,4-6,9');
});
