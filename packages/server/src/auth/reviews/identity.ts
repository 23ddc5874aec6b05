import type { SelfSubjectRulesReviewSpec, TokenReviewSpec } from '@gantry/api/generated/types';
import { badRequest, isStatusError } from '@gantry/machinery/status';
import type { VirtualHandler } from '../../handler.ts';
import type { UserInfo } from '../../request.ts';
import type { Authentication } from '../authentication/authentication.ts';
import type { Authorization } from '../authorization/authorization.ts';

const userStatus = (user: UserInfo): Record<string, unknown> => ({
  username: user.name,
  ...(user.uid === undefined ? {} : { uid: user.uid }),
  groups: [...user.groups],
  ...(user.extra === undefined ? {} : { extra: user.extra }),
});

/** `kubectl auth whoami`. */
export const selfSubjectReview: VirtualHandler = {
  group: 'authentication.k8s.io',
  resource: 'selfsubjectreviews',
  async create(body, { user }) {
    return { ...body, status: { userInfo: userStatus(user) } };
  },
};

/** `kubectl auth can-i --list`. */
export const selfSubjectRulesReview = (authorization: Authorization): VirtualHandler => ({
  group: 'authorization.k8s.io',
  resource: 'selfsubjectrulesreviews',
  async create(body, { user }) {
    const { namespace } = (body.spec ?? {}) as SelfSubjectRulesReviewSpec;
    if (namespace === undefined || namespace === '') throw badRequest('no namespace on request');
    const rules = authorization.rules.rulesFor(user, namespace);
    const resourceRules = rules
      .filter(({ resources }) => (resources?.length ?? 0) > 0)
      .map(({ verbs, apiGroups = [], resources = [], resourceNames }) => ({
        ...{ verbs, apiGroups, resources },
        ...(resourceNames === undefined ? {} : { resourceNames }),
      }));
    const nonResourceRules = rules
      .filter(({ nonResourceURLs }) => (nonResourceURLs?.length ?? 0) > 0)
      .map(({ verbs, nonResourceURLs = [] }) => ({ verbs, nonResourceURLs }));
    const incomplete = authorization.rulesIncomplete(user);
    return {
      ...body,
      status: {
        ...{ resourceRules, nonResourceRules, incomplete },
        ...(incomplete ? { evaluationError: 'node authorizer does not support user rule resolution' } : {}),
      },
    };
  },
});

/** Whose a bearer token is. Service-account tokens are asked for the audiences named; personal tokens hold for the API server alone. */
export const tokenReview = (authentication: Authentication): VirtualHandler => ({
  group: 'authentication.k8s.io',
  resource: 'tokenreviews',
  async create(body) {
    const { token = '', audiences = [] } = (body.spec ?? {}) as Partial<TokenReviewSpec>;
    if (token === '') throw badRequest('token is required for TokenReview in authentication');
    const { tokens } = authentication;
    const wanted = audiences.length === 0 ? tokens.audiences : audiences;
    try {
      const known = await tokens.verify(token, wanted);
      if (known !== undefined) {
        return {
          ...body,
          status: { authenticated: true, user: userStatus(known.user), audiences: [...known.audiences] },
        };
      }
      const own = wanted.filter((audience) => tokens.audiences.includes(audience));
      if (own.length > 0) {
        const user = await authentication.authenticate({
          headers: { authorization: `Bearer ${token}` },
          path: '',
        });
        return { ...body, status: { authenticated: true, user: userStatus(user), audiences: own } };
      }
    } catch (error) {
      if (!isStatusError(error, 'Unauthorized')) throw error;
    }
    return { ...body, status: { user: {}, error: 'invalid bearer token' } };
  },
});
