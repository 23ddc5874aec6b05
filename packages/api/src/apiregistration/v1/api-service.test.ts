import { expect, test } from 'vitest';
import { createErrors, stored } from '../../testing/objects.ts';
import { apiService } from './api-service.ts';

const service = (name: string, spec: object) => ({
  metadata: { name },
  spec: { groupPriorityMinimum: 100, versionPriority: 10, ...spec },
});

test('a local one is available at once', () => {
  const { status } = stored(apiService, service('v1.apps', { group: 'apps', version: 'v1' }));
  expect(status).toMatchObject({ conditions: [{ type: 'Available', status: 'True', reason: 'Local' }] });
});

test('names, priorities and backends', () => {
  expect(createErrors(apiService, service('a', { group: 'g', version: 'v1' }))).toEqual([
    'metadata.name: Invalid value: "a": must be `spec.version+"."+spec.group`: "v1.g"',
  ]);
  expect(
    createErrors(
      apiService,
      service('v1.g', {
        group: 'g',
        version: 'v1',
        groupPriorityMinimum: 0,
        service: { namespace: 'n' },
        caBundle: 'AAAA',
        insecureSkipTLSVerify: true,
      }),
    ),
  ).toEqual([
    'spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000',
    'spec.service.name: Required value',
    'spec.insecureSkipTLSVerify: Invalid value: true: may not be true if caBundle is present',
  ]);
});
