import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { UserInfo } from './types/common.ts';

export const SelfSubjectReviewStatus = struct(
  'io.k8s.api.authentication.v1.SelfSubjectReviewStatus',
  {
    userInfo: ref(() => UserInfo, { byValue: true, description: 'Name, groups and further facts.' }),
  },
  { description: 'The user as the server sees it.' },
);

export const SelfSubjectReview = struct(
  'io.k8s.api.authentication.v1.SelfSubjectReview',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    status: ref(() => SelfSubjectReviewStatus, { description: 'Who the client is.' }),
  },
  { description: 'Asks who the caller is.' },
);

export const selfSubjectReview = defineKind({
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectReview',
  plural: 'selfsubjectreviews',
  singular: 'selfsubjectreview',
  namespaced: false,
  verbs: ['create'],
  type: SelfSubjectReview,
});
