import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, ref, string, struct } from '../../schema/dsl.ts';

export const ResourceRule = struct('io.k8s.api.authorization.v1.ResourceRule', {
  apiGroups: array(string(), { listType: 'atomic' }),
  resourceNames: array(string(), { listType: 'atomic' }),
  resources: array(string(), { listType: 'atomic' }),
  verbs: array(string(), { required: true, listType: 'atomic' }),
});

export const SelfSubjectRulesReviewSpec = struct('io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec', {
  namespace: string(),
});

export const NonResourceRule = struct('io.k8s.api.authorization.v1.NonResourceRule', {
  nonResourceURLs: array(string(), { listType: 'atomic' }),
  verbs: array(string(), { required: true, listType: 'atomic' }),
});

export const SubjectRulesReviewStatus = struct('io.k8s.api.authorization.v1.SubjectRulesReviewStatus', {
  evaluationError: string(),
  incomplete: boolean({ required: true }),
  nonResourceRules: array(
    ref(() => NonResourceRule),
    { required: true, listType: 'atomic' },
  ),
  resourceRules: array(
    ref(() => ResourceRule),
    { required: true, listType: 'atomic' },
  ),
});

export const SelfSubjectRulesReview = struct(
  'io.k8s.api.authorization.v1.SelfSubjectRulesReview',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => SelfSubjectRulesReviewSpec, { required: true }),
    status: ref(() => SubjectRulesReviewStatus),
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
