import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { roleRules } from './rbac-rules.ts';
import { PolicyRule } from './types/common.ts';

export const Role = struct(
  'io.k8s.api.rbac.v1.Role',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    rules: array(
      ref(() => PolicyRule),
      { listType: 'atomic', description: 'What is allowed.' },
    ),
  },
  { description: 'Rights within one namespace.' },
);

export const role = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'Role',
  plural: 'roles',
  singular: 'role',
  namespaced: true,
  nameRule: 'pathSegment',
  type: Role,
  rules: roleRules,
});
