import type { Application, ApplicationStatus, SyncOperation } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { SYNC_OBJECTS, SYNC_REQUESTED } from '../sync/request.ts';
import { asRollback, describeQuarantine, describeRefusal } from './describe.ts';
import { goalOf, ROLLBACK_TO } from './goal.ts';

const TIME = '2026-01-01T00:00:00Z';
const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];
const applied = (commit: string) => ({ commit, time: '2025-12-31T00:00:00Z', result: 'Applied' as const });

function application(annotations: Record<string, string>, status: ApplicationStatus = {}): Application {
  return {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'shop',
      namespace: 'shop',
      annotations: { 'gitops.gantry.dev/requested-by': 'ann', ...annotations },
    },
    spec: { source: { repository: 'shop' } },
    status: { commit: B, history: [applied(B), applied(A)], ...status },
  };
}
/** The same Application as the controller leaves it, with other annotations. */
const later = ({ status }: Application, annotations: Record<string, string> = { [ROLLBACK_TO]: A }) =>
  application(annotations, status);
const rolledBack = () => goalOf(application({ [ROLLBACK_TO]: A }), B, TIME);

test('without a rollback the goal is what is followed', () => {
  const one = application({});
  expect(goalOf(one, C, TIME)).toEqual({ commit: C, application: one, isNew: false });
});

test('a rollback quarantines what is followed, and holds', () => {
  const goal = rolledBack();
  const quarantine = {
    commit: B,
    rolledBackTo: A,
    user: 'ann',
    reason: 'rolled back by ann from bbbbbbb to aaaaaaa',
    time: TIME,
  };
  expect(goal).toMatchObject({ commit: A, isNew: true, quarantine, application: { status: { quarantine } } });
  const held = goalOf(later(goal.application), B, 'later');
  expect(held).toMatchObject({ commit: A, isNew: false, quarantine });
  expect(asRollback({ commit: A, result: 'Applied' }, quarantine)).toEqual({
    commit: A,
    result: 'Applied',
    cause: 'Rollback',
    user: 'ann',
    reason: quarantine.reason,
  });
  expect(describeQuarantine(quarantine)).toBe(
    'rolled back by ann from bbbbbbb to aaaaaaa; bbbbbbb is not applied again until another commit comes or somebody asks for a sync',
  );
});

test('ends with another commit, and with a request to sync everything', () => {
  const { application: held } = rolledBack();
  const next = goalOf(later(held), C, 'later');
  expect(next).toMatchObject({ commit: C, isNew: false });
  expect(next.application.status).not.toHaveProperty('quarantine');
  const request = { [ROLLBACK_TO]: A, [SYNC_REQUESTED]: 'now' };
  expect(goalOf(later(held, request), B, 'later')).toMatchObject({ commit: B });
  expect(goalOf(later(held, { ...request, [SYNC_OBJECTS]: 'ConfigMap/a' }), B, 'later')).toMatchObject({
    commit: A,
  });
});

test('a request means what it named when its sync began', () => {
  const { application: before } = rolledBack();
  const asks = (operation: SyncOperation, objects?: string): string =>
    goalOf(
      {
        ...before,
        metadata: {
          ...before.metadata,
          annotations: {
            [ROLLBACK_TO]: A,
            'gitops.gantry.dev/sync-requested-at': '1',
            ...(objects === undefined ? {} : { 'gitops.gantry.dev/sync-objects': objects }),
          },
        },
        status: { ...before.status, operation },
      },
      B,
      TIME,
    ).commit;
  const chosen: SyncOperation = { commit: A, request: '1', only: ['ConfigMap/a'] };
  const { only: _, ...whole } = chosen;
  expect(asks(chosen)).toBe(A);
  expect(asks(whole, 'ConfigMap/b')).toBe(B);
  // One that is yet to begin.
  expect(asks({ commit: A, request: '0' }, 'ConfigMap/b')).toBe(A);
  expect(asks({ commit: A, request: '0' })).toBe(B);
});

test('the same can be asked for again, and the way forward too', () => {
  const { application: held } = rolledBack();
  const { application: next } = goalOf(later(held), C, 'later');
  const status = { ...next.status, commit: C, history: [applied(C), applied(A), applied(B)] };
  expect(goalOf(application({ [ROLLBACK_TO]: A }, status), C, 'later')).toMatchObject({ commit: C });
  const again = application({ [ROLLBACK_TO]: `${A}@2` }, status);
  expect(goalOf(again, C, 'later')).toMatchObject({ commit: A, isNew: true, quarantine: { commit: C } });
  const forward = goalOf(later(held, { [ROLLBACK_TO]: B }), B, 'later');
  expect(forward).toMatchObject({ commit: B, isNew: true });
  const behind = { ...held.status, commit: A };
  const forth = goalOf(application({ [ROLLBACK_TO]: B }, behind), B, 'later');
  expect(forth).toMatchObject({ commit: B, isNew: true });
  expect(forth.application.status).not.toHaveProperty('quarantine');
});

test.each([
  [
    'ffffffff',
    'not the id, or at least seven digits of it, of one commit that this Application has applied (the latest: bbbbbbb, aaaaaaa)',
  ],
  ['a', 'not the id, or at least seven digits'],
  ['bbbbbbb', 'that is what is applied already'],
])('to %j is refused, and says why until the next sync', (asked, why) => {
  const goal = goalOf(application({ [ROLLBACK_TO]: asked }), B, TIME);
  expect(goal).toMatchObject({ commit: B, isNew: false });
  expect(goal.application.status).not.toHaveProperty('quarantine');
  expect(describeRefusal(goal.application)).toContain(why);
  const same = later(goal.application, { [ROLLBACK_TO]: asked });
  expect(goalOf(same, B, 'later').application).toBe(same);
  const synced = { ...same.status, history: [{ ...applied(C), time: '2026-01-02T00:00:00Z' }] };
  expect(describeRefusal(application({ [ROLLBACK_TO]: asked }, synced))).toBeUndefined();
});

test('a beginning of a commit will do; one that failed will not', () => {
  expect(goalOf(application({ [ROLLBACK_TO]: A.slice(0, 7) }), B, TIME).commit).toBe(A);
  const failed = application(
    { [ROLLBACK_TO]: C },
    { history: [{ ...applied(C), result: 'Failed' }, applied(B)] },
  );
  expect(goalOf(failed, B, TIME)).toMatchObject({ commit: B, isNew: false });
});
