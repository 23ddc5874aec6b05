import type { Application, SyncOperation } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { conditionsAfter, decide, isAtBeginning } from './decide.ts';
import { SYNC_REQUESTED } from './request.ts';
import { isOvertaken, isWanted, runsHooks } from './waves/operation.ts';

const TIME = '2026-01-01T00:00:00Z';
const NOW = Date.parse(TIME);
const OPERATION: SyncOperation = { commit: 'one', phase: 'Sync', generation: 1, applied: true };

function application(
  operation: Partial<SyncOperation> | undefined,
  rest: Partial<Application> = {},
): Application {
  return {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop', namespace: 'shop', generation: 1 },
    spec: { source: { repository: 'shop' } },
    ...(operation === undefined ? {} : { status: { operation: { ...OPERATION, ...operation } } }),
    ...rest,
  };
}

test('a request that came while an earlier one was dealt with is still to be dealt with', () => {
  const asked = application(undefined, {
    metadata: { name: 'shop', namespace: 'shop', generation: 1, annotations: { [SYNC_REQUESTED]: 'second' } },
    spec: { source: { repository: 'shop' }, syncPolicy: { automated: false } },
  });
  const after = (request: string | undefined): Application => ({
    ...asked,
    status: { commit: 'one', conditions: conditionsAfter(asked, { type: 'applied' }, TIME, request) },
  });
  expect(decide(after('first'), 'two', undefined, NOW)).toMatchObject({ type: 'sync', commit: 'two' });
  expect(decide(after('second'), 'two', undefined, NOW)).toMatchObject({ type: 'behind' });
});

test('a newer commit that takes over begins anew, and so waits for what it depends on', () => {
  expect(isAtBeginning(application({ wave: 1 }), 'one')).toBe(false);
  expect(isAtBeginning(application({ wave: 1 }), 'two')).toBe(true);
});

test('hooks that run in the phase Sync are not cut off by a newer commit', () => {
  expect(runsHooks({ ...OPERATION, hooks: 1 })).toBe(true);
  expect(isWanted(application({ hooks: 1 }), { ...OPERATION, hooks: 1 }, 'two')).toBe(true);
  expect(isWanted(application({}), OPERATION, 'two')).toBe(false);
});

test('hooks of what is no longer followed are known as such, so that an unreadable source ends them', () => {
  const hooks: SyncOperation = { ...OPERATION, phase: 'PostSync' };
  expect(isOvertaken(application(hooks), hooks, 'one')).toBe(false);
  expect(isOvertaken(application(hooks), hooks, 'two')).toBe(true);
  const changed = application(hooks, { metadata: { name: 'shop', namespace: 'shop', generation: 2 } });
  expect(isOvertaken(changed, hooks, 'one')).toBe(true);
});

test('approved deletions that failed as often as they may are not tried on and on', () => {
  const approval = '1234567:1:abcdef';
  const approved = application(undefined, {
    metadata: {
      name: 'shop',
      namespace: 'shop',
      generation: 1,
      annotations: { 'gitops.gantry.dev/approve-prune': approval },
    },
  });
  const ending = { type: 'givenUp', commit: 'one', tries: 3, reason: 'no rights' } as const;
  const decided = (tried: boolean) =>
    decide(
      {
        ...approved,
        status: {
          conditions: conditionsAfter(approved, ending, TIME, undefined),
          pendingPrune: { commit: 'one', count: 1, of: 9, approval, ...(tried ? { tried } : {}) },
        },
      },
      'one',
      undefined,
      NOW,
    );
  expect(decided(false)).toMatchObject({ type: 'sync', commit: 'one' });
  expect(decided(true)).toMatchObject({ type: 'behind' });
});
