import { array, string, struct } from '../../../schema/dsl.ts';

export const PolicyRule = struct(
  'io.k8s.api.rbac.v1.PolicyRule',
  {
    apiGroups: array(string(), {
      listType: 'atomic',
      description: 'Groups of the resources; empty text for the core group, * for all.',
    }),
    nonResourceURLs: array(string(), {
      listType: 'atomic',
      description: 'Paths; * at the end stands for anything. Only in a ClusterRole.',
    }),
    resourceNames: array(string(), { listType: 'atomic', description: 'Names of the objects. Empty: all.' }),
    resources: array(string(), {
      listType: 'atomic',
      description: 'Resources, with the subresource after a slash; * for all.',
    }),
    verbs: array(string(), {
      required: true,
      listType: 'atomic',
      description: 'What may be done, such as get, list, watch, create; * for all.',
    }),
  },
  { description: 'Verbs that are allowed on some resources or paths.' },
);

export const RoleRef = struct(
  'io.k8s.api.rbac.v1.RoleRef',
  {
    apiGroup: string({
      default: 'rbac.authorization.k8s.io',
      published: '',
      description: 'rbac.authorization.k8s.io. Set when empty.',
    }),
    kind: string({ required: true, description: 'Role or ClusterRole.' }),
    name: string({ required: true, description: 'Name of the role.' }),
  },
  { mapType: 'atomic', description: 'The role that a binding grants.' },
);

export const Subject = struct(
  'io.k8s.api.rbac.v1.Subject',
  {
    apiGroup: string({
      description: 'rbac.authorization.k8s.io for User and Group, empty for ServiceAccount. Set when empty.',
    }),
    kind: string({ required: true, description: 'User, Group or ServiceAccount.' }),
    name: string({ required: true, description: 'Name of the subject.' }),
    namespace: string({ description: 'Namespace of a ServiceAccount; empty for the others.' }),
  },
  { mapType: 'atomic', description: 'Someone who gets rights.' },
);
