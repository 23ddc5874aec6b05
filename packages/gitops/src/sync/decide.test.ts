import type { Application } from '@gantry/api/generated/types';
import { describe, expect, test } from 'vitest';
import { conditionsAfter, decide, SYNC_REQUESTED } from './decide.ts';

const TIME = '2026-01-01T00:00:00Z';

function application(spec: Partial<Application['spec']> = {}, requested?: string): Application {
  return {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'shop',
      namespace: 'shop',
      ...(requested === undefined ? {} : { annotations: { [SYNC_REQUESTED]: requested } }),
    },
    spec: { source: { repository: 'shop' }, ...spec },
  };
}

/** The same after a sync to commit `one`. */
const synced = (one: Application): Application => ({
  ...one,
  status: { commit: 'one', conditions: conditionsAfter(one, true, TIME) },
});

describe('an Application is synced', () => {
  test('to a commit that it does not have, and then left alone', () => {
    expect(decide(application(), 'one', undefined).type).toBe('sync');
    expect(decide(synced(application()), 'one', undefined).type).toBe('settled');
    expect(decide(synced(application()), 'two', undefined).type).toBe('sync');
  });

  test('when it is to be something else at the same commit, but not for other rights', () => {
    const { status } = synced(application());
    const changed = (spec: Partial<Application['spec']>) =>
      decide({ ...application(spec), status: status ?? {} }, 'one', undefined).type;
    expect(changed({ source: { repository: 'shop', path: 'deploy' } })).toBe('sync');
    expect(changed({ destination: { namespace: 'other' } })).toBe('sync');
    expect(changed({ syncPolicy: { prune: false } })).toBe('sync');
    expect(changed({ user: 'somebody', groups: [] })).toBe('settled');
  });

  test('not while the same failed a moment ago, and not unasked without automation', () => {
    expect(decide(application(), 'one', 'no rights')).toEqual({ type: 'behind', message: 'no rights' });
    const manual = application({ syncPolicy: { automated: false } });
    expect(decide(manual, 'one', undefined).type).toBe('behind');
  });

  test('once for each request, whatever else holds', () => {
    const asked = application({ syncPolicy: { automated: false } }, 'now');
    expect(decide(asked, 'one', 'no rights').type).toBe('sync');
    const failed = { ...asked, status: { conditions: conditionsAfter(asked, false, TIME) } };
    expect(decide(failed, 'one', undefined).type).toBe('behind');
    const again = { ...failed, metadata: application({}, 'again').metadata };
    expect(decide(again, 'one', undefined).type).toBe('sync');
  });
});
