import { X509Certificate } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AuthenticationInput, Authenticator, UserInfo } from '../../request.ts';
import { withAuthenticated } from '../users.ts';

const MAX_CACHED = 1024;

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : [];
};

/**
 * Common name → user, organizations → groups. The TLS layer has verified the chain; the times are checked again, because
 * a connection may outlive its certificate. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates
 */
export function createX509Authenticator(now: () => number): Authenticator {
  const cache = new LRUCache<string, { readonly user: UserInfo; readonly from: number; readonly to: number }>(
    {
      max: MAX_CACHED,
    },
  );
  return {
    authenticate(input: AuthenticationInput): UserInfo | undefined {
      if (input.clientCertificate === undefined) return undefined;
      const key = input.clientCertificate.toString('latin1');
      let entry = cache.get(key);
      if (entry === undefined) {
        const certificate = new X509Certificate(input.clientCertificate);
        const subject = certificate.toLegacyObject().subject as unknown as Readonly<Record<string, unknown>>;
        const name = texts(subject.CN).at(0);
        if (name === undefined) return undefined;
        entry = {
          user: { name, groups: withAuthenticated(texts(subject.O)) },
          from: Date.parse(certificate.validFrom),
          to: Date.parse(certificate.validTo),
        };
        cache.set(key, entry);
      }
      const time = now();
      return time >= entry.from && time <= entry.to ? entry.user : undefined;
    },
  };
}
