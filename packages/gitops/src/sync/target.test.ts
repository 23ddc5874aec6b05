import type {
  Application,
  ApplicationSource,
  Repository,
  RepositoryStatus,
} from '@gantry/api/generated/types';
import { describe, expect, test } from 'vitest';
import { targetOf } from './target.ts';

const [A, B, C] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)];

const application = (source: Partial<ApplicationSource>): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { source: { repository: 'shop', ...source } },
});

const repository = (status?: RepositoryStatus): Repository => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Repository',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: {},
  ...(status === undefined ? {} : { status }),
});

const known = repository({
  branches: { main: A, dev: B },
  tags: { 'v1.0.0': A, 'v1.2.0': B, '1.10.0': C, 'v2.0.0-rc.1': C, latest: B },
});

const at = (source: Partial<ApplicationSource>, from = known) => targetOf(application(source), from);

describe('what an Application is to be at', () => {
  test('is its branch, tag, highest version or commit; the more exact one wins', () => {
    expect(at({})).toBe(A);
    expect(at({ branch: 'dev' })).toBe(B);
    expect(at({ branch: 'dev', tag: 'v1.0.0' })).toBe(A);
    expect(at({ tag: 'latest' })).toBe(B);
    expect(at({ tag: 'latest', semver: '>=1.0.0 <2' })).toBe(C);
    expect(at({ semver: '~1.2' })).toBe(B);
    expect(at({ semver: '>=2.0.0-0' })).toBe(C);
    expect(at({ semver: '1.x', commit: 'd'.repeat(40) })).toBe('d'.repeat(40));
    expect(at({ commit: 'd'.repeat(64) }, repository())).toBe('d'.repeat(64));
  });

  test('is told in words when it is not there', () => {
    expect(() => at({ branch: 'no' })).toThrow('branch "no" is not there (yet) in Repository shop');
    expect(() => at({ tag: 'v9' })).toThrow('tag "v9" is not there (yet) in Repository shop');
    expect(() => at({ semver: '>=9' })).toThrow('no tag of Repository shop is a version in ">=9" (yet)');
    expect(() => at({ semver: 'newest' })).toThrow('source.semver "newest" is no range');
    expect(() => at({ commit: 'abc123' })).toThrow('source.commit "abc123" is no full commit id');
  });

  test('is not known before anybody looked, and why not when nobody could', () => {
    expect(at({}, repository())).toBeUndefined();
    const ready = {
      type: 'Ready',
      status: 'False' as const,
      reason: 'SourceUnreachable',
      message: 'no route',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    expect(() => at({ tag: 'v1' }, repository({ conditions: [ready] }))).toThrow('Repository shop: no route');
    // What was known before stays good.
    expect(at({}, repository({ conditions: [ready], branches: { main: A } }))).toBe(A);
  });

  test('of an empty range is any release', () => {
    expect(at({ semver: '*' })).toBe(C);
  });
});
