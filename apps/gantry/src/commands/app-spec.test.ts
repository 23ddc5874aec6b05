import { describe, expect, it } from 'vitest';
import { newApplication, specPatch } from './app-spec.ts';

describe('what an Application is changed with', () => {
  it('lets go of what was followed when something else is named', () => {
    expect(specPatch({ tag: 'v1' })).toEqual({
      source: { branch: null, tag: 'v1', semver: null, commit: null },
    });
    expect(specPatch({ path: 'deploy' })).toEqual({ source: { path: 'deploy' } });
    expect(() => specPatch({ tag: 'v1', branch: 'main' })).toThrow('--branch and --tag');
  });

  it('holds what was said, and nothing else', () => {
    expect(specPatch({})).toEqual({});
    expect(specPatch({ autoSync: false, selfHeal: true, dependsOn: ['a', 'b/c'] })).toEqual({
      syncPolicy: { automated: false, selfHeal: true },
      dependsOn: [{ name: 'a' }, { name: 'c', namespace: 'b' }],
    });
    for (const text of ['a/b/c', '/a', 'a/'])
      expect(() => specPatch({ dependsOn: [text] }), text).toThrow('--depends-on');
  });

  it('makes one that follows the Repository of its name', () => {
    expect(newApplication('shop', 'ns', { branch: 'dev' }).spec).toEqual({
      source: { repository: 'shop', branch: 'dev' },
    });
  });
});
