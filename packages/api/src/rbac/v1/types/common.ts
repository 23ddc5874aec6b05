import { array, string, struct } from '../../../schema/dsl.ts';

export const PolicyRule = struct('io.k8s.api.rbac.v1.PolicyRule', {
  apiGroups: array(string(), { listType: 'atomic', description: 'API groups; * for all.' }),
  nonResourceURLs: array(string(), {
    listType: 'atomic',
    description: 'URL paths; * at the end stands for anything.',
  }),
  resourceNames: array(string(), { listType: 'atomic', description: 'Names; empty for all.' }),
  resources: array(string(), { listType: 'atomic', description: 'Resources; * for all.' }),
  verbs: array(string(), { required: true, listType: 'atomic', description: 'What may be done; * for all.' }),
});

export const RoleRef = struct(
  'io.k8s.api.rbac.v1.RoleRef',
  {
    apiGroup: string({ default: 'rbac.authorization.k8s.io', published: '' }),
    kind: string({ required: true }),
    name: string({ required: true }),
  },
  { mapType: 'atomic' },
);

export const Subject = struct(
  'io.k8s.api.rbac.v1.Subject',
  {
    apiGroup: string(),
    kind: string({ required: true }),
    name: string({ required: true }),
    namespace: string(),
  },
  { mapType: 'atomic' },
);
