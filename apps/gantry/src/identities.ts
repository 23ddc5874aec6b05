import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadKubeconfig } from '@gantry/client/kubeconfig';
import { writeKubeconfig } from '@gantry/pki/kubeconfig';
import { ensurePki, issueClientCertificate, issueServerCertificate } from '@gantry/pki/pki';
import type { Layout } from './layout.ts';
import { localApiUrl, type UpOptions } from './options.ts';

interface Identity {
  readonly file: string;
  readonly commonName: string;
  readonly organizations: readonly string[];
}

const RENEW_BEFORE_MS = 30 * 86_400_000;

/** The n-th address of an IPv4 range: 1 for the Service `kubernetes`, 10 for DNS. */
export function addressIn(cidr: string, index: number): string {
  const [base = '0.0.0.0'] = cidr.split('/');
  const value = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + index;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** Certificates and kubeconfigs of every part, made or renewed where needed. */
export async function ensureIdentities(
  layout: Layout,
  options: UpOptions,
  nodeName: string,
  nodeIp: string,
): Promise<void> {
  await mkdir(layout.kubeconfigs, { recursive: true, mode: 0o700 });
  const hosts = [
    ...new Set([
      nodeName,
      nodeIp,
      ...options.certNames,
      ...(/^(0\.0\.0\.0|::)$/.test(options.bind) ? [] : [options.bind]),
    ]),
  ];
  const paths = await ensurePki(layout.pki, {
    hosts,
    serviceIp: addressIn(options.serviceCidr, 1),
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
  });
  const ca = readFileSync(paths.caCert, 'utf8');
  const local = localApiUrl(options);
  await ensureKubeconfig(
    layout,
    { file: layout.kubeconfig, commonName: 'admin', organizations: ['system:masters', 'gantry:admins'] },
    local,
    ca,
  );
  const part = (name: string, commonName: string, ...organizations: string[]): Identity => ({
    file: join(layout.kubeconfigs, name),
    commonName,
    organizations,
  });
  const parts = [
    part('controller-manager', 'system:kube-controller-manager'),
    part('scheduler', 'system:kube-scheduler'),
    part('sync', 'system:gantry-sync', 'system:gantry-sync'),
    options.simulatedNodes === undefined
      ? part(`node-${nodeName}`, `system:node:${nodeName}`, 'system:nodes')
      : part('simulated-nodes', 'system:simulated-nodes', 'system:masters'),
  ];
  for (const identity of parts) await ensureKubeconfig(layout, identity, local, ca);
  if (options.simulatedNodes === undefined) await ensureNodeCertificate(layout, nodeName, nodeIp);
}

/** Undefined when the file is damaged: a new one is written then. */
function readable(file: string): ReturnType<typeof loadKubeconfig> | undefined {
  try {
    return loadKubeconfig(file);
  } catch {
    return undefined;
  }
}

async function ensureKubeconfig(
  layout: Layout,
  identity: Identity,
  server: string,
  ca: string,
): Promise<void> {
  if (existsSync(identity.file)) {
    const current = readable(identity.file);
    if (current?.server === server && current.ca === ca && isFresh(current.cert)) return;
  }
  const pair = await issueClientCertificate(layout.pki, identity);
  await writeKubeconfig(identity.file, {
    server,
    ca,
    cert: pair.cert,
    key: pair.key,
    user: identity.commonName,
  });
}

async function ensureNodeCertificate(layout: Layout, nodeName: string, nodeIp: string): Promise<void> {
  const files = {
    cert: join(layout.pki, `node-${nodeName}.crt`),
    key: join(layout.pki, `node-${nodeName}.key`),
  };
  if (existsSync(files.cert) && existsSync(files.key)) {
    const cert = new X509Certificate(readFileSync(files.cert));
    if (isFresh(cert.toString()) && cert.checkIP(nodeIp) !== undefined) return;
  }
  const pair = await issueServerCertificate(layout.pki, {
    commonName: `system:node:${nodeName}`,
    organizations: ['system:nodes'],
    hosts: [nodeName, nodeIp, '127.0.0.1', 'localhost'],
  });
  await writeFile(files.key, pair.key, { mode: 0o600 });
  await writeFile(files.cert, pair.cert, { mode: 0o600 });
}

const isFresh = (pem: string | undefined): boolean =>
  pem !== undefined && new X509Certificate(pem).validToDate.getTime() - Date.now() > RENEW_BEFORE_MS;
