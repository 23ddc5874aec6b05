import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, ref, string, struct } from '../../schema/dsl.ts';
import { UserInfo } from './types/common.ts';

export const TokenReviewSpec = struct(
  'io.k8s.api.authentication.v1.TokenReviewSpec',
  {
    audiences: array(string(), {
      listType: 'atomic',
      description: 'Audiences, one of which the token must be for. Empty: those of the API server.',
    }),
    token: string({ required: true, published: null, description: 'The token.' }),
  },
  { description: 'A token to check.' },
);

export const TokenReviewStatus = struct(
  'io.k8s.api.authentication.v1.TokenReviewStatus',
  {
    audiences: array(string(), {
      listType: 'atomic',
      description: 'Audiences asked for that the token is for.',
    }),
    authenticated: boolean({ description: 'Whether the token is valid.' }),
    error: string({ description: 'Why the token could not be checked.' }),
    user: ref(() => UserInfo, { byValue: true, description: 'Whose token it is.' }),
  },
  { description: 'Whether a token is valid, and whose it is.' },
);

export const TokenReview = struct(
  'io.k8s.api.authentication.v1.TokenReview',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => TokenReviewSpec, {
      required: true,
      description: 'The token and who must be among its audiences.',
    }),
    status: ref(() => TokenReviewStatus, { description: 'Whose token it is.' }),
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
