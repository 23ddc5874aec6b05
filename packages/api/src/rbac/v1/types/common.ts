import { array, string, struct } from '../../../schema/dsl.ts';

export const PolicyRule = struct('io.k8s.api.rbac.v1.PolicyRule', {
  apiGroups: array(string(), { listType: 'atomic' }),
  nonResourceURLs: array(string(), { listType: 'atomic' }),
  resourceNames: array(string(), { listType: 'atomic' }),
  resources: array(string(), { listType: 'atomic' }),
  verbs: array(string(), { required: true, listType: 'atomic' }),
});

export const RoleRef = struct(
  'io.k8s.api.rbac.v1.RoleRef',
  {
    apiGroup: string({ default: 'rbac.authorization.k8s.io' }),
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
