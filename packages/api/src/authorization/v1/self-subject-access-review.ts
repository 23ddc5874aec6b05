import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { NonResourceAttributes, ResourceAttributes, SubjectAccessReviewStatus } from './types/common.ts';

export const SelfSubjectAccessReviewSpec = struct(
  'io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec',
  {
    nonResourceAttributes: ref(() => NonResourceAttributes, { description: 'A request for a path.' }),
    resourceAttributes: ref(() => ResourceAttributes, { description: 'A request for a resource.' }),
  },
  { description: 'A request of the client itself; one of the two fields is set.' },
);

export const SelfSubjectAccessReview = struct(
  'io.k8s.api.authorization.v1.SelfSubjectAccessReview',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => SelfSubjectAccessReviewSpec, {
      required: true,
      description: 'The request that is asked about; one of the two fields is set.',
    }),
    status: ref(() => SubjectAccessReviewStatus, { description: 'The answer.' }),
  },
  { description: 'Asks whether the caller may do something.' },
);

export const selfSubjectAccessReview = defineKind({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectAccessReview',
  plural: 'selfsubjectaccessreviews',
  singular: 'selfsubjectaccessreview',
  namespaced: false,
  verbs: ['create'],
  type: SelfSubjectAccessReview,
});
