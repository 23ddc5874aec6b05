import type { PeerCertificate, TLSSocket } from 'node:tls';

/** Only the apiserver, by its certificate, may reach into containers. */
const ALLOWED_ORGANIZATION = 'system:masters';
const ALLOWED_NAMES = ['kube-apiserver-kubelet-client'];

/** How a caller is turned away: 401 without a certificate that the cluster's CA signed, 403 with another's than the apiserver's. */
export interface Refusal {
  readonly code: 401 | 403;
  readonly text: string;
}

/** Undefined when the caller may ask. A resumed session counts as authorized even without a certificate, so there must be one. */
export function refusalOf(socket: Pick<TLSSocket, 'authorized' | 'getPeerCertificate'>): Refusal | undefined {
  // Null, unlike its type says, when the caller has hung up.
  const certificate: PeerCertificate | null = socket.getPeerCertificate();
  const subject = certificate?.subject;
  if (!socket.authorized || subject === undefined) return { code: 401, text: 'Unauthorized' };
  const organizations: readonly string[] = [subject.O ?? []].flat();
  const allowed =
    organizations.includes(ALLOWED_ORGANIZATION) ||
    [subject.CN ?? []].flat().some((name) => ALLOWED_NAMES.includes(name));
  return allowed ? undefined : { code: 403, text: 'Forbidden' };
}
