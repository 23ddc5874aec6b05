import type { VirtualHandler } from '../../handler.ts';
import type { Authentication } from '../authentication/authentication.ts';
import type { Authorization } from '../authorization/authorization.ts';
import { accessReviewHandlers } from './access.ts';
import { selfSubjectReview, selfSubjectRulesReview, tokenReview } from './identity.ts';
import { tokenRequest } from './token-request.ts';

/** Every resource of authentication and authorization that answers without being stored. */
export function virtualHandlers(options: {
  readonly authentication: Authentication;
  readonly authorization: Authorization;
  /** Longest life of a service-account token. */
  readonly maxTokenSeconds?: number;
  /** Whether tokens of pods live on after the time asked for; default true. */
  readonly extendTokens?: boolean;
  readonly now?: () => number;
}): readonly VirtualHandler[] {
  const { authentication, authorization, now = Date.now } = options;
  return [
    ...accessReviewHandlers(authorization),
    selfSubjectReview,
    selfSubjectRulesReview(authorization),
    tokenReview(authentication),
    tokenRequest({
      ...{ tokens: authentication.tokens, authorizer: authorization, now },
      maxSeconds: options.maxTokenSeconds ?? Number.POSITIVE_INFINITY,
      extend: options.extendTokens ?? true,
    }),
  ];
}
