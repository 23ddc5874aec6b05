// tsyringe, inside @peculiar/x509, needs the polyfill to be loaded before it.
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

/** A certificate and its private key, as PEM (the key as PKCS #8). */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

export interface Subject {
  readonly commonName: string;
  /** Kubernetes reads them as groups. */
  readonly organizations?: readonly string[];
}

export interface LeafOptions {
  readonly subject: Subject;
  readonly usage: 'client' | 'server';
  /** DNS names and IP addresses, mixed; the subject alternative names. */
  readonly hosts?: readonly string[];
  readonly days?: number;
  readonly now?: Date;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;
/** Machines whose clock runs a little behind must accept a certificate made just now. */
const backdateMs = 5 * 60_000;

/** A self-signed certificate authority, valid for ten years. */
export async function createAuthority(commonName: string, now = new Date()): Promise<KeyPair> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: subjectName({ commonName }),
    ...validity(now, 3650),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign |
          x509.KeyUsageFlags.cRLSign |
          x509.KeyUsageFlags.digitalSignature |
          x509.KeyUsageFlags.keyEncipherment,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: toPemText(certificate.toString('pem')), key: await exportKey(keys.privateKey) };
}

/** A leaf certificate with a new P-256 key, signed by `authority`; valid for a year unless `days` says otherwise. */
export async function issueLeaf(authority: KeyPair, options: LeafOptions): Promise<KeyPair> {
  const keys = await newKeys();
  const issuer = new x509.X509Certificate(authority.cert);
  const hosts = options.hosts ?? [];
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: subjectName(options.subject),
    issuer: issuer.subjectName,
    ...validity(options.now ?? new Date(), options.days ?? 365, issuer.notAfter),
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
        true,
      ),
      new x509.ExtendedKeyUsageExtension([
        options.usage === 'client' ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.serverAuth,
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(hosts.length > 0 ? [new x509.SubjectAlternativeNameExtension(hosts.map(alternativeName))] : []),
    ],
  });
  return { cert: toPemText(certificate.toString('pem')), key: await exportKey(keys.privateKey) };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/** 16 bytes with the top bit clear, so that the number is positive, and the next one set, so that it has no leading zero. */
function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function subjectName(subject: Subject): x509.JsonName {
  return [
    ...(subject.organizations ?? []).map((organization) => ({ O: [organization] })),
    { CN: [subject.commonName] },
  ];
}

function validity(now: Date, days: number, notAfterAtMost?: Date): { notBefore: Date; notAfter: Date } {
  const end = now.getTime() + days * dayMs;
  return {
    notBefore: new Date(now.getTime() - backdateMs),
    notAfter: new Date(notAfterAtMost ? Math.min(end, notAfterAtMost.getTime()) : end),
  };
}

function alternativeName(host: string): x509.JsonGeneralName {
  return isIP(host) ? { type: 'ip', value: host } : { type: 'dns', value: host };
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return toPemText(x509.PemConverter.encode(der, 'PRIVATE KEY'));
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = x509.PemConverter.decodeFirst(pem);
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}

function toPemText(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`;
}
