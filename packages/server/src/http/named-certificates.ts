import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';

/** A certificate for clients that ask for certain names. */
export interface NamedCertificate {
  /** `example.com` or `*.example.com`; none: those of the certificate. */
  readonly names: readonly string[];
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
}

function namesOf({ names, cert }: NamedCertificate): readonly string[] {
  if (names.length > 0) return names;
  const { subject, subjectAltName = '' } = new X509Certificate(cert);
  const common = /^CN=(.+)$/m.exec(subject)?.[1];
  const others = subjectAltName.split(', ').filter((one) => one.startsWith('DNS:'));
  return [...(common === undefined ? [] : [common]), ...others.map((one) => one.slice('DNS:'.length))];
}

/** TLS contexts by the name that a client asks for. Throws an Error when a certificate can't be used. */
export class NamedCertificates {
  #contexts = new Map<string, SecureContext>();

  /** The first certificate of a name counts. */
  replace(certificates: readonly NamedCertificate[], clientCa: string | Buffer | undefined): void {
    const contexts = new Map<string, SecureContext>();
    for (const one of certificates) {
      const { cert, key } = one;
      const context = createSecureContext({ cert, key, ...(clientCa === undefined ? {} : { ca: clientCa }) });
      for (const name of namesOf(one).map((text) => text.toLowerCase()))
        if (!contexts.has(name)) contexts.set(name, context);
    }
    this.#contexts = contexts;
  }

  /** Undefined: the server's own certificate. A wildcard stands for one label. */
  find(name: string): SecureContext | undefined {
    const wanted = name.toLowerCase();
    const dot = wanted.indexOf('.');
    return this.#contexts.get(wanted) ?? (dot < 0 ? undefined : this.#contexts.get(`*${wanted.slice(dot)}`));
  }
}
