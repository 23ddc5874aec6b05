import type { Pod, TokenRequest } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { namespaceOf, uidOf } from '../kubelet/pod.ts';
import type { TokenSource } from './payload.ts';

interface Cached {
  readonly token: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

const MAX_AGE_MS = 24 * 3_600_000;

/** Tokens bound to pods, by TokenRequest; renewed at 80 % of their life, or after a day. */
export class ServiceAccountTokens implements TokenSource {
  readonly #client: Client;
  readonly #now: () => number;
  readonly #cache = new Map<string, Cached>();

  constructor(client: Client, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  async token(pod: Pod, audience: string | undefined, expirationSeconds: number): Promise<string> {
    const account = pod.spec.serviceAccountName ?? 'default';
    const key = `${uidOf(pod)}|${account}|${audience ?? ''}|${expirationSeconds}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined && !this.#isDue(cached)) return cached.token;
    try {
      const fresh = await this.#request(pod, account, audience, expirationSeconds);
      this.#cache.set(key, fresh);
      return fresh.token;
    } catch (error) {
      // A token that still works beats none while the server can't be reached.
      if (cached !== undefined && cached.expiresAt > this.#now()) return cached.token;
      throw new Error(`failed to fetch token: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Epoch milliseconds at which the next of the pod's tokens is due; undefined when it has none. */
  nextRenewal(podUid: string): number | undefined {
    let next: number | undefined;
    for (const [key, cached] of this.#cache) {
      if (!key.startsWith(`${podUid}|`)) continue;
      const at = Math.min(
        cached.issuedAt + 0.8 * (cached.expiresAt - cached.issuedAt),
        cached.issuedAt + MAX_AGE_MS,
      );
      next = next === undefined ? at : Math.min(next, at);
    }
    return next;
  }

  release(podUid: string): void {
    for (const key of this.#cache.keys()) if (key.startsWith(`${podUid}|`)) this.#cache.delete(key);
  }

  #isDue({ issuedAt, expiresAt }: Cached): boolean {
    const now = this.#now();
    return now > issuedAt + 0.8 * (expiresAt - issuedAt) || now > issuedAt + MAX_AGE_MS;
  }

  async #request(
    pod: Pod,
    account: string,
    audience: string | undefined,
    expirationSeconds: number,
  ): Promise<Cached> {
    const path = `/api/v1/namespaces/${namespaceOf(pod)}/serviceaccounts/${account}/token`;
    const issuedAt = this.#now();
    const answer = await this.#client.request<TokenRequest>('POST', path, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        audiences: audience === undefined || audience === '' ? [] : [audience],
        expirationSeconds,
        boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: pod.metadata.name, uid: uidOf(pod) },
      },
    });
    const { token, expirationTimestamp } = answer.status ?? {};
    if (token === undefined || token === '') throw new Error('the server answered no token');
    const expiresAt = Date.parse(expirationTimestamp ?? '');
    return {
      token,
      issuedAt,
      expiresAt: Number.isNaN(expiresAt) ? issuedAt + expirationSeconds * 1000 : expiresAt,
    };
  }
}
