import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { SubjectAccessReviewSpec, SubjectAccessReviewStatus } from './types/common.ts';

export const LocalSubjectAccessReview = struct(
  'io.k8s.api.authorization.v1.LocalSubjectAccessReview',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => SubjectAccessReviewSpec, {
      required: true,
      description: 'The request that is asked about. Its namespace is that of the object.',
    }),
    status: ref(() => SubjectAccessReviewStatus, { description: 'The answer.' }),
  },
  { description: 'Asks whether a user may do something in one namespace.' },
);

export const localSubjectAccessReview = defineKind({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'LocalSubjectAccessReview',
  plural: 'localsubjectaccessreviews',
  singular: 'localsubjectaccessreview',
  namespaced: true,
  verbs: ['create'],
  type: LocalSubjectAccessReview,
});
