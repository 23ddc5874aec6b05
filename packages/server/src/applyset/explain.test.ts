import type { AnyObject } from '@gantry/machinery/object';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AdmissionPlugin } from '../request.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const SETS = '/apis/gitops.gantry.dev/v1alpha1/applysets';
/** Stands for a mutating webhook. */
const labeller: AdmissionPlugin = {
  name: 'labeller',
  handles: (kind) => kind.kind === 'ConfigMap',
  mutate({ object }) {
    const { metadata } = object as AnyObject;
    metadata.labels = { ...metadata.labels, team: 'a' };
  },
};

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer({ admission: [labeller] });
});
afterEach(() => test.close());

const post = (spec: object) => test.call('POST', SETS, { body: { spec: { fieldManager: 'sync', ...spec } } });
const map = (name: string, data: object) => ({
  ...{ apiVersion: 'v1', kind: 'ConfigMap' },
  metadata: { name, namespace: 'default' },
  data,
});

it('says what admission set, and leaves out what stays as it is', async () => {
  await post({ apply: [map('same', { x: '1' })] });
  const apply = [map('same', { x: '1' }), map('new', { x: '1' })];
  const { body } = await post({ dryRun: true, explain: true, apply });
  expect(body.status?.results).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'same', operation: 'none' },
    expect.objectContaining({ operation: 'create', admitted: ['metadata.labels.team'] }),
  ]);
  const plain = await post({ dryRun: true, apply });
  expect(plain.body.status?.results?.[1]).not.toHaveProperty('admitted');
  expect(plain.body.status?.results?.[0]).toHaveProperty('after');
});

it('takes five thousand objects in a dry run, and refuses more than ten thousand', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => map(`m-${index}`, { x: '1' }));
  const { body, status } = await post({ dryRun: true, explain: true, apply: many(5000) });
  expect(status).toBe(201);
  expect(body.status?.results).toHaveLength(5000);
  expect((await post({ dryRun: true, apply: many(10_001) })).status).toBe(400);
});

it('stores as much as one transaction holds, and says so of more', async () => {
  const many = Array.from({ length: 2001 }, (_, index) => map(`m-${index}`, { x: '1' }));
  const { body, status } = await post({ apply: many });
  expect({ status, body }).toMatchObject({
    status: 413,
    body: { reason: 'RequestEntityTooLarge', message: expect.stringContaining('at most 2000 writes') },
  });
  expect((await post({ apply: many.slice(1) })).body.status).toMatchObject({ applied: true });
});
