import { expect, test } from 'vitest';
import type { Repository, RepositorySpec } from '../../generated/types.ts';
import { repositoryRules } from './repository-rules.ts';

const CONTEXT = { user: 'alice', dryRun: false, subresource: '' };
const repository = (spec: RepositorySpec): Repository => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Repository',
  metadata: { name: 'shop', namespace: 'ns' },
  spec,
});
const fields = (spec: RepositorySpec, old?: RepositorySpec): string[] =>
  (
    repositoryRules.validate?.(
      repository(spec),
      CONTEXT as never,
      old === undefined ? undefined : repository(old),
    ) ?? []
  ).map(({ field }) => field);

test('a repository is hosted, or at an address that Git can read', () => {
  for (const url of [
    'https://host/x.git',
    'http://127.0.0.1:80/x',
    'ssh://git@host/x',
    'git@host:team/x.git',
  ])
    expect(fields({ url }), url).toEqual([]);
  for (const url of ['foo', 'file:///etc', 'ftp://x/y', '/srv/git'])
    expect(fields({ url }), url).toEqual(['spec.url']);
  expect(fields({ hosted: true })).toEqual([]);
  expect(fields({})).toEqual(['spec.url']);
  expect(fields({ url: 'https://host/x', hosted: true })).toEqual(['spec.url']);
});

test('an interval is a duration; what is stored already stays', () => {
  expect(fields({ hosted: true, interval: '1m30s' })).toEqual([]);
  expect(fields({ hosted: true, interval: 'soon' })).toEqual(['spec.interval']);
  const odd = { url: 'foo', interval: 'soon' };
  expect(fields(odd, odd)).toEqual([]);
});
