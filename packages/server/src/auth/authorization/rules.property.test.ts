import type { PolicyRule } from '@gantry/api/generated/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributes } from '../testing/fakes.ts';
import { ruleAllows, uncovered } from './rules.ts';

const some = (values: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const VERBS = ['get', 'list', 'create'];
const GROUPS = ['', 'apps'];
const RESOURCES = ['pods', 'deployments'];
const SUBRESOURCES = ['', 'log', 'scale'];
const NAMES = ['x', 'y'];
const PATHS = ['/a', '/a/b', '/b'];

const resourceRule: fc.Arbitrary<PolicyRule> = fc.record(
  {
    verbs: some([...VERBS, '*']),
    apiGroups: some([...GROUPS, '*']),
    resources: some(['pods', 'deployments', 'pods/log', 'deployments/scale', '*/scale', '*']),
    resourceNames: some(NAMES),
  },
  { requiredKeys: ['verbs', 'apiGroups', 'resources'] },
);
const urlRule: fc.Arbitrary<PolicyRule> = fc.record({
  verbs: some([...VERBS, '*']),
  nonResourceURLs: some([...PATHS, '/a*', '/a/*', '*']),
});
const rules = fc.array(fc.oneof(resourceRule, urlRule), { maxLength: 4 });

const everyRequest = VERBS.flatMap((verb) => [
  ...PATHS.map((path) => attributes({ isResourceRequest: false, verb, path })),
  ...GROUPS.flatMap((group) =>
    RESOURCES.flatMap((resource) =>
      SUBRESOURCES.flatMap((subresource) =>
        ['', ...NAMES].map((name) => attributes({ verb, group, resource, subresource, name })),
      ),
    ),
  ),
]);

describe('uncovered', () => {
  it('finds nothing missing only if the owner may do all that the rules allow', () => {
    fc.assert(
      fc.property(rules, rules, (owned, asked) => {
        if (uncovered(owned, asked).length > 0) return;
        for (const request of everyRequest) {
          const granted = asked.some((rule) => ruleAllows(rule, request));
          if (granted) expect(owned.some((rule) => ruleAllows(rule, request))).toBe(true);
        }
      }),
    );
  });

  it('covers what is owned, and what is missing covers the rest', () => {
    fc.assert(
      fc.property(rules, rules, (owned, asked) => {
        expect(uncovered(owned, owned)).toEqual([]);
        expect(uncovered([...owned, ...uncovered(owned, asked)], asked)).toEqual([]);
      }),
    );
  });
});
