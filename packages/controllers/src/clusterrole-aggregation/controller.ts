import type { ClusterRole, PolicyRule } from '@gantry/api/generated/types';
import { clusterRoles } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { matchesSelector } from '../shared/labels.ts';
import { DONE } from '../shared/outcomes.ts';
import { canonical } from '../shared/pod-template.ts';

/** The rules of all roles that one of the selectors takes in, by name, each once. */
export function aggregate(role: ClusterRole, all: readonly ClusterRole[]): PolicyRule[] {
  const rules = new Map<string, PolicyRule>();
  for (const selector of role.aggregationRule?.clusterRoleSelectors ?? [])
    for (const other of [...all].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)))
      if (other.metadata.name !== role.metadata.name && matchesSelector(selector, other.metadata.labels))
        for (const rule of other.rules ?? []) rules.set(canonical(rule), rule);
  return [...rules.values()];
}

/** Fills the rules of ClusterRoles that are made of others. */
export const clusterRoleAggregationController = (): Controller => ({
  name: 'clusterrole-aggregation-controller',
  inputs: [
    input<ClusterRole>(clusterRoles, (_role, _old, { informers }) =>
      informers
        .informer(clusterRoles)
        .list()
        .filter((role) => role.aggregationRule !== undefined)
        .map((role) => role.metadata.name),
    ),
  ],
  outputs: [{ resource: clusterRoles, verbs: ['update'] }],
  async reconcile(key, { client, informers }) {
    const informer = informers.informer(clusterRoles);
    const role = informer.get('', key);
    if (role?.aggregationRule === undefined) return DONE;
    const rules = aggregate(role, informer.list());
    const facts = (list: readonly PolicyRule[]) => list.map(canonical).sort().join('\n');
    if (facts(rules) !== facts(role.rules ?? [])) await client.update(clusterRoles, { ...role, rules });
    return DONE;
  },
});
