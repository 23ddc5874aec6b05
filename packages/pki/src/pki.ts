import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { createAuthority, issueLeaf, type KeyPair, type LeafOptions } from './certificate.ts';
import { readIfPresent, writeFileAtomic } from './files.ts';

export interface PkiOptions {
  /** Names and addresses under which clients reach the apiserver, beyond those that every cluster has. */
  readonly hosts: readonly string[];
  /** Its host name is added to the apiserver's names. */
  readonly publicUrl?: string;
  /** Cluster IP of the Service `kubernetes`. */
  readonly serviceIp: string;
  readonly clusterDomain?: string;
  readonly now?: Date;
}

/** Absolute paths of what `ensurePki` keeps. */
export interface PkiPaths {
  readonly caCert: string;
  readonly caKey: string;
  readonly apiserverCert: string;
  readonly apiserverKey: string;
  /** Signs service account tokens (RSA 2048: every client that verifies OIDC tokens must accept RS256). */
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  /** The apiserver's client certificate towards node agents. */
  readonly kubeletClientCert: string;
  readonly kubeletClientKey: string;
  /** Signs nothing but the next: who shows that may say on whose behalf it asks an aggregated API server. */
  readonly frontProxyCaCert: string;
  readonly frontProxyCaKey: string;
  /** The apiserver's client certificate towards aggregated API servers. */
  readonly frontProxyClientCert: string;
  readonly frontProxyClientKey: string;
}

const renewBeforeMs = 30 * 86_400_000;
/** The name that aggregated API servers are told to take user headers from. */
export const FRONT_PROXY_CLIENT = 'front-proxy-client';

/**
 * Makes what is missing in `dir` and reissues what is about to expire or names other hosts. A certificate is written
 * after its key, so that after a crash a pair is either whole or seen as missing. Throws when the authority is damaged:
 * a new one would shut out every client, so that is left to a person.
 */
export async function ensurePki(dir: string, options: PkiOptions): Promise<PkiPaths> {
  const paths = pkiPaths(dir);
  const authority = await ensureAuthority(paths.caCert, paths.caKey, 'gantry-ca', options.now);
  await ensureLeaf(authority, paths.apiserverCert, paths.apiserverKey, {
    subject: { commonName: 'kube-apiserver' },
    usage: 'server',
    hosts: apiserverHosts(options),
    ...(options.now ? { now: options.now } : {}),
  });
  await ensureLeaf(authority, paths.kubeletClientCert, paths.kubeletClientKey, {
    subject: { commonName: 'kube-apiserver-kubelet-client', organizations: ['system:masters'] },
    usage: 'client',
    ...(options.now ? { now: options.now } : {}),
  });
  await ensureFrontProxy(paths, options.now);
  await ensureServiceAccountKey(paths);
  return paths;
}

async function ensureFrontProxy(paths: PkiPaths, now?: Date): Promise<void> {
  const { frontProxyCaCert, frontProxyCaKey, frontProxyClientCert, frontProxyClientKey } = paths;
  const authority = await ensureAuthority(frontProxyCaCert, frontProxyCaKey, 'gantry-front-proxy-ca', now);
  await ensureLeaf(authority, frontProxyClientCert, frontProxyClientKey, {
    subject: { commonName: FRONT_PROXY_CLIENT },
    usage: 'client',
    ...(now ? { now } : {}),
  });
}

export function pkiPaths(dir: string): PkiPaths {
  return {
    caCert: join(dir, 'ca.crt'),
    caKey: join(dir, 'ca.key'),
    apiserverCert: join(dir, 'apiserver.crt'),
    apiserverKey: join(dir, 'apiserver.key'),
    serviceAccountKey: join(dir, 'sa.key'),
    serviceAccountPublicKey: join(dir, 'sa.pub'),
    kubeletClientCert: join(dir, 'kubelet-client.crt'),
    kubeletClientKey: join(dir, 'kubelet-client.key'),
    frontProxyCaCert: join(dir, 'front-proxy-ca.crt'),
    frontProxyCaKey: join(dir, 'front-proxy-ca.key'),
    frontProxyClientCert: join(dir, 'front-proxy-client.crt'),
    frontProxyClientKey: join(dir, 'front-proxy-client.key'),
  };
}

/** The authority's certificate and key. Throws when `ensurePki` has not run on `dir`. */
export async function loadAuthority(dir: string): Promise<KeyPair> {
  const { caCert, caKey } = pkiPaths(dir);
  const [cert, key] = await Promise.all([readIfPresent(caCert), readIfPresent(caKey)]);
  if (cert === undefined || key === undefined) throw new Error(`no certificate authority in ${dir}`);
  return { cert, key };
}

/** A client certificate of the cluster's authority, valid for a year. Kubernetes reads organizations as groups. */
export async function issueClientCertificate(
  dir: string,
  options: {
    readonly commonName: string;
    readonly organizations?: readonly string[];
    readonly days?: number;
  },
): Promise<KeyPair> {
  return issueLeaf(await loadAuthority(dir), {
    subject: {
      commonName: options.commonName,
      ...(options.organizations ? { organizations: options.organizations } : {}),
    },
    usage: 'client',
    ...(options.days === undefined ? {} : { days: options.days }),
  });
}

/** A serving certificate, for a node agent say: `system:node:NAME` of `system:nodes` with the node's names and addresses. */
export async function issueServerCertificate(
  dir: string,
  options: {
    readonly commonName: string;
    readonly organizations?: readonly string[];
    readonly hosts: readonly string[];
    readonly days?: number;
  },
): Promise<KeyPair> {
  return issueLeaf(await loadAuthority(dir), {
    subject: {
      commonName: options.commonName,
      ...(options.organizations ? { organizations: options.organizations } : {}),
    },
    usage: 'server',
    hosts: options.hosts,
    ...(options.days === undefined ? {} : { days: options.days }),
  });
}

/** True when the pair is whole, signed by `authority`, for these hosts, and valid for another month. */
export function isUsable(pair: KeyPair, authority: KeyPair, hosts: readonly string[], now: Date): boolean {
  try {
    const cert = new X509Certificate(pair.cert);
    const ca = new X509Certificate(authority.cert);
    return (
      cert.checkPrivateKey(createPrivateKey(pair.key)) &&
      cert.verify(ca.publicKey) &&
      cert.checkIssued(ca) &&
      cert.validToDate.getTime() - now.getTime() > renewBeforeMs &&
      cert.validFromDate.getTime() <= now.getTime() &&
      hosts.every((host) => covers(cert, host)) &&
      countNames(cert) === new Set(hosts).size
    );
  } catch {
    return false;
  }
}

function covers(cert: X509Certificate, host: string): boolean {
  if (isIP(host)) return cert.checkIP(host) !== undefined;
  // A wildcard is no host name itself; any name under it stands for it.
  return cert.checkHost(host.replace(/^\*/, 'any')) !== undefined;
}

function countNames(cert: X509Certificate): number {
  return cert.subjectAltName === undefined ? 0 : cert.subjectAltName.split(', ').length;
}

function apiserverHosts(options: PkiOptions): string[] {
  const domain = options.clusterDomain ?? 'cluster.local';
  const hosts = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    `kubernetes.default.svc.${domain}`,
    'localhost',
    '127.0.0.1',
    '::1',
    options.serviceIp,
    ...options.hosts,
  ];
  if (options.publicUrl !== undefined)
    hosts.push(new URL(options.publicUrl).hostname.replace(/^\[|\]$/g, ''));
  return [...new Set(hosts)];
}

async function ensureAuthority(
  certPath: string,
  keyPath: string,
  name: string,
  now = new Date(),
): Promise<KeyPair> {
  const [cert, key] = await Promise.all([readIfPresent(certPath), readIfPresent(keyPath)]);
  if (cert !== undefined) {
    if (key === undefined) throw new Error(`${keyPath} is missing: restore it from a backup`);
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) {
      throw new Error(`${keyPath} does not belong to ${certPath}: restore both from one backup`);
    }
    return { cert, key };
  }
  const authority = await createAuthority(name, now);
  await writeFileAtomic(keyPath, authority.key, 0o600);
  await writeFileAtomic(certPath, authority.cert, 0o644);
  return authority;
}

async function ensureLeaf(
  authority: KeyPair,
  certPath: string,
  keyPath: string,
  options: LeafOptions,
): Promise<void> {
  const [cert, key] = await Promise.all([readIfPresent(certPath), readIfPresent(keyPath)]);
  const now = options.now ?? new Date();
  if (
    cert !== undefined &&
    key !== undefined &&
    isUsable({ cert, key }, authority, options.hosts ?? [], now)
  ) {
    return;
  }
  const pair = await issueLeaf(authority, options);
  await writeFileAtomic(keyPath, pair.key, 0o600);
  await writeFileAtomic(certPath, pair.cert, 0o644);
}

async function ensureServiceAccountKey(paths: PkiPaths): Promise<void> {
  let key = await readIfPresent(paths.serviceAccountKey);
  if (key === undefined) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await writeFileAtomic(paths.serviceAccountKey, key, 0o600);
  }
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  if ((await readIfPresent(paths.serviceAccountPublicKey)) !== publicKey) {
    await writeFileAtomic(paths.serviceAccountPublicKey, publicKey, 0o644);
  }
}
