import { isObject } from '@gantry/machinery/json';
import type { UserInfo } from '../../request.ts';
import { withAuthenticated } from '../users.ts';
import { cachedTokens, type TokenAuthenticator, TokenFault } from './token-authenticator.ts';

export interface TokenWebhookOptions {
  readonly version: 'v1' | 'v1beta1';
  /** The API server's own audiences; an answer without audiences holds for them. */
  readonly audiences: readonly string[];
  /** How long answers are reused. */
  readonly cacheMs: number;
  /** Posts a TokenReview; rejects when no answer came. */
  post(body: string): Promise<unknown>;
  readonly now: () => number;
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

function userOf(value: unknown): UserInfo | undefined {
  if (!isObject(value) || typeof value.username !== 'string' || value.username === '') return undefined;
  const { username, uid, groups, extra } = value;
  const entries = isObject(extra) ? Object.entries(extra).map(([key, list]) => [key, texts(list)]) : [];
  return {
    name: username,
    ...(typeof uid === 'string' && uid !== '' ? { uid } : {}),
    groups: withAuthenticated(texts(groups), username),
    ...(entries.length === 0 ? {} : { extra: Object.fromEntries(entries) as Record<string, string[]> }),
  };
}

/** Asks another server whose a token is, by TokenReviews. */
export function createTokenWebhook(options: TokenWebhookOptions): TokenAuthenticator {
  const { version, audiences: own, cacheMs, now } = options;
  const review = async (token: string, wanted: readonly string[]) => {
    const answer = await options
      .post(
        JSON.stringify({
          kind: 'TokenReview',
          apiVersion: `authentication.k8s.io/${version}`,
          metadata: {},
          spec: { token, ...(wanted.length === 0 ? {} : { audiences: wanted }) },
          status: { user: {} },
        }),
      )
      .catch((error: unknown) => {
        throw new TokenFault(error instanceof Error ? error.message : String(error));
      });
    return isObject(answer) && isObject(answer.status) ? answer.status : {};
  };
  const inner: TokenAuthenticator = {
    async authenticate(token, wanted) {
      const status = await review(token, wanted);
      // A token that holds for nobody who asks is not the webhook's, whatever else it says of it.
      const holds = texts(status.audiences);
      const audiences = wanted.filter((audience) => (holds.length === 0 ? own : holds).includes(audience));
      if (wanted.length > 0 && audiences.length === 0) return undefined;
      if (status.authenticated !== true) {
        if (typeof status.error === 'string' && status.error !== '') throw new TokenFault(status.error);
        return undefined;
      }
      const user = userOf(status.user);
      if (user === undefined) throw new TokenFault('webhook returned no user');
      return { user, audiences };
    },
  };
  return cachedTokens(inner, { successMs: cacheMs, failureMs: cacheMs, now });
}
