import type { ApplySetResult } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { parseManifest } from '../render/documents.ts';
import { describePlan } from './describe.ts';
import { fieldsInMessage } from './field-path.ts';
import { planDetails } from './plan-details.ts';

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          image: nginx:2
`;
const owned = (manager: string, operation: string, fieldsV1: object) => ({
  manager,
  operation,
  fieldsV1,
});
const ours = owned('gantry-sync', 'Apply', {
  'f:spec': {
    'f:paused': {},
    'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:image': {}, 'f:name': {} } } } },
  },
});
const deployment = (spec: object, managedFields: object[] = []) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', managedFields },
  spec,
});
const containers = (...all: object[]) => ({ template: { spec: { containers: all } } });

function details(text: string, result: Partial<ApplySetResult>) {
  const { objects } = parseManifest({ path: 'web.yaml', text });
  const { apiVersion, kind, metadata } = objects[0]?.object ?? { metadata: {} };
  const one = { apiVersion, kind, ...metadata, operation: 'update', ...result } as ApplySetResult;
  return planDetails({ commit: 'c', problems: [], applied: false, results: [one] }, { objects });
}

test('each field says where its new value comes from, and who had set the old one', async () => {
  const { changes } = await details(MANIFEST, {
    before: deployment({ replicas: 5, paused: true, ...containers({ name: 'web', image: 'nginx:1' }) }, [
      ours,
      owned('hpa', 'Update', { 'f:spec': { 'f:replicas': {} } }),
    ]) as never,
    after: deployment({
      replicas: 3,
      strategy: { type: 'RollingUpdate' },
      ...containers({ name: 'proxy', image: 'envoy' }, { name: 'web', image: 'nginx:2' }),
    }) as never,
    admitted: ['spec.template.spec.containers[0].name', 'spec.template.spec.containers[0].image'],
  });
  expect(changes[0]).toMatchObject({ operation: 'update', source: 'web.yaml:1' });
  expect(changes[0]?.fields).toEqual([
    { path: 'spec.replicas', before: 5, after: 3, origin: 'Git', source: 'web.yaml:7', replaces: 'hpa' },
    { path: 'spec.paused', before: true, origin: 'Git', source: 'web.yaml:6' },
    { path: 'spec.template.spec.containers[0].name', after: 'proxy', origin: 'Admission' },
    { path: 'spec.template.spec.containers[0].image', after: 'envoy', origin: 'Admission' },
    {
      path: 'spec.template.spec.containers[1].image',
      before: 'nginx:1',
      after: 'nginx:2',
      origin: 'Git',
      source: 'web.yaml:12',
    },
    { path: 'spec.strategy.type', after: 'RollingUpdate', origin: 'Default' },
  ]);
});

test('a value that another manager holds names it', async () => {
  const { changes } = await details(MANIFEST, {
    before: deployment({ replicas: 3 }, [ours]) as never,
    after: deployment({ replicas: 3, minReadySeconds: 4 }, [
      owned('tuner', 'Apply', { 'f:spec': { 'f:minReadySeconds': {} } }),
    ]) as never,
  });
  expect(changes[0]?.fields).toEqual([{ path: 'spec.minReadySeconds', after: 4, origin: 'Manager:tuner' }]);
});

test('the data of a Secret is hidden, and comes from where stringData says it', async () => {
  const text =
    'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\nstringData:\n  password: hunter2\n';
  const made = await details(text, {
    operation: 'create',
    after: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      type: 'Opaque',
      data: { password: 'aHVudGVyMg==' },
    } as never,
  });
  expect(made.changes[0]?.fields).toEqual([
    { path: 'type', after: 'Opaque', origin: 'Default' },
    { path: 'data.password', after: '(hidden)', origin: 'Git', source: 'web.yaml:5' },
  ]);
  expect(JSON.stringify(made)).not.toMatch(/hunter2|aHVudGVyMg/);
});

test('lines for a person', async () => {
  const plan = await details(MANIFEST, {
    before: deployment({ replicas: 5 }, [
      owned('hpa', 'Update', { 'f:spec': { 'f:replicas': {} } }),
    ]) as never,
    after: deployment({ replicas: 3, paused: false }) as never,
  });
  expect(describePlan(plan)).toEqual([
    'plan: 0 to create, 1 to change, 0 to prune, 0 unchanged',
    '~ Deployment/web  spec.replicas: 5 → 3 (web.yaml:7, was set by hpa)',
    '    spec.paused: (none) → false (default)',
  ]);
});

test('a plan stays within bounds, and counts what it leaves out', async () => {
  const results = Array.from({ length: 3000 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: 'shop',
    name: `map-${index}`,
    operation: 'create' as const,
    after: { metadata: { name: 'x' }, data: { text: 'x'.repeat(5000) } } as never,
  }));
  const plan = await planDetails({ commit: 'c', problems: [], applied: false, results }, { objects: [] });
  expect(plan).toMatchObject({ created: 3000, omitted: 1000 });
  expect(plan.changes).toHaveLength(2000);
  expect(JSON.stringify(plan).length).toBeLessThan(700_000);
  expect(plan.changes[0]?.fields?.[0]?.after).toContain('(5000 characters)');
  expect(plan.changes.at(-1)).toMatchObject({ fieldsOmitted: 1 });
});

test('fields of what a schema refuses are found in its text', async () => {
  expect(
    fieldsInMessage(
      'failed to create typed patch object (shop/a; example.com/v1, Kind=Widget): errors:\n  .spec.size: expected numeric (int or float), got string\n  .spec.list[name="a"].x: expected map, got &{a}',
    ),
  ).toEqual([
    { field: 'spec.size', reason: 'expected numeric (int or float), got string' },
    { field: 'spec.list[name="a"].x', reason: 'expected map, got &{a}' },
  ]);
});
