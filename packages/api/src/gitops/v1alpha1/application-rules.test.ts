import { expect, test } from 'vitest';
import type { Application } from '../../generated/types.ts';
import { applicationRules } from './application-rules.ts';

const CONTEXT = { user: 'alice', dryRun: false, subresource: '' };

const application = (spec: Partial<Application['spec']>): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'shop', namespace: 'ns' },
  spec: { source: { repository: 'shop' }, ...spec },
});
const fields = (spec: Partial<Application['spec']>, old?: Partial<Application['spec']>): string[] =>
  (
    applicationRules.validate?.(
      application(spec),
      CONTEXT as never,
      old === undefined ? undefined : application(old),
    ) ?? []
  ).map(({ field }) => field);

test('durations are durations, where they are new', () => {
  expect(fields({ syncPolicy: { timeout: '1h30m', retry: { first: '500ms', max: '1.5m' } } })).toEqual([]);
  const odd = { syncPolicy: { timeout: 'soon', retry: { first: '5', max: '' } } };
  expect(fields(odd)).toEqual([
    'spec.syncPolicy.timeout',
    'spec.syncPolicy.retry.first',
    'spec.syncPolicy.retry.max',
  ]);
  expect(fields(odd, odd)).toEqual([]);
});

test('nobody waits for itself', () => {
  expect(fields({ dependsOn: [{ name: 'other' }, { name: 'shop' }] })).toEqual(['spec.dependsOn[1].name']);
  expect(fields({ dependsOn: [{ name: 'shop', namespace: 'elsewhere' }] })).toEqual([]);
});

const source = (fields_: object) => ({ source: { repository: 'shop', ...fields_ } });

test('what can never be followed is refused, with the field', () => {
  for (const semver of ['>=1.2.0 <2', '1.x', '~1.2', '>= 2.0.0-0', '1.2.3 - 2', '^1 || v3', '*', ''])
    expect(fields(source({ semver })), semver).toEqual([]);
  for (const semver of ['not a range', 'newest', '>=', '1.2.3.4'])
    expect(fields(source({ semver })), semver).toEqual(['spec.source.semver']);
  expect(fields(source({ commit: 'a'.repeat(40) }))).toEqual([]);
  expect(fields(source({ commit: 'abc1234' }))).toEqual(['spec.source.commit']);
  expect(fields(source({ path: 'a/../../b' }))).toEqual(['spec.source.path']);
  expect(fields(source({ helm: { repositoryURL: 'ftp://x' } }))).toEqual([
    'spec.source.helm.chart',
    'spec.source.helm.repositoryURL',
  ]);
  expect(fields(source({ helm: { repositoryURL: 'oci://host/charts', chart: 'web' } }))).toEqual([]);
});

test('names of branches, tags, namespaces and accounts are names, where they are new', () => {
  for (const branch of ['main', 'release/1.2', 'feature/ünïcode', 'a.b', 'x@y', ''])
    expect(fields(source({ branch })), branch).toEqual([]);
  for (const name of [
    'refs/heads/main',
    'a b',
    'a..b',
    '/a',
    'a/',
    'a//b',
    'a.lock',
    '.a',
    'a~1',
    '-a',
    'a\\b',
    '@',
    'a@{1}',
    'a:b',
    'a*',
    'a\n',
  ]) {
    expect(fields(source({ branch: name })), name).toEqual(['spec.source.branch']);
    expect(fields(source({ tag: name })), name).toEqual(['spec.source.tag']);
  }
  expect(fields(source({ repository: 'Shop App' }))).toEqual(['spec.source.repository']);
  for (const namespace of ['Shop', 'a.b', 'a b', '-a', 'a'.repeat(64)])
    expect(fields({ destination: { namespace } }), namespace).toEqual(['spec.destination.namespace']);
  expect(fields({ destination: { namespace: 'shop-1' }, serviceAccountName: 'sync.v1' })).toEqual([]);
  for (const serviceAccountName of ['system:serviceaccount:a:b', 'Sync', 'a/b'])
    expect(fields({ serviceAccountName }), serviceAccountName).toEqual(['spec.serviceAccountName']);
  const odd = { destination: { namespace: 'Shop' }, serviceAccountName: 'A' };
  expect(fields(odd, odd)).toEqual([]);
});

test('rules of differences name something, and notifications an address', () => {
  expect(fields({ ignoreDifferences: [{ kind: 'Deployment' }] })).toEqual(['spec.ignoreDifferences[0]']);
  expect(fields({ ignoreDifferences: [{ kind: '*', jsonPointers: ['/a', 'spec/b'] }] })).toEqual([
    'spec.ignoreDifferences[0].jsonPointers[1]',
  ]);
  expect(fields({ ignoreDifferences: [{ kind: '*', managers: ['hpa'] }] })).toEqual([]);
  expect(fields({ notifications: [{ url: 'gopher://x' }] })).toEqual(['spec.notifications[0].url']);
});

test('what is stored already stays', () => {
  const odd = { ...source({ commit: 'abc' }), notifications: [{ url: 'x' }] };
  expect(fields(odd, odd)).toEqual([]);
});
