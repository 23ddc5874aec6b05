import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { SubjectAccessReviewSpec, SubjectAccessReviewStatus } from './types/common.ts';

export const SubjectAccessReview = struct(
  'io.k8s.api.authorization.v1.SubjectAccessReview',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => SubjectAccessReviewSpec, {
      required: true,
      description: 'The request and the user that are asked about.',
    }),
    status: ref(() => SubjectAccessReviewStatus, { description: 'The answer.' }),
  },
  { description: 'Asks whether a user may do something.' },
);

export const subjectAccessReview = defineKind({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SubjectAccessReview',
  plural: 'subjectaccessreviews',
  singular: 'subjectaccessreview',
  namespaced: false,
  verbs: ['create'],
  type: SubjectAccessReview,
});
