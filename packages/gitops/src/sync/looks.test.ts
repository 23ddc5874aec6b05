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
