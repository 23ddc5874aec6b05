import type { Application, SyncOperation } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { durationMs } from '../duration.ts';
import {
  beginOperation,
  describeStep,
  nextStep,
  retryAfter,
  retryWait,
  stepAt,
  timeLeft,
} from './operation.ts';
import type { Step } from './steps.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

const application = (syncPolicy: object = {}): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'shop', namespace: 'shop', generation: 4 },
  spec: { source: { repository: 'shop' }, syncPolicy },
});

const step = (phase: Step['phase'], wave: number): Step => ({
  phase,
  wave,
  objects: [],
  hooks: [],
  waits: true,
  prunes: false,
});
const steps = {
  main: [step('PreSync', 0), step('Sync', -1), step('Sync', 3), step('PostSync', 0)],
  onFailure: [step('SyncFail', 0)],
};

test('an operation goes through the steps in their order', () => {
  const said: string[] = [];
  let operation: SyncOperation | undefined = beginOperation(application(), 'abc', steps, NOW, undefined);
  expect(operation).toMatchObject({
    commit: 'abc',
    generation: 4,
    waves: 2,
    startTime: '2026-01-01T00:00:00Z',
  });
  while (operation !== undefined) {
    said.push(describeStep(operation, steps));
    expect(stepAt(operation, steps)).toBe(steps.main[operation.step ?? -1]);
    operation = nextStep({ ...operation, applied: true, message: 'waits' }, steps.main, NOW);
    expect(operation?.applied ?? false).toBe(false);
    expect(operation?.message).toBeUndefined();
  }
  expect(said).toEqual(['PreSync hooks', 'wave -1 (1 of 2)', 'wave 3 (2 of 2)', 'PostSync hooks']);
});

test('steps that are no longer those that it was made from are none of its', () => {
  const operation = beginOperation(application(), 'abc', steps, NOW, undefined);
  expect(stepAt(operation, { ...steps, main: steps.main.slice(1) })).toBeUndefined();
  expect(stepAt({ ...operation, step: 9 }, steps)).toBeUndefined();
});

test('retries wait twice as long each time, up to the most, and end at the limit', () => {
  const one = application({ retry: { limit: 4, first: '10s', max: '30s' } });
  const waits: number[] = [];
  let operation: SyncOperation | undefined = beginOperation(one, 'abc', steps, NOW, undefined);
  for (let time = NOW; operation !== undefined; ) {
    const retry = retryAfter(one, operation, 'refused', time);
    if (retry === undefined) break;
    waits.push(retry.waitMs);
    expect(retryWait(retry.operation, time)).toBeGreaterThanOrEqual(retry.waitMs);
    time += retry.waitMs + 1_000;
    expect(retryWait(retry.operation, time)).toBe(0);
    operation = beginOperation(one, 'abc', steps, time, retry.operation);
  }
  expect(waits).toEqual([10_000, 20_000, 30_000, 30_000]);
  const never = application({ retry: { limit: 0 } });
  expect(retryAfter(never, beginOperation(never, 'abc', steps, NOW, undefined), 'no', NOW)).toBeUndefined();
});

test('a step has as long as the policy says, from when it was applied', () => {
  const one = application({ timeout: '1m30s' });
  const operation = { ...beginOperation(one, 'abc', steps, NOW, undefined), applied: true };
  expect(timeLeft(one, operation, NOW + 60_000)).toBe(30_000);
  expect(timeLeft(application(), operation, NOW)).toBe(300_000);
});

test('durations', () => {
  expect(durationMs('1h2m3s', 0)).toBe(3_723_000);
  expect(durationMs('1.5s', 0)).toBe(1_500);
  expect(durationMs('500ms', 0)).toBe(500);
  for (const text of ['', 'soon', '5', '-1s', undefined]) expect(durationMs(text, 7)).toBe(7);
});

test('who asked is told, whoever asks for something else before it is over', () => {
  const asks = (user: string, request = '1'): Application => {
    const one = application();
    const annotations = {
      'gitops.gantry.dev/sync-requested-at': request,
      'gitops.gantry.dev/requested-by': user,
    };
    return { ...one, metadata: { ...one.metadata, annotations } };
  };
  const begun = beginOperation(asks('ann'), 'abc', steps, NOW, undefined);
  expect(begun.user).toBe('ann');
  const retry = retryAfter(asks('bob'), begun, 'no', NOW)?.operation;
  expect(beginOperation(asks('bob'), 'abc', steps, NOW, retry).user).toBe('ann');
  expect(beginOperation(asks('bob', '2'), 'abc', steps, NOW, retry).user).toBe('bob');
});
