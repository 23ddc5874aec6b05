import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { roleBindingColumns } from './rbac-columns.ts';
import { roleBindingRules } from './rbac-rules.ts';
import { RoleRef, Subject } from './types/common.ts';

export const RoleBinding = struct(
  'io.k8s.api.rbac.v1.RoleBinding',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    roleRef: ref(() => RoleRef, {
      required: true,
      description: 'A Role in the same namespace, or a ClusterRole. Can not change.',
    }),
    subjects: array(
      ref(() => Subject),
      { listType: 'atomic', description: 'Who gets the rights.' },
    ),
  },
  { description: 'Gives a role to users within one namespace.' },
);

export const roleBinding = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'RoleBinding',
  plural: 'rolebindings',
  singular: 'rolebinding',
  namespaced: true,
  nameRule: 'pathSegment',
  type: RoleBinding,
  rules: roleBindingRules,
  columns: roleBindingColumns,
});
