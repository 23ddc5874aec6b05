// tsyringe, inside @peculiar/x509, needs the polyfill to be loaded before it.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { Subject } from '../certificate.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface NewRequest {
  /** PKCS #10, PEM. */
  readonly request: string;
  /** PKCS #8, PEM. */
  readonly key: string;
}

/** A request for a certificate, with a new key: what a kubelet or a person sends. */
export async function newCertificateRequest(
  subject: Subject,
  names: x509.JsonGeneralNames = [],
): Promise<NewRequest> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [...(subject.organizations ?? []).map((one) => ({ O: [one] })), { CN: [subject.commonName] }],
    keys,
    signingAlgorithm: algorithm,
    extensions: names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)],
  });
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { request: `${request.toString('pem')}\n`, key: x509.PemConverter.encode(der, 'PRIVATE KEY') };
}
