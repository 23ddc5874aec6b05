import type { ClusterRole, PolicyRule } from '@gantry/api/generated/types';

type Selector = NonNullable<NonNullable<ClusterRole['aggregationRule']>['clusterRoleSelectors']>[number];

function selects(selector: Selector, labels: Readonly<Record<string, string>>): boolean {
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return (
    equal &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      const listed = value !== undefined && values.includes(value);
      return operator === 'In' ? listed : operator === 'NotIn' && !listed;
    })
  );
}

/**
 * The rules that an aggregating ClusterRole should hold: those of all roles that its selectors match, in name order,
 * each rule once. Undefined when the role does not aggregate.
 */
export function aggregatedRules(role: ClusterRole, all: readonly ClusterRole[]): PolicyRule[] | undefined {
  const selectors = role.aggregationRule?.clusterRoleSelectors;
  if (selectors === undefined || selectors.length === 0) return undefined;
  const sources = all
    .filter(
      (other) =>
        other.metadata.name !== role.metadata.name &&
        selectors.some((selector) => selects(selector, other.metadata.labels ?? {})),
    )
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const rules = new Map<string, PolicyRule>();
  for (const rule of sources.flatMap((source) => source.rules ?? [])) rules.set(JSON.stringify(rule), rule);
  return [...rules.values()];
}
