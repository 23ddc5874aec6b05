import type { Application, SyncOperation } from '@gantry/api/generated/types';
import { describe, expect, test } from 'vitest';
import { conditionsAfter, decide, isHalfway } from './decide.ts';
import { SYNC_REQUESTED } from './request.ts';

const TIME = '2026-01-01T00:00:00Z';
const NOW = Date.parse(TIME);

function application(spec: Partial<Application['spec']> = {}, requested?: string): Application {
  return {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'shop',
      namespace: 'shop',
      generation: 1,
      ...(requested === undefined ? {} : { annotations: { [SYNC_REQUESTED]: requested } }),
    },
    spec: { source: { repository: 'shop' }, ...spec },
  };
}

/** The same after a sync to commit `one`. */
const synced = (one: Application): Application => ({
  ...one,
  status: { commit: 'one', conditions: conditionsAfter(one, { type: 'applied' }, TIME, undefined) },
});

/** What is decided about it, with a word for the commit that is synced to. */
function decided(one: Application, target: string, failure?: string): string {
  const decision = decide(one, target, failure, NOW);
  return decision.type === 'sync' ? `sync ${decision.commit}` : decision.type;
}

const under = (one: Application, operation: Partial<SyncOperation>): Application => ({
  ...one,
  status: { ...one.status, operation: { commit: 'one', phase: 'Sync', generation: 1, ...operation } },
});

describe('an Application is synced', () => {
  test('to a commit that it does not have, and then left alone', () => {
    expect(decided(application(), 'one')).toBe('sync one');
    expect(decided(synced(application()), 'one')).toBe('settled');
    expect(decided(synced(application()), 'two')).toBe('sync two');
  });

  test('when it is to be something else at the same commit, but not for other rights', () => {
    const { status } = synced(application());
    const changed = (spec: Partial<Application['spec']>) =>
      decided({ ...application(spec), status: status ?? {} }, 'one');
    expect(changed({ source: { repository: 'shop', path: 'deploy' } })).toBe('sync one');
    expect(changed({ destination: { namespace: 'other' } })).toBe('sync one');
    expect(changed({ syncPolicy: { prune: false } })).toBe('sync one');
    expect(changed({ user: 'somebody', groups: [] })).toBe('settled');
  });

  test('not while its source could not be read a moment ago, and not unasked without automation', () => {
    expect(decide(application(), 'one', 'no rights', NOW)).toEqual({ type: 'behind', message: 'no rights' });
    const manual = application({ syncPolicy: { automated: false } });
    expect(decided(manual, 'one')).toBe('behind');
  });

  test('once for each request, whatever else holds', () => {
    const asked = application({ syncPolicy: { automated: false } }, 'now');
    expect(decided(asked, 'one', 'no rights')).toBe('sync one');
    const over = { type: 'givenUp', commit: 'one', tries: 1, reason: 'no' } as const;
    const failed = { ...asked, status: { conditions: conditionsAfter(asked, over, TIME, 'now') } };
    expect(decided(failed, 'one')).toBe('behind');
    const again = { ...failed, metadata: application({}, 'again').metadata };
    expect(decided(again, 'one')).toBe('sync one');
  });
});

describe('a sync that is under way', () => {
  test('goes on, until a newer commit, a change or a request comes', () => {
    expect(decided(under(application(), { applied: true }), 'one')).toBe('sync one');
    expect(decided(under(application(), { applied: true }), 'two')).toBe('sync two');
    expect(decided(under(application(), { generation: 0 }), 'one')).toBe('sync one');
    expect(decided(under(application({}, 'now'), {}), 'two')).toBe('sync two');
  });

  test('is not cut off while its hooks run', () => {
    expect(decided(under(application(), { applied: true, phase: 'PreSync' }), 'two')).toBe('sync one');
    expect(decided(under(application(), { applied: false, phase: 'PreSync' }), 'two')).toBe('sync two');
  });

  test('that somebody asked for is not overtaken by what nobody asked for', () => {
    const manual = application({ syncPolicy: { automated: false } }, 'now');
    expect(decided(under(manual, { request: 'now', applied: true }), 'two')).toBe('sync one');
  });

  test('is brought to its end when automation is switched off meanwhile, but not tried again', () => {
    const manual = (requested?: string) => application({ syncPolicy: { automated: false } }, requested);
    expect(decided(under(manual(), { generation: 0 }), 'one')).toBe('sync one');
    expect(decided(under(manual(), { generation: 0 }), 'two')).toBe('sync one');
    const failed = { retryTime: '2026-01-01T00:00:10Z', failure: 'refused', generation: 0 };
    expect(decided(under(manual(), failed), 'one')).toBe('behind');
    // A request, an approval and a rollback are somebody's own wish.
    expect(decided(under(manual('now'), { ...failed, request: 'now' }), 'one')).toBe('sync one');
    const pendingPrune = { commit: 'one', count: 1, of: 1, approval: 'one:1:abc' };
    const approved: Application = {
      ...manual(),
      metadata: { ...manual().metadata, annotations: { 'gitops.gantry.dev/approve-prune': 'one:1:abc' } },
      status: { ...synced(manual()).status, pendingPrune },
    };
    expect(decided(approved, 'two')).toBe('sync one');
    const quarantine = { commit: 'two', rolledBackTo: 'one' };
    expect(decided({ ...manual(), status: { commit: 'two', quarantine } }, 'one')).toBe('sync one');
  });

  test('and failed waits for its time, unless the Application was changed', () => {
    const failed = { retryTime: '2026-01-01T00:00:10Z', failure: 'refused' };
    expect(decide(under(application(), failed), 'one', undefined, NOW)).toMatchObject({
      type: 'behind',
      message: 'refused',
      againMs: 10_000,
    });
    expect(decided(under(application(), { ...failed, generation: 0 }), 'one')).toBe('sync one');
    expect(decided(under(application(), { ...failed, retryTime: TIME }), 'one')).toBe('sync one');
  });

  test('and was given up is not tried again until there is something new', () => {
    const over = { type: 'givenUp', commit: 'two', tries: 3, reason: 'refused' } as const;
    const before = synced(application());
    const failed = {
      ...before,
      status: { ...before.status, conditions: conditionsAfter(before, over, TIME, undefined) },
    };
    expect(decide(failed, 'two', undefined, NOW)).toMatchObject({
      message: 'commit two failed 3 times and is not tried again: refused',
    });
    expect(decided(failed, 'three')).toBe('sync three');
    expect(isHalfway(failed)).toBe(true);
    // Back to what was applied before: it has to be applied again, since some of the other commit was.
    expect(decided(failed, 'one')).toBe('sync one');
  });
});
