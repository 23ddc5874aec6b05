import { createHash } from 'node:crypto';
import { mayDo } from '@gantry/client/access-review';
import type { Client } from '@gantry/client/port';
import { isStatusError } from '@gantry/machinery/status';

export interface Identity {
  readonly name: string;
  readonly groups: readonly string[];
}

interface SelfSubjectReview {
  readonly status?: {
    readonly userInfo?: { readonly username?: string; readonly groups?: readonly string[] };
  };
}

const CACHE_MS = 30_000;
const CACHE_MAX = 1_000;

/** Who an `Authorization` header is, as the API server says. */
export class Identities {
  readonly #anonymous: Client;
  readonly #cache = new Map<string, { identity: Identity; until: number }>();

  /** `anonymous` carries no credentials of its own. */
  constructor(anonymous: Client) {
    this.#anonymous = anonymous;
  }

  /** Undefined when the credentials are wrong. Throws when the API server can't be asked. */
  async identify(authorization: string): Promise<Identity | undefined> {
    const key = createHash('sha256').update(authorization).digest('base64');
    const known = this.#cache.get(key);
    if (known !== undefined && known.until > Date.now()) return known.identity;
    const identity = await this.#ask(authorization);
    if (identity === undefined) return undefined;
    if (this.#cache.size >= CACHE_MAX) this.#cache.clear();
    this.#cache.set(key, { identity, until: Date.now() + CACHE_MS });
    return identity;
  }

  async #ask(authorization: string): Promise<Identity | undefined> {
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
    try {
      const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
      const answer = await this.#anonymous.request<SelfSubjectReview>('POST', path, review, {
        authorization,
      });
      const user = answer.status?.userInfo;
      return user?.username === undefined ? undefined : { name: user.username, groups: user.groups ?? [] };
    } catch (error) {
      if (isStatusError(error, 'Unauthorized') || isStatusError(error, 'Forbidden')) return undefined;
      throw error;
    }
  }
}

/** Verbs on `repositories`, of which any one will do. `push` alone is for whom must not change the Repository itself. */
const VERBS = { fetch: ['get'], push: ['update', 'push'] } as const;

/** Why the user may not do this to the hosted repository; undefined = allowed. */
export async function whyDenied(
  client: Client,
  identity: Identity,
  action: keyof typeof VERBS,
  repository: string,
): Promise<string | undefined> {
  const { name: user, groups } = identity;
  const resource = { group: 'gitops.gantry.dev', resource: 'repositories' };
  for (const verb of VERBS[action]) {
    const attributes = { ...resource, verb, namespace: repository, name: repository };
    if (await mayDo(client, { user, groups }, attributes)) return undefined;
  }
  return `user ${JSON.stringify(identity.name)} may not ${VERBS[action].join(' or ')} repositories.gitops.gantry.dev ${JSON.stringify(repository)} in the namespace ${JSON.stringify(repository)}`;
}
