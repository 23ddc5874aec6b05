import { expect, test } from 'vitest';
import { deepClone } from '../json.ts';
import type { AnyObject } from '../object.ts';
import { deploymentView } from '../testing/schema.ts';
import { trackUpdate } from './track-update.ts';

const deployment = (): AnyObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default', uid: 'u', labels: { app: 'web' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      strategy: { type: 'RollingUpdate' },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }], resources: {} }],
        },
      },
    },
  }) as AnyObject;

const base = {
  schema: deploymentView,
  manager: 'kubectl-create',
  operation: 'Update',
  subresource: '',
  now: '2024-01-01T00:00:00Z',
  apiVersion: 'apps/v1',
} as const;

function created(): AnyObject {
  const object = deployment();
  const managedFields = trackUpdate({ ...base, before: undefined, after: object });
  return { ...object, metadata: { ...object.metadata, ...(managedFields && { managedFields }) } };
}

test('a create owns what it sets, in the original shape', () => {
  expect(created().metadata.managedFields).toEqual([
    {
      manager: 'kubectl-create',
      operation: 'Update',
      apiVersion: 'apps/v1',
      time: '2024-01-01T00:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
        'f:spec': {
          'f:replicas': {},
          'f:selector': {},
          'f:strategy': { 'f:type': {} },
          'f:template': {
            'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
            'f:spec': {
              'f:containers': {
                'k:{"name":"web"}': {
                  '.': {},
                  'f:image': {},
                  'f:name': {},
                  'f:ports': {
                    '.': {},
                    'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} },
                  },
                  'f:resources': {},
                },
              },
            },
          },
        },
      },
    },
  ]);
});

test('an update takes over what it changes and keeps the list when it changes nothing', () => {
  const before = created();
  expect(trackUpdate({ ...base, before, after: deepClone(before) })).toBe(before.metadata.managedFields);
  const after = deepClone(before) as AnyObject & { spec: { replicas: number } };
  after.spec.replicas = 3;
  const entries = trackUpdate({ ...base, before, after, manager: 'hpa', now: '2024-01-01T00:00:01Z' });
  expect(entries?.map((entry) => entry.manager)).toEqual(['kubectl-create', 'hpa']);
  expect(entries?.[1]?.fieldsV1).toEqual({ 'f:spec': { 'f:replicas': {} } });
  expect(entries?.[0]?.fieldsV1?.['f:spec']).not.toHaveProperty('f:replicas');
  expect(entries?.[0]?.time).toBe('2024-01-01T00:00:00Z');
});

test('removed fields leave every manager', () => {
  const before = created();
  const after = deepClone(before);
  delete after.metadata.labels;
  const entries = trackUpdate({ ...base, before, after, manager: 'other' });
  expect(entries).toHaveLength(1);
  expect(entries?.[0]?.fieldsV1).not.toHaveProperty('f:metadata');
});

test('status entries are kept apart, and reset fields are never owned', () => {
  const before = created();
  const after = { ...deepClone(before), status: { readyReplicas: 1 } } as AnyObject;
  const entries = trackUpdate({
    ...base,
    before,
    after,
    subresource: 'status',
    resetFields: { 'f:spec': {} },
  });
  expect(entries?.map((entry) => entry.subresource)).toEqual([undefined, 'status']);
  expect(trackUpdate({ ...base, before, after, resetFields: { 'f:status': {} } })).toBe(
    before.metadata.managedFields,
  );
});

test('clients may write managedFields of the object, but not through a subresource', () => {
  const before = created();
  const after = deepClone(before);
  after.metadata.managedFields = [];
  expect(trackUpdate({ ...base, before, after })).toBeUndefined();
  expect(trackUpdate({ ...base, before, after, subresource: 'status' })).toBe(before.metadata.managedFields);
  const bad = deepClone(before);
  bad.metadata.managedFields = [
    { operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: { 'v:{': {} } },
  ];
  expect(trackUpdate({ ...base, before, after: bad })).toEqual(before.metadata.managedFields);
});

test('the oldest updaters merge when there are more than ten', () => {
  let object = created();
  for (let i = 0; i < 12; i++) {
    const after = deepClone(object);
    after.metadata.annotations = { ...after.metadata.annotations, [`a${i}`]: 'x' };
    const managedFields = trackUpdate({
      ...base,
      before: object,
      after,
      manager: `m${i}`,
      now: `2024-01-01T00:01:${10 + i}Z`,
    });
    object = { ...after, metadata: { ...after.metadata, ...(managedFields && { managedFields }) } };
  }
  const managers = object.metadata.managedFields?.map((entry) => entry.manager);
  expect(managers).toHaveLength(10);
  expect(managers?.[0]).toBe('ancient-changes');
  expect(managers?.at(-1)).toBe('m11');
});

test('untracked objects stay untracked', () => {
  const before = deployment();
  const after = { ...deployment(), spec: { replicas: 9 } } as AnyObject;
  expect(trackUpdate({ ...base, before, after })).toBeUndefined();
});
