import type { Application, ApplicationHistoryEntry, ApplicationStatus } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { syncIdOf } from './record.ts';
import { type Observation, transitionsOf } from './transitions.ts';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const NOW = Date.parse('2026-03-01T10:00:05.250Z');

const application = (status: ApplicationStatus, annotations: Record<string, string> = {}): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'web', namespace: 'shop', uid: 'u1', annotations },
  spec: { source: { repository: 'shop', tag: 'v1' } },
  status,
});
const entry = (commit: string, more: Partial<ApplicationHistoryEntry> = {}): ApplicationHistoryEntry => ({
  commit,
  time: '2026-03-01T10:00:05Z',
  result: 'Applied',
  user: 'ann',
  ...more,
});
const live: Observation = {
  nowMs: NOW,
  seenMs: (commit) => (commit === NEW ? NOW - 1_500 : undefined),
  appliedMs: (commit) => (commit === NEW ? NOW - 700 : undefined),
};
const atStart: Observation = { seenMs: () => undefined, appliedMs: () => undefined };

const before = application({ history: [entry(OLD)], commit: OLD });

describe('an Application', () => {
  it('that was synced', () => {
    const after = application({
      history: [entry(NEW, { message: 'Fix it', created: 1, changed: 2 }), entry(OLD)],
      commit: NEW,
    });
    const [one, ...rest] = transitionsOf(before, after, live);
    expect(rest).toEqual([]);
    expect(one).toMatchObject({ notify: 'Synced', durationMs: 1_500, commit: NEW });
    expect(one?.record).toMatchObject({
      ...{ namespace: 'shop', application: 'web', repository: 'shop', ref: 'v1', commit: NEW, type: 'Sync' },
      ...{ actor: 'ann', commitMessage: 'Fix it', time: '2026-03-01T10:00:05.250000Z', durationMs: 1_500 },
      message: 'Applied commit bbbbbbb: 1 created, 2 changed, 0 pruned',
      syncId: syncIdOf('shop', 'web', NEW),
    });
    expect(transitionsOf(after, after, live)).toEqual([]);
  });

  it('that is found synced and healthy at the start has the same entries as one that was watched', () => {
    const done = entry(NEW, { healthyTime: '2026-03-01T10:00:07Z' });
    const synced = application({ history: [entry(NEW)] });
    const both = application({ history: [done] });
    const watched = [...transitionsOf(before, synced, live), ...transitionsOf(synced, both, live)];
    const found = transitionsOf(undefined, both, atStart);
    expect(found.map(({ record }) => record?.name)).toEqual(watched.map(({ record }) => record?.name));
    expect(watched[1]).toMatchObject({ notify: 'Healthy', durationMs: 700 });
    expect(found[1]?.record).toMatchObject({ time: '2026-03-01T10:00:07.000000Z', durationMs: 2_000 });
  });

  it('whose sync was superseded tells of both', () => {
    const middle = 'c'.repeat(40);
    const superseded = entry(middle, { result: 'Superseded', reason: 'superseded by commit bbbbbbb' });
    const found = transitionsOf(before, application({ history: [entry(NEW), superseded, entry(OLD)] }), live);
    expect(found.map(({ record }) => [record?.type, record?.commit])).toEqual([
      ['Failure', middle],
      ['Sync', NEW],
    ]);
    expect(found.map(({ notify }) => notify)).toEqual([undefined, 'Synced']);
  });

  it('that failed again and again in the same way fails once', () => {
    const failed = (time: string, reason: string) =>
      application({ history: [entry(NEW, { result: 'Failed', reason, time }), entry(OLD)] });
    const first = failed('2026-03-01T10:00:05Z', 'web.yaml:3: no');
    const [one] = transitionsOf(before, first, live);
    expect(one).toMatchObject({ notify: 'SyncFailed', record: { type: 'Failure', error: 'web.yaml:3: no' } });
    expect(transitionsOf(first, failed('2026-03-01T10:00:10Z', 'web.yaml:3: no'), live)).toEqual([]);
    const other = transitionsOf(first, failed('2026-03-01T10:00:20Z', 'web.yaml:4: no'), live);
    expect(other[0]?.record?.name).not.toBe(one?.record?.name);
  });

  it('whose deletions wait, and are approved', () => {
    const pendingPrune = { commit: NEW, count: 25, of: 30, approval: 'bbbbbbb-25-of-30' };
    const waiting = application({ ...before.status, pendingPrune });
    const [held] = transitionsOf(before, waiting, live);
    expect(held).toMatchObject({ notify: 'PruneHeld', record: { type: 'PruneHeld' } });
    expect(held?.message).toBe('25 of 30 deletions by commit bbbbbbb wait for an approval');
    const approved = application(waiting.status ?? {}, {
      'gitops.gantry.dev/approve-prune': 'bbbbbbb-25-of-30',
      'gitops.gantry.dev/requested-by': 'bob',
    });
    const [approval] = transitionsOf(waiting, approved, live);
    expect(approval?.record).toMatchObject({ type: 'Approval', actor: 'bob', commit: NEW });
    const wrong = application(waiting.status ?? {}, { 'gitops.gantry.dev/approve-prune': 'all of them' });
    expect(transitionsOf(waiting, wrong, live)).toEqual([]);
  });

  it('that was rolled back', () => {
    const quarantine = {
      commit: NEW,
      rolledBackTo: OLD,
      user: 'bob',
      reason: 'it is slow',
      time: '2026-03-01T10:00:05Z',
    };
    const [one] = transitionsOf(before, application({ ...before.status, quarantine }), live);
    expect(one).toMatchObject({
      notify: 'RolledBack',
      record: { type: 'Rollback', actor: 'bob', commit: OLD },
    });
    expect(one?.message).toBe('Rolled back from commit bbbbbbb to aaaaaaa: it is slow');
  });

  it('that others change, and that breaks', () => {
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'shop',
      name: 'web',
      source: 'a.yaml:1',
    };
    const status = (more: object, health: 'Healthy' | 'Degraded' = 'Healthy') =>
      application({
        commit: OLD,
        history: [entry(OLD)],
        health,
        objects: [{ ...object, sync: 'Synced', ...more }],
      });
    const touched = { user: 'eve', time: '2026-03-01T10:00:05Z', fields: ['spec.replicas'] };
    const [drift] = transitionsOf(status({}), status({ sync: 'OutOfSync', touched }), live);
    expect(drift?.record).toMatchObject({
      ...{ type: 'Drift', actor: 'eve', object: { kind: 'Deployment', name: 'web' } },
      message: 'Deployment/web was changed by eve: spec.replicas',
    });
    const broken = status({ health: 'Degraded', message: '0 of 1 pods ready' }, 'Degraded');
    const [degraded] = transitionsOf(status({}), broken, live);
    expect(degraded).toMatchObject({ notify: 'Degraded', message: 'Deployment/web: 0 of 1 pods ready' });
    expect(transitionsOf(broken, status({}), live)).toMatchObject([{ notify: 'Healthy' }]);
  });

  it('that was made anew has no past', () => {
    const other = application({ history: [entry(NEW)] });
    other.metadata.uid = 'u2';
    expect(transitionsOf(before, other, live)).toHaveLength(1);
  });
});
