import { array, boolean, ref, string, struct } from '../../../schema/dsl.ts';

export const GroupSubject = struct(
  'io.k8s.api.flowcontrol.v1.GroupSubject',
  {
    name: string({ required: true, description: 'Name of the group; * for all.' }),
  },
  { description: 'Requests of the members of a group.' },
);

export const ServiceAccountSubject = struct(
  'io.k8s.api.flowcontrol.v1.ServiceAccountSubject',
  {
    name: string({ required: true, description: 'Name of the service account; * for all.' }),
    namespace: string({ required: true, description: 'Namespace of the service account.' }),
  },
  { description: 'Requests of a service account.' },
);

export const UserSubject = struct(
  'io.k8s.api.flowcontrol.v1.UserSubject',
  {
    name: string({ required: true, description: 'Name of the user; * for all.' }),
  },
  { description: 'Requests of a user.' },
);

export const Subject = struct(
  'io.k8s.api.flowcontrol.v1.Subject',
  {
    group: ref(() => GroupSubject, { description: 'A group of users.' }),
    kind: string({ required: true, description: 'User, Group or ServiceAccount.' }),
    serviceAccount: ref(() => ServiceAccountSubject, { description: 'A service account.' }),
    user: ref(() => UserSubject, { description: 'A user.' }),
  },
  {
    unions: [
      {
        discriminator: 'kind',
        'fields-to-discriminateBy': { group: 'Group', serviceAccount: 'ServiceAccount', user: 'User' },
      },
    ],
    description: 'Who asks; the field of its kind is set.',
  },
);

export const NonResourcePolicyRule = struct(
  'io.k8s.api.flowcontrol.v1.NonResourcePolicyRule',
  {
    nonResourceURLs: array(string(), {
      required: true,
      listType: 'set',
      description: 'Paths; * alone, or at the end after a slash, stands for anything.',
    }),
    verbs: array(string(), {
      required: true,
      listType: 'set',
      description: 'HTTP methods in lower case; * for all.',
    }),
  },
  { description: 'A choice of requests for paths that are no resources.' },
);

export const ResourcePolicyRule = struct(
  'io.k8s.api.flowcontrol.v1.ResourcePolicyRule',
  {
    apiGroups: array(string(), {
      required: true,
      listType: 'set',
      description: 'Groups of the resources; * for all.',
    }),
    clusterScope: boolean({ description: 'Whether requests without a namespace match. Default: false.' }),
    namespaces: array(string(), { listType: 'set', description: 'Namespaces of the requests; * for all.' }),
    resources: array(string(), {
      required: true,
      listType: 'set',
      description: 'Resources, with the subresource after a slash; * for all.',
    }),
    verbs: array(string(), { required: true, listType: 'set', description: 'Verbs; * for all.' }),
  },
  { description: 'A choice of requests for resources.' },
);

export const PolicyRulesWithSubjects = struct(
  'io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects',
  {
    nonResourceRules: array(
      ref(() => NonResourcePolicyRule),
      { listType: 'atomic', description: 'Requests for paths; one of these is enough.' },
    ),
    resourceRules: array(
      ref(() => ResourcePolicyRule),
      { listType: 'atomic', description: 'Requests for resources; one of these is enough.' },
    ),
    subjects: array(
      ref(() => Subject),
      { required: true, listType: 'atomic', description: 'Who asks; one of these is enough.' },
    ),
  },
  { description: 'A choice of requests by user and by what is asked for.' },
);
