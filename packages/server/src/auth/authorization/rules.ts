import type { PolicyRule } from '@gantry/api/generated/types';
import type { RequestAttributes } from '../../request.ts';

const has = (list: readonly string[] | undefined, value: string): boolean =>
  list !== undefined && (list.includes('*') || list.includes(value));

/** `*`, `pods`, `pods/log`; and a subresource of all resources, star slash name. Nothing in between, as in the original. */
export function resourceMatches(
  resources: readonly string[] | undefined,
  resource: string,
  subresource: string,
): boolean {
  if (resources === undefined) return false;
  const combined = subresource === '' ? resource : `${resource}/${subresource}`;
  return (
    resources.includes('*') ||
    resources.includes(combined) ||
    (subresource !== '' && resources.includes(`*/${subresource}`))
  );
}

/** A path itself, or `prefix*`. */
export function pathMatches(patterns: readonly string[] | undefined, path: string): boolean {
  return (
    patterns?.some(
      (pattern) =>
        pattern === '*' ||
        pattern === path ||
        (pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1))),
    ) ?? false
  );
}

/** All of a rule but its resourceNames. */
export function ruleMatchesKind(rule: PolicyRule, attributes: RequestAttributes): boolean {
  return (
    has(rule.verbs, attributes.verb) &&
    has(rule.apiGroups, attributes.group) &&
    resourceMatches(rule.resources, attributes.resource, attributes.subresource)
  );
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export function ruleAllows(rule: PolicyRule, attributes: RequestAttributes): boolean {
  if (!attributes.isResourceRequest) {
    return has(rule.verbs, attributes.verb) && pathMatches(rule.nonResourceURLs, attributes.path);
  }
  return (
    ruleMatchesKind(rule, attributes) &&
    (rule.resourceNames === undefined ||
      rule.resourceNames.length === 0 ||
      rule.resourceNames.includes(attributes.name))
  );
}

function coversResource(owned: readonly string[] | undefined, asked: string): boolean {
  const slash = asked.indexOf('/');
  return slash < 0
    ? has(owned, asked)
    : resourceMatches(owned, asked.slice(0, slash), asked.slice(slash + 1));
}

/** Splits a rule into rules of one verb and one group-resource (and name), or one verb and one path. */
function* atoms(rule: PolicyRule): Generator<PolicyRule> {
  for (const verb of rule.verbs) {
    for (const group of rule.apiGroups ?? []) {
      for (const resource of rule.resources ?? []) {
        const names = rule.resourceNames ?? [];
        const base = { apiGroups: [group], resources: [resource], verbs: [verb] };
        if (names.length === 0) yield base;
        for (const name of names) yield { ...base, resourceNames: [name] };
      }
    }
    for (const path of rule.nonResourceURLs ?? []) yield { nonResourceURLs: [path], verbs: [verb] };
  }
}

function atomCovered(atom: PolicyRule, owned: readonly PolicyRule[]): boolean {
  const [verb = ''] = atom.verbs;
  const path = atom.nonResourceURLs?.[0];
  if (path !== undefined) {
    return owned.some((rule) => has(rule.verbs, verb) && pathMatches(rule.nonResourceURLs, path));
  }
  const [group = '', resource = '', name] = [
    atom.apiGroups?.[0],
    atom.resources?.[0],
    atom.resourceNames?.[0],
  ];
  return owned.some((rule) => {
    const names = rule.resourceNames ?? [];
    return (
      has(rule.verbs, verb) &&
      has(rule.apiGroups, group) &&
      coversResource(rule.resources, resource) &&
      (names.length === 0 || (name !== undefined && names.includes(name)))
    );
  });
}

/** The parts of `asked` that `owned` does not hold, joined by group, resource and name again. Empty = covered. */
export function uncovered(owned: readonly PolicyRule[], asked: readonly PolicyRule[]): PolicyRule[] {
  const missing = new Map<string, PolicyRule>();
  for (const rule of asked) {
    for (const atom of atoms(rule)) {
      if (atomCovered(atom, owned)) continue;
      const key = JSON.stringify([atom.apiGroups, atom.resources, atom.resourceNames, atom.nonResourceURLs]);
      const known = missing.get(key);
      if (known === undefined) missing.set(key, atom);
      else if (!known.verbs.includes(atom.verbs[0] ?? '')) known.verbs.push(...atom.verbs);
    }
  }
  return [...missing.values()];
}

/** A rule as the original prints it in escalation errors: `{APIGroups:[""], Resources:["pods"], Verbs:["get"]}`. */
export function formatRule(rule: PolicyRule): string {
  const part = (label: string, list: readonly string[] | undefined): string[] =>
    list === undefined || list.length === 0
      ? []
      : [`${label}:[${list.map((one) => JSON.stringify(one)).join(' ')}]`];
  const parts = [
    ...part('APIGroups', rule.apiGroups),
    ...part('Resources', rule.resources),
    ...part('NonResourceURLs', rule.nonResourceURLs),
    ...part('ResourceNames', rule.resourceNames),
    ...part('Verbs', rule.verbs),
  ];
  return `{${parts.join(', ')}}`;
}
