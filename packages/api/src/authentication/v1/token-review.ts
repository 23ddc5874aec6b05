import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, ref, string, struct } from '../../schema/dsl.ts';
import { UserInfo } from './types/common.ts';

export const TokenReviewSpec = struct('io.k8s.api.authentication.v1.TokenReviewSpec', {
  audiences: array(string(), { listType: 'atomic' }),
  token: string({ required: true, published: null }),
});

export const TokenReviewStatus = struct('io.k8s.api.authentication.v1.TokenReviewStatus', {
  audiences: array(string(), { listType: 'atomic' }),
  authenticated: boolean(),
  error: string(),
  user: ref(() => UserInfo, { byValue: true }),
});

export const TokenReview = struct(
  'io.k8s.api.authentication.v1.TokenReview',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => TokenReviewSpec, { required: true }),
    status: ref(() => TokenReviewStatus),
  },
  { description: 'Asks whose token this is.' },
);

export const tokenReview = defineKind({
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'TokenReview',
  plural: 'tokenreviews',
  singular: 'tokenreview',
  namespaced: false,
  verbs: ['create'],
  type: TokenReview,
});
