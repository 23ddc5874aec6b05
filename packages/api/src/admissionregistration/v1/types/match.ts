import { LabelSelector } from '../../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../../schema/dsl.ts';

export const MatchCondition = struct(
  'io.k8s.api.admissionregistration.v1.MatchCondition',
  {
    expression: string({
      required: true,
      description: 'CEL expression; the request matches when it is true.',
    }),
    name: string({ required: true, description: 'Name of the condition, unique in the list.' }),
  },
  { description: 'A condition on a request, in CEL.' },
);

// Fields that webhooks and policies have alike.

export const matchConditions = array(
  ref(() => MatchCondition),
  {
    listType: 'map',
    listMapKeys: ['name'],
    patchStrategy: 'merge',
    patchMergeKey: 'name',
    description: 'Further conditions, all of which must hold. At most 64.',
  },
);

export const matchPolicy = string({
  default: 'Equivalent',
  description:
    'Exact: only the groups and versions stated; Equivalent: the same objects in others too. Default: Equivalent.',
});

export const namespaceSelector = ref(() => LabelSelector, {
  default: {},
  description:
    'Labels of the namespace of the object. Empty: all. Cluster-wide objects always match, but for namespaces.',
});

export const objectSelector = ref(() => LabelSelector, {
  default: {},
  description: 'Labels of the object, old or new. Empty: all.',
});

export const NamedRuleWithOperations = struct(
  'io.k8s.api.admissionregistration.v1.NamedRuleWithOperations',
  {
    apiGroups: array(string(), { listType: 'atomic', description: 'Groups of the resources; * for all.' }),
    apiVersions: array(string(), {
      listType: 'atomic',
      description: 'Versions of the resources; * for all.',
    }),
    operations: array(string(), {
      listType: 'atomic',
      description: 'CREATE, UPDATE, DELETE, CONNECT, or * for all.',
    }),
    resourceNames: array(string(), { listType: 'atomic', description: 'Names of the objects. Empty: all.' }),
    resources: array(string(), {
      listType: 'atomic',
      description: 'Resources, with the subresource after a slash; * for all but subresources, */* for all.',
    }),
    scope: string({ default: '*', description: 'Cluster, Namespaced, or * for both. Default: *.' }),
  },
  { mapType: 'atomic', description: 'A choice of requests by operation, resource and name.' },
);

export const MatchResources = struct(
  'io.k8s.api.admissionregistration.v1.MatchResources',
  {
    excludeResourceRules: array(
      ref(() => NamedRuleWithOperations),
      { listType: 'atomic', description: 'Requests that do not match, whatever resourceRules says.' },
    ),
    matchPolicy,
    namespaceSelector,
    objectSelector,
    resourceRules: array(
      ref(() => NamedRuleWithOperations),
      { listType: 'atomic', description: 'Requests that match: one of these is enough.' },
    ),
  },
  { mapType: 'atomic', description: 'A choice of requests by resource, namespace and label.' },
);
