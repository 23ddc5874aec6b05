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
  readonly now?: () => number;
}): readonly VirtualHandler[] {
  const { authentication, authorization, now = Date.now } = options;
  return [
    ...accessReviewHandlers(authorization),
    selfSubjectReview,
    selfSubjectRulesReview(authorization),
    tokenReview(authentication),
    tokenRequest(authentication.tokens, authorization, now),
  ];
}
