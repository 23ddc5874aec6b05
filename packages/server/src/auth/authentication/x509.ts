import { createHash, X509Certificate } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AuthenticationInput, Authenticator, UserInfo } from '../../request.ts';
import { withAuthenticated } from '../users.ts';
import { TokenFault } from './token-authenticator.ts';

const MAX_CACHED = 1024;
/** The part of a subject that holds a user's UID. */
const UID_OID = '1.3.6.1.4.1.57683.2';
export const CREDENTIAL_ID = 'authentication.kubernetes.io/credential-id';

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : [];
};

function uidOf(subject: Readonly<Record<string, unknown>>): string | undefined {
  const uids = texts(subject[UID_OID]);
  if (uids.length > 1) throw new TokenFault(`expected 1 UID, but found multiple: [${uids.join(' ')}]`);
  return uids[0];
}

interface Known {
  readonly user: UserInfo;
  readonly from: number;
  readonly to: number;
}

function read(der: Buffer): Known | undefined {
  const certificate = new X509Certificate(der);
  const subject = certificate.toLegacyObject().subject as unknown as Readonly<Record<string, unknown>>;
  // Of several, the last one counts, as in the original.
  const name = texts(subject.CN).at(-1);
  if (name === undefined) return undefined;
  const uid = uidOf(subject);
  const fingerprint = createHash('sha256').update(der).digest('hex');
  return {
    user: {
      name,
      ...(uid === undefined ? {} : { uid }),
      groups: withAuthenticated(texts(subject.O), name),
      extra: { [CREDENTIAL_ID]: [`X509SHA256=${fingerprint}`] },
    },
    from: Date.parse(certificate.validFrom),
    to: Date.parse(certificate.validTo),
  };
}

/**
 * Common name → user, organizations → groups. The TLS layer has verified the chain and the key usage; the times are
 * checked again, because a connection may outlive its certificate. `authorities`: fingerprints of those that sign users'
 * certificates; absent = the TLS layer trusts no others. A certificate that does not hold is a wrong credential.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates
 */
export function createX509Authenticator(now: () => number, authorities?: ReadonlySet<string>): Authenticator {
  const cache = new LRUCache<string, Known>({ max: MAX_CACHED });
  return {
    authenticate(input: AuthenticationInput): UserInfo | undefined {
      if (input.clientCertificateFault !== undefined) throw new TokenFault(input.clientCertificateFault);
      if (input.clientCertificate === undefined) return undefined;
      if (authorities !== undefined && !authorities.has(input.clientAuthority ?? ''))
        throw new TokenFault('x509: certificate signed by unknown authority');
      const key = input.clientCertificate.toString('latin1');
      let entry = cache.get(key);
      if (entry === undefined) {
        entry = read(input.clientCertificate);
        if (entry === undefined) return undefined;
        cache.set(key, entry);
      }
      const time = now();
      if (time < entry.from || time > entry.to)
        throw new TokenFault('x509: certificate has expired or is not yet valid');
      return entry.user;
    },
  };
}
