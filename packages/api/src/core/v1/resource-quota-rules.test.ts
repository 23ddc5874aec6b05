import { expect, test } from 'vitest';
import { createErrors } from '../../testing/objects.ts';
import { resourceQuota } from './resource-quota.ts';

test('a scope that does not go with a resource is shown as the original shows it', () => {
  const matchExpressions = [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }];
  const spec = { hard: { pods: '5', services: '5' }, scopeSelector: { matchExpressions } };
  expect(createErrors(resourceQuota, { metadata: { name: 'q', namespace: 'default' }, spec })).toEqual([
    'spec.scopeSelector.matchExpressions: Invalid value: {"MatchExpressions":[{"ScopeName":"PriorityClass","Operator":"In","Values":["high"]}]}: unsupported scope applied to resource',
  ]);
});
