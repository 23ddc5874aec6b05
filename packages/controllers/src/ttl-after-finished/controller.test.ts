import type { Job } from '@gantry/api/generated/types';
import { jobs } from '@gantry/client/resources';
import { afterEach, expect, test, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { ttlAfterFinishedController } from './controller.ts';

let scene: Harness | undefined;
afterEach(() => scene?.stop());

const finished = (name: string, ttl?: number): Job => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace: 'a' },
  spec: {
    template: { spec: { containers: [] } },
    ...(ttl === undefined ? {} : { ttlSecondsAfterFinished: ttl }),
  },
  status: {
    conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }],
  },
});

test('a Job goes when its time is over, though the server was away then', async () => {
  scene = harness([ttlAfterFinishedController()]);
  const { client } = scene;
  await client.create(jobs, finished('stays'));
  await client.create(jobs, finished('goes', 1));
  const get = vi.spyOn(client, 'get').mockRejectedValue(new Error('connect ECONNREFUSED 127.0.0.1:6443'));
  scene.start();
  await vi.waitFor(() => expect(get).toHaveBeenCalled());
  get.mockRestore();
  // Its pods go first.
  const deleted = (name: string) => client.peek(jobs, 'a', name)?.metadata.deletionTimestamp;
  await vi.waitFor(() => expect(deleted('goes')).toBeDefined(), { timeout: 8000 });
  expect(deleted('stays')).toBeUndefined();
});
