import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';

/** What a connection's client showed. */
export interface ClientCertificate {
  /** DER of the leaf, when an authority that we trust signed it. */
  readonly der?: Buffer;
  /** SHA-256 of the authority at the end of the chain, hexadecimal with colons as Node writes it. */
  readonly authority?: string;
  readonly commonName?: string;
  /** A certificate was shown, and no authority of ours stands behind it. */
  readonly fault?: string;
}

const NONE: ClientCertificate = Object.freeze({});
const known = new WeakMap<TLSSocket, ClientCertificate>();
/** Longer chains are nobody's. */
const MAX_CHAIN = 10;

/** Whether the issuer's key made the signature. */
function isSignedBy(certificate: Buffer, issuer: Buffer): boolean {
  try {
    return new X509Certificate(certificate).verify(new X509Certificate(issuer).publicKey);
  } catch {
    return false;
  }
}

/**
 * Fingerprint of the authority at the end of the chain; undefined when a link of it does not hold. A client may send,
 * beside its own certificate, another in its authority's name that leads elsewhere; Node does not say that it looks at
 * more than names when it strings the chain together, so each signature is checked here.
 */
function rootOf(leaf: DetailedPeerCertificate): string | undefined {
  let certificate = leaf;
  for (let depth = 0; depth < MAX_CHAIN; depth++) {
    const issuer = certificate.issuerCertificate as DetailedPeerCertificate | undefined;
    if (
      issuer === undefined ||
      issuer === certificate ||
      issuer.fingerprint256 === certificate.fingerprint256
    )
      return certificate.fingerprint256;
    if (!isSignedBy(certificate.raw, issuer.raw)) return undefined;
    certificate = issuer;
  }
  return undefined;
}

function read(socket: TLSSocket): ClientCertificate {
  const certificate = socket.getPeerCertificate?.(true);
  if (certificate === undefined || certificate === null || certificate.raw === undefined) return NONE;
  if (!socket.authorized)
    return { fault: `verifying certificate failed: ${String(socket.authorizationError ?? 'unknown')}` };
  const authority = rootOf(certificate);
  if (authority === undefined)
    return { fault: 'verifying certificate failed: its chain does not lead to its authority' };
  const { CN } = certificate.subject as { CN?: string | string[] };
  const commonName = Array.isArray(CN) ? CN.at(-1) : CN;
  return { der: certificate.raw, authority, ...(commonName === undefined ? {} : { commonName }) };
}

/** The client's certificate; looked up once a connection. */
export function clientCertificateOf(socket: TLSSocket): ClientCertificate {
  let found = known.get(socket);
  if (found === undefined) {
    found = read(socket);
    known.set(socket, found);
  }
  return found;
}
