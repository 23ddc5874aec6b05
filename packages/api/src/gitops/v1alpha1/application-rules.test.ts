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
