import type { Repository } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { Looks } from './looks.ts';

const repository = (generation: number, asked?: string): Repository => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Repository',
  metadata: {
    name: 'shop',
    namespace: 'shop',
    uid: 'u',
    generation,
    ...(asked === undefined ? {} : { annotations: { 'gitops.gantry.dev/sync-requested-at': asked } }),
  },
  spec: {},
});

test('a look is due when its time has come, the Repository changed, or somebody asks or wakes', () => {
  const looks = new Looks();
  const queued: string[] = [];
  looks.start((key) => queued.push(key));
  expect(looks.waitMs('a', repository(1), 0)).toBe(0);
  looks.began('a', repository(1), 100);
  expect(looks.waitMs('a', repository(1), 40)).toBe(60);
  expect(looks.waitMs('a', repository(1), 100)).toBe(0);
  expect(looks.waitMs('a', repository(2), 40)).toBe(0);
  expect(looks.waitMs('a', repository(1, 'now'), 40)).toBe(0);
  looks.wake('a');
  expect([queued, looks.waitMs('a', repository(1), 40)]).toEqual([['a'], 0]);
});

test('a source that fails is looked at sooner, and less and less so', () => {
  const looks = new Looks();
  const waits = [0, 1, 2, 3].map((now) => {
    looks.began('a', repository(1), 60_000);
    return looks.failed('a', repository(1), 15_000, now);
  });
  expect(waits).toEqual([5_000, 10_000, 15_000, 15_000]);
  expect(looks.waitMs('a', repository(1), 3)).toBe(15_000);
  looks.succeeded('a');
  expect(looks.failed('a', repository(1), 15_000, 4)).toBe(5_000);
  // Woken in the middle of a look.
  looks.began('a', repository(1), 60_000);
  looks.wake('a');
  looks.failed('a', repository(1), 15_000, 5);
  expect(looks.waitMs('a', repository(1), 5)).toBe(0);
});
