import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { clusterRoleRules } from './rbac-rules.ts';
import { PolicyRule } from './types/common.ts';

export const AggregationRule = struct(
  'io.k8s.api.rbac.v1.AggregationRule',
  {
    clusterRoleSelectors: array(
      ref(() => LabelSelector),
      {
        listType: 'atomic',
        description: 'Labels of ClusterRoles; the rules of all that match one of these are joined.',
      },
    ),
  },
  { description: 'ClusterRoles that a ClusterRole is put together from.' },
);

export const ClusterRole = struct(
  'io.k8s.api.rbac.v1.ClusterRole',
  {
    aggregationRule: ref(() => AggregationRule, {
      description: 'ClusterRoles to put the rules together from. A controller then writes rules.',
    }),
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    rules: array(
      ref(() => PolicyRule),
      { listType: 'atomic', description: 'What is allowed.' },
    ),
  },
  { description: 'Rights on cluster-wide objects, or for use in any namespace.' },
);

export const clusterRole = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
  singular: 'clusterrole',
  namespaced: false,
  nameRule: 'pathSegment',
  type: ClusterRole,
  rules: clusterRoleRules,
});
