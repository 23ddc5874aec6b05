import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { roleBindingColumns } from './rbac-columns.ts';
import { clusterRoleBindingRules } from './rbac-rules.ts';
import { RoleRef, Subject } from './types/common.ts';

export const ClusterRoleBinding = struct(
  'io.k8s.api.rbac.v1.ClusterRoleBinding',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    roleRef: ref(() => RoleRef, { required: true, description: 'A ClusterRole. Can not change.' }),
    subjects: array(
      ref(() => Subject),
      { listType: 'atomic', description: 'Who gets the rights.' },
    ),
  },
  { description: 'Gives a ClusterRole to users everywhere.' },
);

export const clusterRoleBinding = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  singular: 'clusterrolebinding',
  namespaced: false,
  nameRule: 'pathSegment',
  type: ClusterRoleBinding,
  rules: clusterRoleBindingRules,
  columns: roleBindingColumns,
});
