import { array, boolean, ref, string, struct } from '../../../schema/dsl.ts';

export const GroupSubject = struct('io.k8s.api.flowcontrol.v1.GroupSubject', {
  name: string({ required: true }),
});

export const ServiceAccountSubject = struct('io.k8s.api.flowcontrol.v1.ServiceAccountSubject', {
  name: string({ required: true }),
  namespace: string({ required: true }),
});

export const UserSubject = struct('io.k8s.api.flowcontrol.v1.UserSubject', {
  name: string({ required: true }),
});

export const Subject = struct(
  'io.k8s.api.flowcontrol.v1.Subject',
  {
    group: ref(() => GroupSubject),
    kind: string({ required: true }),
    serviceAccount: ref(() => ServiceAccountSubject),
    user: ref(() => UserSubject),
  },
  {
    unions: [
      {
        discriminator: 'kind',
        'fields-to-discriminateBy': { group: 'Group', serviceAccount: 'ServiceAccount', user: 'User' },
      },
    ],
  },
);

export const NonResourcePolicyRule = struct('io.k8s.api.flowcontrol.v1.NonResourcePolicyRule', {
  nonResourceURLs: array(string(), { required: true, listType: 'set' }),
  verbs: array(string(), { required: true, listType: 'set' }),
});

export const ResourcePolicyRule = struct('io.k8s.api.flowcontrol.v1.ResourcePolicyRule', {
  apiGroups: array(string(), { required: true, listType: 'set' }),
  clusterScope: boolean(),
  namespaces: array(string(), { listType: 'set' }),
  resources: array(string(), { required: true, listType: 'set' }),
  verbs: array(string(), { required: true, listType: 'set' }),
});

export const PolicyRulesWithSubjects = struct('io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects', {
  nonResourceRules: array(
    ref(() => NonResourcePolicyRule),
    { listType: 'atomic' },
  ),
  resourceRules: array(
    ref(() => ResourcePolicyRule),
    { listType: 'atomic' },
  ),
  subjects: array(
    ref(() => Subject),
    { required: true, listType: 'atomic' },
  ),
});
