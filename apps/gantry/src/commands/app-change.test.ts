import type { Application } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { failure } from '@gantry/machinery/status';
import { expect, it, vi } from 'vitest';
import { deleteApp } from './app-change.ts';
import type { Connection } from './app-client.ts';

const FINALIZER = 'gitops.gantry.dev/cascade';
const application = (resourceVersion: string, finalizers: string[]): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'shop', namespace: 'ns', uid: 'u', resourceVersion, finalizers },
  spec: { source: { repository: 'shop' } },
});

it('deletes the objects with it also when the sync has not heard of that before', async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const asked: unknown[] = [];
  const refusals = [failure(409, 'Conflict', 'the object has been modified')];
  const client = {
    patch: async (...[, , , patch]: Parameters<Client['patch']>) => {
      asked.push(patch);
      const refused = refusals.shift();
      if (refused !== undefined) throw refused;
    },
    get: async () => application('2', ['other']),
    delete: async () => void asked.push('delete'),
  } as unknown as Client;
  const remove = (raw: object) =>
    deleteApp(
      { client } as unknown as Connection,
      application('1', []),
      { ...raw, spec: {}, wait: false },
      1,
    );
  await remove({ cascade: true });
  const spec = { deletionPolicy: 'Cascade' };
  expect(asked).toEqual([
    { metadata: { uid: 'u', resourceVersion: '1', finalizers: [FINALIZER] }, spec },
    { metadata: { uid: 'u', resourceVersion: '2', finalizers: ['other', FINALIZER] }, spec },
    'delete',
  ]);
  asked.length = 0;
  await remove({ orphan: true });
  expect(asked).toEqual(['delete']);
});
