import type { SelfSubjectRulesReviewSpec, TokenReviewSpec } from '@gantry/api/generated/types';
import { badRequest } from '@gantry/machinery/status';
import { formatTime } from '@gantry/machinery/time';
import type { VirtualHandler } from '../../handler.ts';
import type { UserInfo } from '../../request.ts';
import type { Authentication } from '../authentication/authentication.ts';
import {
  type TokenAuthenticator,
  TokenFault,
  type TokenNotes,
} from '../authentication/token-authenticator.ts';
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
    const creationTimestamp = formatTime(new Date());
    return { ...body, metadata: { name: '', creationTimestamp }, status: { userInfo: userStatus(user) } };
  },
};

/** `kubectl auth can-i --list`. */
export const selfSubjectRulesReview = (authorization: Authorization): VirtualHandler => ({
  group: 'authorization.k8s.io',
  resource: 'selfsubjectrulesreviews',
  async create(body, { user }) {
    const { namespace } = (body.spec ?? {}) as SelfSubjectRulesReviewSpec;
    if (namespace === undefined || namespace === '') throw badRequest('no namespace on request');
    const { rules, fault } = authorization.rulesFor(user, namespace);
    const resourceRules = rules
      .filter(({ resources }) => (resources?.length ?? 0) > 0)
      .map(({ verbs, apiGroups = [], resources = [], resourceNames }) => ({
        ...{ verbs, apiGroups, resources },
        ...(resourceNames === undefined ? {} : { resourceNames }),
      }));
    const nonResourceRules = rules
      .filter(({ nonResourceURLs }) => (nonResourceURLs?.length ?? 0) > 0)
      .map(({ verbs, nonResourceURLs = [] }) => ({ verbs, nonResourceURLs }));
    return {
      ...body,
      metadata: { name: '' },
      spec: {},
      status: {
        ...{ resourceRules, nonResourceRules, incomplete: fault !== '' },
        ...(fault === '' ? {} : { evaluationError: fault }),
      },
    };
  },
});

/** Whose a bearer token is. A token that says nothing of audiences holds for the API server's own alone. */
export const tokenReview = ({ bearer, tokens }: Authentication): VirtualHandler => ({
  group: 'authentication.k8s.io',
  resource: 'tokenreviews',
  async create(body, { annotate }) {
    const { token = '', audiences = [] } = (body.spec ?? {}) as Partial<TokenReviewSpec>;
    if (token === '') throw badRequest('token is required for TokenReview in authentication');
    const notes: TokenNotes = {};
    const status = await reviewed(
      token,
      audiences.length === 0 ? tokens.audiences : audiences,
      bearer,
      notes,
    );
    for (const [key, value] of Object.entries(notes.annotations ?? {})) annotate?.(key, value);
    return { ...body, status };
  },
});

const NOBODY = 'invalid bearer token';

async function reviewed(
  token: string,
  wanted: readonly string[],
  bearer: TokenAuthenticator,
  notes: TokenNotes,
): Promise<Record<string, unknown>> {
  try {
    const known = await bearer.authenticate(token, wanted, notes);
    if (known === undefined) return { user: {}, error: NOBODY };
    return { authenticated: true, user: userStatus(known.user), audiences: [...known.audiences] };
  } catch (error) {
    // The server's own tokens are asked first, and don't know it either.
    if (error instanceof TokenFault)
      return { user: {}, error: new TokenFault(NOBODY, ...error.faults).message };
    throw error;
  }
}
