import type { Application, ApplySetResult } from '@gantry/api/generated/types';
import { expect, it } from 'vitest';
import { tellWorkloads } from './object-events.ts';

const application = {
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { source: { repository: 'shop' } },
} satisfies Application;

const result = (kind: string, operation: NonNullable<ApplySetResult['operation']>): ApplySetResult => ({
  ...{ apiVersion: 'apps/v1', kind, name: 'web', operation },
  after: { metadata: { name: 'web' } },
});

function told(results: readonly ApplySetResult[], applied = true): string[] {
  const texts: string[] = [];
  const events = {
    event: (_object: unknown, _type: string, reason: string, text: string) =>
      texts.push(`${reason}: ${text}`),
  };
  tellWorkloads(events, application, { commit: 'c0ffee1234', results, problems: [], applied });
  return texts;
}

it('tells of workloads that changed, a few of them, once they are stored', () => {
  const results = [result('Deployment', 'update'), result('ConfigMap', 'update'), result('Job', 'none')];
  expect(told(results)).toEqual(['Synced: Changed by commit c0ffee1 of Application shop/web']);
  expect(told(results, false)).toEqual([]);
  expect(told(Array.from({ length: 100 }, () => result('Deployment', 'create')))).toHaveLength(20);
});
