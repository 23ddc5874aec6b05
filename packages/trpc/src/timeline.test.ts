import type { LedgerEntry } from '@gantry/api/generated/types';
import { expect, it } from 'vitest';
import { timelineOf } from './timeline.ts';

let at = 0;
const entry = (type: LedgerEntry['type'], commit: string, more: Partial<LedgerEntry> = {}): LedgerEntry => {
  at += 1_000;
  return {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'LedgerEntry',
    metadata: { name: `e${at}`, namespace: 'shop' },
    time: new Date(at).toISOString(),
    ...{ type, commit, ...more },
  };
};

it('tells each commit once, with what it took', () => {
  const runs = timelineOf([
    entry('Push', 'a', { actor: 'ann', ref: 'main' }),
    entry('Sync', 'a', { commitMessage: 'First', syncId: 's1' }),
    entry('Healthy', 'a', { durationMs: 700 }),
    entry('PushRejected', 'b', { error: 'no' }),
    entry('Push', 'c'),
    entry('Failure', 'c', { error: 'quota' }),
    entry('Sync', 'd', { durationMs: 42 }),
    entry('Degraded', 'd', { error: 'web: crash' }),
    entry('Rollback', 'a', { actor: 'bob' }),
    entry('Sync', 'a'),
    entry('Drift', 'a'),
  ]);
  expect(runs.map(({ commit, state }) => [commit, state])).toEqual([
    ['a', 'Applied'],
    ['d', 'Degraded'],
    ['c', 'Failed'],
    ['b', 'Rejected'],
    ['a', 'Healthy'],
  ]);
  expect(runs[4]).toMatchObject({
    ...{
      actor: 'ann',
      ref: 'main',
      commitMessage: 'First',
      syncId: 's1',
      toAppliedMs: 1_000,
      toHealthyMs: 700,
    },
  });
  expect(runs[1]).toMatchObject({ toAppliedMs: 42, pushed: null, error: 'web: crash', healthy: null });
  expect(runs[0]?.entries.map(({ type }) => type)).toEqual(['Rollback', 'Sync', 'Drift']);
});

it('shows a sync that was repeated, and a failure that was overcome, in one run', () => {
  const runs = timelineOf([
    entry('Push', 'a'),
    entry('Failure', 'a', { error: 'quota' }),
    entry('Sync', 'a'),
    entry('Sync', 'a'),
    entry('Healthy', 'a'),
  ]);
  expect(runs).toMatchObject([{ state: 'Healthy', error: '', toAppliedMs: 2_000 }]);
});
