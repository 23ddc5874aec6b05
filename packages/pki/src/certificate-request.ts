// tsyringe, inside @peculiar/x509, needs the polyfill to be loaded before it.
import 'reflect-metadata';
import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { KeyPair } from './certificate.ts';

/** What a request asks to be certified. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly organizations: readonly string[];
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly emailAddresses: readonly string[];
  readonly uris: readonly string[];
}

export interface SigningOptions {
  /** As certificates.k8s.io names them: `digital signature`, `client auth`, … */
  readonly usages: readonly string[];
  readonly notBefore: Date;
  /** Cut to the authority's own end. */
  readonly notAfter: Date;
  readonly now: Date;
}

const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
const { KeyUsageFlags: Flag, ExtendedKeyUsage: Extended } = x509;

const KEY_USAGES: Readonly<Record<string, number>> = {
  signing: Flag.digitalSignature,
  'digital signature': Flag.digitalSignature,
  'content commitment': Flag.nonRepudiation,
  'key encipherment': Flag.keyEncipherment,
  'key agreement': Flag.keyAgreement,
  'data encipherment': Flag.dataEncipherment,
  'cert sign': Flag.keyCertSign,
  'crl sign': Flag.cRLSign,
  'encipher only': Flag.encipherOnly,
  'decipher only': Flag.decipherOnly,
};

/** In the order in which they are written. */
const EXTENDED_USAGES: Readonly<Record<string, string>> = {
  any: '2.5.29.37.0',
  'server auth': Extended.serverAuth,
  'client auth': Extended.clientAuth,
  'code signing': Extended.codeSigning,
  'email protection': Extended.emailProtection,
  's/mime': Extended.emailProtection,
  'ipsec end system': '1.3.6.1.5.5.7.3.5',
  'ipsec tunnel': '1.3.6.1.5.5.7.3.6',
  'ipsec user': '1.3.6.1.5.5.7.3.7',
  timestamping: Extended.timeStamping,
  'ocsp signing': Extended.ocspSigning,
  'microsoft sgc': '1.3.6.1.4.1.311.10.3.3',
  'netscape sgc': '2.16.840.1.113730.4.1',
};

function requestOf(pem: string): x509.Pkcs10CertificateRequest {
  if (!/-----BEGIN CERTIFICATE REQUEST-----/.test(pem))
    throw new Error('PEM block type must be CERTIFICATE REQUEST');
  return new x509.Pkcs10CertificateRequest(pem);
}

const alternativeNames = (request: x509.Pkcs10CertificateRequest) =>
  request.extensions.find((extension) => extension.type === SUBJECT_ALTERNATIVE_NAME);

/** Reads a PKCS #10 request, PEM. Throws an Error when it is none. */
export function parseCertificateRequest(pem: string): CertificateRequest {
  const request = requestOf(pem);
  const found = alternativeNames(request);
  const names =
    found === undefined ? [] : new x509.SubjectAlternativeNameExtension(found.rawData).names.toJSON();
  const of = (type: string): string[] => names.filter((name) => name.type === type).map(({ value }) => value);
  return {
    // Of several, the last one counts, as for whoever reads the certificate.
    commonName: request.subjectName.getField('CN').at(-1) ?? '',
    organizations: request.subjectName.getField('O'),
    dnsNames: of('dns'),
    ipAddresses: of('ip'),
    emailAddresses: of('email'),
    uris: of('url'),
  };
}

interface SigningKey {
  readonly key: webcrypto.CryptoKey;
  readonly algorithm: webcrypto.EcdsaParams | webcrypto.Algorithm;
}

/** The authority's key: RSA, or EC on P-256, P-384 or P-521. */
async function signingKey(pem: string): Promise<SigningKey> {
  const key = createPrivateKey(pem);
  const der = key.export({ type: 'pkcs8', format: 'der' });
  if (key.asymmetricKeyType === 'rsa') {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    return { key: await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']), algorithm };
  }
  const curves: Readonly<Record<string, readonly [string, string]>> = {
    prime256v1: ['P-256', 'SHA-256'],
    secp384r1: ['P-384', 'SHA-384'],
    secp521r1: ['P-521', 'SHA-512'],
  };
  const curve = curves[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (curve === undefined) throw new Error('the signing key must be RSA, or EC on P-256, P-384 or P-521');
  const [namedCurve, hash] = curve;
  const algorithm = { name: 'ECDSA', namedCurve, hash };
  return { key: await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']), algorithm };
}

function usageExtensions(usages: readonly string[]): x509.Extension[] {
  const unknown = usages.filter((usage) => !(usage in KEY_USAGES) && !(usage in EXTENDED_USAGES));
  if (unknown.length > 0)
    throw new Error(
      `unrecognized usage values: [${unknown.map((usage) => JSON.stringify(usage)).join(' ')}]`,
    );
  const flags = usages.reduce((all, usage) => all | (KEY_USAGES[usage] ?? 0), 0);
  const extended = Object.entries(EXTENDED_USAGES).flatMap(([usage, oid]) =>
    usages.includes(usage) ? [oid] : [],
  );
  return [
    ...(flags === 0 ? [] : [new x509.KeyUsagesExtension(flags, true)]),
    ...(extended.length === 0 ? [] : [new x509.ExtendedKeyUsageExtension([...new Set(extended)])]),
  ];
}

/**
 * Signs a request as `authority`: its subject and alternative names, with the usages and times given. PEM in and out.
 * Throws an Error when the request is not signed by its own key, a usage is unknown, or the authority has ended.
 */
export async function signCertificateRequest(
  authority: KeyPair,
  pem: string,
  options: SigningOptions,
): Promise<string> {
  const request = requestOf(pem);
  if (!(await request.verify())) throw new Error('unable to verify certificate request signature');
  const issuer = new x509.X509Certificate(authority.cert);
  const end = issuer.notAfter;
  if (options.notBefore >= end) throw new Error(`the signer has expired: NotAfter=${end.toISOString()}`);
  if (options.now >= end)
    throw new Error(`refusing to sign a certificate that expired in the past: NotAfter=${end.toISOString()}`);
  const { key, algorithm } = await signingKey(authority.key);
  const names = alternativeNames(request);
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString('hex'),
    subject: request.subjectName,
    issuer: issuer.subjectName,
    notBefore: options.notBefore,
    notAfter: new Date(Math.min(options.notAfter.getTime(), end.getTime())),
    publicKey: request.publicKey,
    signingKey: key,
    signingAlgorithm: algorithm,
    extensions: [
      ...usageExtensions(options.usages),
      new x509.BasicConstraintsExtension(false, undefined, true),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(names === undefined ? [] : [names]),
    ],
  });
  const text = certificate.toString('pem');
  return text.endsWith('\n') ? text : `${text}\n`;
}
