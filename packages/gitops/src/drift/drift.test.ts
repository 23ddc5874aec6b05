import type { Application, IgnoredDifference } from '@gantry/api/generated/types';
import type { AnyObject, FieldsV1, ManagedFieldsEntry } from '@gantry/machinery/object';
import { describe, expect, test } from 'vitest';
import { driftedFields } from './drifted-fields.ts';
import { showPath } from './field-trie.ts';
import { ignoredIn } from './ignored.ts';
import { withoutIgnored } from './respect-ignored.ts';
import { describeTouches, touchOf } from './touched.ts';

const APP = 'k:{"name":"app"}';
const entry = (
  manager: string,
  fieldsV1: unknown,
  more: Partial<ManagedFieldsEntry> = {},
): ManagedFieldsEntry => ({
  manager,
  operation: manager === 'gantry-sync' ? 'Apply' : 'Update',
  time: '2026-01-01T00:00:00Z',
  fieldsV1: fieldsV1 as FieldsV1,
  ...more,
});
const GIT = entry('gantry-sync', {
  'f:metadata': { 'f:labels': { 'f:tier': {} } },
  'f:spec': {
    'f:replicas': {},
    'f:args': {},
    'f:containers': { [APP]: { '.': {}, 'f:name': {}, 'f:image': {}, 'f:cpu': {} } },
  },
});

function deployment(
  spec: object,
  managedFields: ManagedFieldsEntry[] = [GIT],
  labels: object = { tier: 'web' },
) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', labels, managedFields },
    spec,
  } as unknown as AnyObject;
}
const container = (image: string, more: object = {}) => ({ name: 'app', image, ...more });
const rules = (...ignoreDifferences: IgnoredDifference[]): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: { source: { repository: 'shop' }, ignoreDifferences },
});
const ignoring = (rule: Partial<IgnoredDifference>) =>
  ignoredIn(rules({ kind: 'Deployment', ...rule }), deployment({}));
const drift = (before: AnyObject, after: AnyObject, rule?: Partial<IgnoredDifference>): string[] =>
  driftedFields(before, after, rule === undefined ? undefined : ignoring(rule)).map(showPath);

describe('drift', () => {
  const after = deployment({
    replicas: 3,
    args: ['a', 'b'],
    containers: [container('x:1', { cpu: 1, stamp: 'new' })],
    strategy: 'Rolling',
  });

  test('is what Git speaks of and is otherwise; items of lists are told apart by their keys', () => {
    const before = deployment(
      { replicas: 5, args: ['a', 'b'], containers: [{ name: 'side' }, container('x:2', { cpu: 1 })] },
      [],
      { tier: 'db', more: 'x' },
    );
    expect(drift(before, after)).toEqual([
      'metadata.labels.tier',
      'spec.replicas',
      'spec.containers[name=app].image',
    ]);
  });

  test('is not what only the server or a webhook sets, however it changes', () => {
    const before = deployment({
      replicas: 3,
      args: ['a', 'b'],
      containers: [container('x:1', { cpu: 1, stamp: 'old' })],
    });
    expect(drift(before, after)).toEqual([]);
  });

  test('is not what others may change, by pointer', () => {
    const before = deployment({
      args: ['a', 'c'],
      containers: [{ name: 's' }, container('x:2', { cpu: 1 })],
    });
    expect(drift(before, after)).toEqual(['spec.replicas', 'spec.args', 'spec.containers[name=app].image']);
    const jsonPointers = ['/spec/replicas', '/spec/args/1', '/spec/containers/1/image'];
    expect(drift(before, after, { jsonPointers })).toEqual([]);
    expect(drift(before, after, { jsonPointers: ['/spec/*'] })).toEqual([]);
    expect(
      drift(before, after, { jsonPointers: ['spec', '/spec/containers/0/image', '/spec/args/0'] }),
    ).toHaveLength(3);
  });
});

describe('a rule is about', () => {
  const isAbout = (rule: Partial<IgnoredDifference>): boolean => ignoring(rule) !== undefined;

  test.each([
    [{}, true],
    [{ kind: '*' }, true],
    [{ kind: 'Service' }, false],
    [{ group: 'apps' }, true],
    [{ group: '' }, false],
    [{ name: 'web', namespace: 'shop' }, true],
    [{ name: 'other' }, false],
    [{ namespace: 'other' }, false],
  ] as const)('%j: %s', (rule, expected) => expect(isAbout(rule)).toBe(expected));
});

describe('an apply leaves out', () => {
  const config = deployment(
    { replicas: 3, args: ['a', 'b'], containers: [container('x:1', { cpu: 1 })] },
    [],
  );
  const left = (live: AnyObject, rule: Partial<IgnoredDifference>): unknown => {
    const ignored = ignoring(rule);
    return ignored === undefined ? config : withoutIgnored(config, live, ignored);
  };
  const scaled = entry(
    'kube-controller-manager',
    { 'f:spec': { 'f:replicas': {} } },
    { subresource: 'scale' },
  );

  test('an ignored field that another manager owns, and keeps one that nobody took', () => {
    const live = deployment({ replicas: 7, containers: [container('x:1')] }, [GIT, scaled]);
    const spec = { args: ['a', 'b'], containers: [container('x:1', { cpu: 1 })] };
    expect(left(live, { jsonPointers: ['/spec/replicas'] })).toMatchObject({ spec });
    expect(left(live, { jsonPointers: ['/spec/replicas'] })).not.toHaveProperty('spec.replicas');
    expect(left(live, { jsonPointers: ['/spec/containers/0/image'] })).toEqual(config);
    expect(left(deployment({ replicas: 7 }), { jsonPointers: ['/spec/replicas'] })).toEqual(config);
  });

  test('what a named manager owns, but never the key of an item or the name of the object', () => {
    const theirs = {
      'f:metadata': { 'f:name': {} },
      'f:spec': { 'f:containers': { '.': {}, [APP]: { '.': {}, 'f:name': {}, 'f:image': {} } } },
    };
    const live = deployment({ containers: [container('x:9')] }, [GIT, entry('updater', theirs), scaled]);
    expect(left(live, { managers: ['updater'] })).toEqual(
      deployment({ replicas: 3, args: ['a', 'b'], containers: [{ name: 'app', cpu: 1 }] }, []),
    );
  });

  test('nothing of a list that is owned whole: there the live part is taken', () => {
    const live = deployment({ args: ['a', 'z'] }, [GIT, entry('other', { 'f:spec': { 'f:args': {} } })]);
    expect(left(live, { jsonPointers: ['/spec/args/1'] })).toMatchObject({ spec: { args: ['a', 'z'] } });
  });
});

test('who touched an object is who owns what drifted, else whoever wrote last', () => {
  const scaler = entry('scaler', { 'f:spec': { 'f:replicas': {} } }, { time: '2026-01-02T00:00:00Z' });
  const editor = entry('kubectl-edit', { 'f:metadata': {} }, { time: '2026-01-03T00:00:00Z' });
  const live = deployment({ replicas: 5, containers: [container('x:1')], args: ['a'] }, [
    GIT,
    editor,
    scaler,
  ]);
  const after = deployment({ replicas: 3, containers: [container('x:1')], args: ['a'] });
  const touched = touchOf(live, driftedFields(live, after, undefined));
  expect(touched).toEqual({ manager: 'scaler', time: '2026-01-02T00:00:00Z', fields: ['spec.replicas'] });
  expect(describeTouches(new Map([['apps/Deployment/shop/web', touched]]))).toBe(
    'spec.replicas of Deployment/web (by scaler)',
  );
  const removed = deployment({ replicas: 3, containers: [container('x:1')] }, [GIT, editor, scaler]);
  expect(touchOf(removed, driftedFields(removed, after, undefined))).toMatchObject({
    manager: 'kubectl-edit',
    fields: ['spec.args'],
  });
});
