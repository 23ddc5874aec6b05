import { expect, test } from 'vitest';
import type { AnyObject } from '../object.ts';
import { UNTYPED } from '../schema-view.ts';
import { StatusError } from '../status.ts';
import { deploymentView } from '../testing/schema.ts';
import { type ApplyOptions, applyFields } from './apply.ts';
import { applyConflict } from './conflict.ts';
import { trackUpdate } from './track-update.ts';

const config = (extra: Record<string, unknown>, metadata: Record<string, unknown> = {}): AnyObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', ...metadata },
    ...extra,
  }) as AnyObject;

function run(options: Partial<ApplyOptions> & Pick<ApplyOptions, 'live' | 'config'>) {
  return applyFields({
    schema: deploymentView,
    manager: 'one',
    force: false,
    subresource: '',
    now: '2024-01-01T00:00:00Z',
    apiVersion: 'apps/v1',
    ...options,
  });
}

function apply(live: AnyObject | undefined, applied: AnyObject, manager = 'one', force = false): AnyObject {
  const { object } = run({ live, config: applied, manager, force });
  if (object === undefined) throw new Error('unexpected conflict');
  return object;
}

const containers = (...items: object[]) => ({ spec: { template: { spec: { containers: items } } } });
const namesOf = (object: AnyObject): unknown[] => {
  const spec = object.spec as { template?: { spec?: { containers?: { name: string }[] } } } | undefined;
  return (spec?.template?.spec?.containers ?? []).map((container) => container.name);
};

test('creates with the applied set, and a repeat changes nothing', () => {
  const applied = config({ spec: { replicas: 1 } }, { labels: { app: 'web' } });
  const object = apply(undefined, applied);
  expect(object.metadata.managedFields).toEqual([
    {
      manager: 'one',
      operation: 'Apply',
      apiVersion: 'apps/v1',
      time: '2024-01-01T00:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:metadata': { 'f:labels': { 'f:app': {} } }, 'f:spec': { 'f:replicas': {} } },
    },
  ]);
  expect(run({ live: object, config: applied, now: '2025-01-01T00:00:00Z' }).object).toBe(object);
});

test('a change of what another owns conflicts, worded as the original does', () => {
  const after = config({ spec: { replicas: 2, paused: true } });
  const managedFields = trackUpdate({
    before: undefined,
    after,
    schema: deploymentView,
    manager: 'kubectl',
    operation: 'Update',
    subresource: '',
    now: '2024-01-01T00:00:00Z',
    apiVersion: 'apps/v1',
  });
  const live = {
    ...after,
    metadata: { ...after.metadata, uid: 'u', ...(managedFields && { managedFields }) },
  };
  const one = run({ live, config: config({ spec: { replicas: 3 } }) });
  expect(applyConflict(one.conflicts ?? []).status).toMatchObject({
    code: 409,
    reason: 'Conflict',
    message: 'Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: .spec.replicas',
    details: {
      causes: [
        {
          reason: 'FieldManagerConflict',
          message: 'conflict with "kubectl" using apps/v1',
          field: '.spec.replicas',
        },
      ],
    },
  });
  const two = run({ live, config: config({ spec: { replicas: 3, paused: false } }) });
  expect(applyConflict(two.conflicts ?? []).message).toBe(
    'Apply failed with 2 conflicts: conflicts with "kubectl" using apps/v1:\n- .spec.paused\n- .spec.replicas',
  );
  const forced = apply(live, config({ spec: { replicas: 3 } }), 'one', true);
  expect(forced.spec).toMatchObject({ replicas: 3, paused: true });
  expect(forced.metadata.managedFields?.[1]?.fieldsV1).toEqual({ 'f:spec': { 'f:paused': {} } });
});

test('what is no longer applied goes, unless somebody else owns it', () => {
  const a = { name: 'a', image: 'x' };
  const b = { name: 'b', image: 'y' };
  let object = apply(undefined, config(containers(a, b), { labels: { l: '1', m: '2' } }));
  object = apply(object, config(containers(a)), 'two');
  expect(namesOf(object)).toEqual(['a', 'b']);
  object = apply(object, config({}));
  expect(namesOf(object)).toEqual(['a']);
  expect(object.metadata.labels).toBeUndefined();
  expect(object.metadata.name).toBe('web');
  object = apply(object, config({}), 'two');
  expect(namesOf(object)).toEqual([]);
});

test('items of the live list keep their place, shared ones take the order of the configuration', () => {
  const named = (name: string) => ({ name, image: 'i' });
  const object = apply(undefined, config(containers(named('a'), named('b'), named('c'))));
  const next = apply(object, config(containers(named('d'), named('c'), named('a'))), 'two');
  expect(namesOf(next)).toEqual(['b', 'd', 'c', 'a']);
});

test('ports without a protocol are the same as TCP ones', () => {
  const port = (p: object) => containers({ name: 'a', ports: [p] });
  const object = apply(undefined, config(port({ containerPort: 80, protocol: 'TCP' })));
  const next = apply(object, config(port({ containerPort: 80, hostPort: 8080 })), 'two');
  expect(JSON.stringify(next.spec)).toContain('[{"containerPort":80,"protocol":"TCP","hostPort":8080}]');
});

test('fields from before the first apply belong to before-first-apply', () => {
  const live = config({ spec: { replicas: 1 } }, { uid: 'u' });
  const result = run({ live, config: config({ spec: { replicas: 2 } }) });
  expect(result.conflicts?.map((conflict) => conflict.manager)).toEqual(['before-first-apply']);
});

test('kubectl takes over what its client-side apply set', () => {
  const text = JSON.stringify(config({ spec: { replicas: 1 } }));
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': text };
  const live = config({ spec: { replicas: 1 } }, { uid: 'u', annotations });
  const applied = config({ spec: { replicas: 5 } });
  expect(run({ live, config: applied, manager: 'other' }).conflicts).toHaveLength(1);
  const object = apply(live, applied, 'kubectl');
  expect(object.spec).toEqual({ replicas: 5 });
  expect(
    JSON.parse(object.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration'] ?? ''),
  ).toEqual(applied);
});

test('configurations that do not fit the type say where', () => {
  const fail = (applied: AnyObject) => {
    try {
      run({ live: undefined, config: applied });
    } catch (error) {
      return error instanceof StatusError ? error.message : error;
    }
    return undefined;
  };
  expect(fail(config({ spec: { nope: 1 } }, { namespace: 'ns' }))).toBe(
    'failed to create typed patch object (ns/web; apps/v1, Kind=Deployment): .spec.nope: field not declared in schema',
  );
  expect(fail(config({ spec: { replicas: 'x' } }))).toContain(
    '.spec.replicas: expected numeric (int or float), got string',
  );
  expect(fail(config(containers({ name: 'a' }, { name: 'a' })))).toContain(
    '.spec.template.spec.containers: duplicate entries for key [name="a"]',
  );
  expect(fail(config({}, { managedFields: [] }))).toBe('metadata.managedFields must be nil');
  expect(fail(config({}, { name: [{ toString: '' }] }))).toContain('object (/; apps/v1, Kind=Deployment): ');
});

test('nulls clear declared fields, but never what the server sets', () => {
  const live = apply(undefined, config({ spec: { replicas: 1, paused: true } }, { uid: 'u' }));
  const applied = config({ spec: { replicas: null, paused: true } }, { uid: null, creationTimestamp: null });
  const object = apply(live, applied);
  expect(object.spec).toEqual({ paused: true });
  expect(object.metadata.uid).toBe('u');
  expect(run({ live: object, config: applied }).object).toBe(object);
});

test('a value without a type that becomes an object conflicts with who had it, and is taken by force', () => {
  const before = config({ free: { a: 1 } });
  const managedFields = trackUpdate({
    before: undefined,
    after: before,
    schema: UNTYPED,
    manager: 'other',
    operation: 'Update',
    subresource: '',
    now: '2024-01-01T00:00:00Z',
    apiVersion: 'apps/v1',
  });
  const live = { ...before, metadata: { ...before.metadata, ...(managedFields && { managedFields }) } };
  const options = { live, config: config({ free: { a: { b: 1 } } }), schema: UNTYPED };
  expect(run(options).conflicts?.map(({ path }) => path)).toEqual([['f:free', 'f:a']]);
  const entries = run({ ...options, force: true }).object?.metadata.managedFields ?? [];
  expect(entries.map(({ manager, fieldsV1 }) => [manager, fieldsV1])).toEqual([
    ['one', { 'f:free': { '.': {}, 'f:a': { '.': {}, 'f:b': {} } } }],
    ['other', { 'f:free': {} }],
  ]);
});
