import type { Application, ApplicationObjectStatus, Repository } from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import type { ControllerContext } from '@gantry/runtime/port';
import { expect, test } from 'vitest';
import { memoryKinds } from '../testing/memory-tree.ts';
import { DriftChecker } from './check-drift.ts';
import { DriftMarks } from './drift.ts';
import { InventoryIndex } from './inventory.ts';
import type { LiveObjects } from './live-objects.ts';
import type { SyncParts } from './sync-application.ts';

interface Posted {
  readonly dryRun?: boolean;
  readonly apply: readonly AnyObject[];
}

const configMap = (name: string): AnyObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', resourceVersion: '7' },
});
const entry = (name: string, commit?: string): ApplicationObjectStatus => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'shop',
  name,
  sync: 'Synced',
  source: 'a.yaml:1',
  ...(commit === undefined ? {} : { commit }),
});
const repository = { metadata: { name: 'shop', namespace: 'shop' }, spec: {} } as Repository;
const application = (objects: ApplicationObjectStatus[]): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'shop', namespace: 'shop', generation: 1 },
  spec: { source: { repository: 'shop' }, user: 'alice', syncPolicy: { selfHeal: true } },
  status: { observedGeneration: 1, commit: 'one', sync: 'Synced', objects },
});

/** A checker whose server lacks everything, and what it was asked. */
function checker(marks: DriftMarks, hasNamespace = true, chartVersion?: string) {
  const posted: Posted[] = [];
  const client = {
    as: () => client,
    request: async (_method: string, _path: string, { spec }: { spec: Posted }) => {
      posted.push(spec);
      const results = spec.apply.map((object) => ({
        apiVersion: object.apiVersion,
        kind: object.kind,
        name: object.metadata.name,
        namespace: object.metadata.namespace,
        operation: 'create',
        after: object,
      }));
      return { status: { applied: spec.dryRun !== true, results } };
    },
  };
  const objects = ['web', 'db'].map((name) => ({
    object: configMap(name),
    file: 'a.yaml',
    line: 1,
    positionOf: () => ({ line: 1 }),
  }));
  const parts = {
    client,
    kinds: memoryKinds(),
    sources: { tree: async (_: unknown, commit: string) => ({ commit }) },
    renders: {
      render: async () => ({ commit: 'one', objects, problems: [], chartVersion }),
      forget: () => undefined,
    },
    index: new InventoryIndex(),
    hasNamespace: async () => hasNamespace,
    ledger: {
      record: () => undefined,
      keep: async () => ({ send: () => undefined, drop: async () => undefined }),
    },
  } as unknown as SyncParts;
  const live = { applied: () => undefined } as unknown as LiveObjects;
  const context = {
    clock: { now: () => 0 },
    events: { event: () => undefined },
  } as unknown as ControllerContext;
  const made = new DriftChecker(parts, marks, live);
  const look = (one: Application) => made.check(one, repository, one.status ?? {}, context);
  return { made, look, names: () => posted.map(({ apply }) => apply.map(({ metadata }) => metadata.name)) };
}

test('what a selective sync applied from another commit is not put back to the older one', async () => {
  const marks = new DriftMarks();
  marks.mark('shop/shop', configMap('web'), true);
  const { look, names } = checker(marks);
  await look(application([entry('web', 'two'), entry('db')]));
  expect(names()).toEqual([]);
  marks.mark('shop/shop', configMap('web'), true);
  marks.mark('shop/shop', configMap('db'), true);
  await look(application([entry('web', 'two'), entry('db')]));
  expect(names()).toEqual([['db'], ['db']]);
});

test('nothing is put back to another version of the chart than was applied', async () => {
  const marks = new DriftMarks();
  marks.mark('shop/shop', configMap('db'), true);
  const { look, names } = checker(marks, true, '1.1.0');
  const one = application([entry('db')]);
  one.status = { ...one.status, chartVersion: '1.0.0' };
  expect((await look(one)).status.sync).toBe('Synced');
  expect(names()).toEqual([]);
  one.status = { ...one.status, chartVersion: '1.1.0' };
  await look(one);
  expect(names()).toEqual([['db'], ['db']]);
});

test('what was found is found again until it is written down', async () => {
  const marks = new DriftMarks();
  marks.mark('shop/shop', configMap('web'), true);
  const { made, look } = checker(marks);
  const one = application([entry('web'), entry('db')]);
  one.spec.syncPolicy = {};
  expect((await look(one)).status.sync).toBe('OutOfSync');
  expect((await look(one)).status.sync).toBe('OutOfSync');
  made.settle('shop/shop');
  expect((await look(one)).status.sync).toBe('Synced');
});

test('with the objects their namespace is put back', async () => {
  const marks = new DriftMarks();
  marks.mark('shop/shop', configMap('web'), true);
  const { look, names } = checker(marks, false);
  await look(application([entry('web'), entry('db')]));
  expect(names()).toEqual([['web'], ['shop', 'web']]);
});
