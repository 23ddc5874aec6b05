import type { AnyObject } from '@gantry/machinery/object';
import { expect, test } from 'vitest';
import type { SourceObject } from '../../render/source-object.ts';
import { HOOK_RUN } from './annotations.ts';
import { HookEnds } from './hook-ends.ts';
import { readinessOf } from './readiness.ts';

const RUN = 'shop/shop abc PreSync now';

function source(apiVersion: string, kind: string, name: string): SourceObject {
  const object = { apiVersion, kind, metadata: { name, namespace: 'shop' } } as AnyObject;
  return { object, file: 'a.yaml', line: 1, positionOf: () => ({ line: 1, column: 1 }) };
}

/** What is there, by name. */
const cluster = (objects: Readonly<Record<string, object>>) => ({
  get: async (apiVersion: string, kind: string, namespace: string, name: string) =>
    objects[name] === undefined
      ? undefined
      : ({
          apiVersion,
          kind,
          ...objects[name],
          metadata: { name, namespace, ...metadataOf(objects[name]) },
        } as AnyObject),
  podsBySelector: async () => () => [],
  endOfRun: (identity: string, run: string) => ends.of(identity, run),
});

const ends = new HookEnds();

const metadataOf = (object: object): object => ('metadata' in object ? (object.metadata as object) : {});
const ran = { metadata: { annotations: { [HOOK_RUN]: RUN } } };
const condition = (type: string, message = '') => ({
  status: { conditions: [{ type, status: 'True', message }] },
});

const hooks = (kind: string, live: Readonly<Record<string, object>>) =>
  readinessOf(cluster(live), [], [source(kind === 'Job' ? 'batch/v1' : 'v1', kind, 'hook')], RUN);

test('objects are waited for until they are healthy, the first few by name', async () => {
  const all = ['a', 'b', 'c', 'd', 'e'].map((name) => source('v1', 'ConfigMap', name));
  expect(await readinessOf(cluster({ a: {}, b: {}, c: {}, d: {}, e: {} }), all, [], '')).toEqual({
    type: 'ready',
  });
  expect(await readinessOf(cluster({ a: {} }), all, [], '')).toEqual({
    type: 'waiting',
    message:
      'ConfigMap/b: not in the cluster; ConfigMap/c: not in the cluster; ConfigMap/d: not in the cluster; and 1 more',
  });
});

test('a definition is ready when it is established, an Application when it is synced and healthy', async () => {
  const definition = source('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'd');
  expect((await readinessOf(cluster({ d: {} }), [definition], [], '')).type).toBe('waiting');
  expect((await readinessOf(cluster({ d: condition('Established') }), [definition], [], '')).type).toBe(
    'ready',
  );
  const application = source('gitops.gantry.dev/v1alpha1', 'Application', 'x');
  const at = (observedGeneration: number, sync: string) =>
    readinessOf(
      cluster({
        x: { metadata: { generation: 2 }, status: { observedGeneration, sync, health: 'Healthy' } },
      }),
      [application],
      [],
      '',
    );
  expect([
    (await at(1, 'Synced')).type,
    (await at(2, 'OutOfSync')).type,
    (await at(2, 'Synced')).type,
  ]).toEqual(['waiting', 'waiting', 'ready']);
});

test('a hook is done when it has come to its end, and failed when it ended badly or is gone', async () => {
  expect((await hooks('Job', { hook: ran })).type).toBe('waiting');
  expect((await hooks('Job', { hook: { ...ran, ...condition('Complete') } })).type).toBe('ready');
  expect(await hooks('Job', { hook: { ...ran, ...condition('Failed', 'no luck') } })).toMatchObject({
    type: 'failed',
    message: 'Job/hook: no luck',
  });
  expect(await hooks('Job', {})).toMatchObject({ message: 'Job/hook: it was deleted before it was done' });
  // One of an earlier run says nothing about this one.
  expect((await hooks('Job', { hook: condition('Complete') })).type).toBe('failed');
  const pod = (phase: string, restartPolicy: string) =>
    hooks('Pod', {
      hook: {
        ...ran,
        spec: { restartPolicy },
        status: { phase, conditions: [{ type: 'Ready', status: 'True' }] },
      },
    });
  expect((await pod('Running', 'Never')).type).toBe('waiting');
  expect((await pod('Succeeded', 'Never')).type).toBe('ready');
  expect((await pod('Failed', 'OnFailure')).type).toBe('failed');
  expect((await pod('Running', 'Always')).type).toBe('ready');
  expect((await hooks('ConfigMap', { hook: ran })).type).toBe('ready');
});

test('a Job that is gone was done, when it was seen to be', async () => {
  const job = (run: string, type: string): AnyObject =>
    ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'hook', namespace: 'shop', annotations: { [HOOK_RUN]: run } },
      ...condition(type),
    }) as unknown as AnyObject;
  ends.note(job('another run', 'Complete'));
  expect(await hooks('Job', {})).toMatchObject({
    type: 'failed',
    message: 'Job/hook: it was deleted before it was done',
  });
  ends.note(job(RUN, 'Failed'));
  expect(await hooks('Job', {})).toMatchObject({ type: 'failed', message: 'Job/hook: failed, and is gone' });
  ends.note(job(RUN, 'Complete'));
  expect((await hooks('Job', {})).type).toBe('ready');
});
