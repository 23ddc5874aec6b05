import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, ref, string, struct } from '../../schema/dsl.ts';

export const ResourceRule = struct(
  'io.k8s.api.authorization.v1.ResourceRule',
  {
    apiGroups: array(string(), { listType: 'atomic', description: 'Groups of the resources; * for all.' }),
    resourceNames: array(string(), { listType: 'atomic', description: 'Names of the objects. Empty: all.' }),
    resources: array(string(), {
      listType: 'atomic',
      description: 'Resources, with the subresource after a slash; * for all.',
    }),
    verbs: array(string(), { required: true, listType: 'atomic', description: 'Verbs; * for all.' }),
  },
  { description: 'Verbs that are allowed on some resources.' },
);

export const SelfSubjectRulesReviewSpec = struct(
  'io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec',
  {
    namespace: string({ description: 'Namespace that is asked about.' }),
  },
  { description: 'Where the client asks what it may do.' },
);

export const NonResourceRule = struct(
  'io.k8s.api.authorization.v1.NonResourceRule',
  {
    nonResourceURLs: array(string(), {
      listType: 'atomic',
      description: 'Paths; * alone, or at the end, stands for anything.',
    }),
    verbs: array(string(), {
      required: true,
      listType: 'atomic',
      description: 'HTTP methods in lower case; * for all.',
    }),
  },
  { description: 'Verbs that are allowed on some paths.' },
);

export const SubjectRulesReviewStatus = struct(
  'io.k8s.api.authorization.v1.SubjectRulesReviewStatus',
  {
    evaluationError: string({ description: 'What went wrong; the lists are then incomplete.' }),
    incomplete: boolean({ required: true, description: 'Whether there may be more that is allowed.' }),
    nonResourceRules: array(
      ref(() => NonResourceRule),
      { required: true, listType: 'atomic', description: 'What is allowed on paths, in no order.' },
    ),
    resourceRules: array(
      ref(() => ResourceRule),
      { required: true, listType: 'atomic', description: 'What is allowed on resources, in no order.' },
    ),
  },
  { description: 'What someone may do in a namespace.' },
);

export const SelfSubjectRulesReview = struct(
  'io.k8s.api.authorization.v1.SelfSubjectRulesReview',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => SelfSubjectRulesReviewSpec, {
      required: true,
      description: 'The namespace that is asked about.',
    }),
    status: ref(() => SubjectRulesReviewStatus, { description: 'What is allowed there.' }),
  },
  { description: 'Asks what the caller may do in a namespace.' },
);

export const selfSubjectRulesReview = defineKind({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectRulesReview',
  plural: 'selfsubjectrulesreviews',
  singular: 'selfsubjectrulesreview',
  namespaced: false,
  verbs: ['create'],
  type: SelfSubjectRulesReview,
});
