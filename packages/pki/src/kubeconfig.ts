import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { writeFileAtomic } from './files.ts';

/** How to reach an apiserver. `ca`, `cert` and `key` are PEM text. */
export interface Connection {
  /** `https://127.0.0.1:6443` */
  readonly server: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
  readonly namespace?: string;
  readonly insecureSkipTlsVerify?: boolean;
}

/** Writes a kubeconfig (0600) with one cluster, one user and the current context `gantry`, all data embedded. */
export async function writeKubeconfig(
  path: string,
  options: {
    readonly server: string;
    readonly ca: string;
    readonly cert: string;
    readonly key: string;
    readonly user: string;
    readonly namespace?: string;
  },
): Promise<void> {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'gantry',
        cluster: { server: options.server, 'certificate-authority-data': toBase64(options.ca) },
      },
    ],
    users: [
      {
        name: options.user,
        user: {
          'client-certificate-data': toBase64(options.cert),
          'client-key-data': toBase64(options.key),
        },
      },
    ],
    contexts: [
      {
        name: 'gantry',
        context: {
          cluster: 'gantry',
          user: options.user,
          ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
        },
      },
    ],
    'current-context': 'gantry',
  };
  await writeFileAtomic(path, stringify(config, { lineWidth: 0 }), 0o600);
}

/**
 * Reads the current context of any kubeconfig with certificates or a token, embedded or in files beside it.
 * Throws an Error that names the file and what is wrong with it; exec and auth-provider plugins are not supported.
 */
export async function loadKubeconfig(path: string): Promise<Connection> {
  const config: unknown = parse(await readFile(path, 'utf8'));
  if (!isRecord(config)) throw new Error(`${path}: not a kubeconfig`);
  const contextName = config['current-context'];
  if (typeof contextName !== 'string' || contextName === '') {
    throw new Error(`${path}: current-context is not set`);
  }
  const context = named(path, config, 'contexts', 'context', contextName);
  const cluster = named(path, config, 'clusters', 'cluster', String(context.cluster));
  const user = named(path, config, 'users', 'user', String(context.user));
  if (typeof cluster.server !== 'string') throw new Error(`${path}: cluster has no server`);
  for (const plugin of ['exec', 'auth-provider']) {
    if (user[plugin] !== undefined) throw new Error(`${path}: users with ${plugin} are not supported`);
  }
  const [ca, cert, key, tokenFile] = await Promise.all([
    dataOrFile(path, cluster, 'certificate-authority'),
    dataOrFile(path, user, 'client-certificate'),
    dataOrFile(path, user, 'client-key'),
    fileContent(path, user.tokenFile),
  ]);
  const token = typeof user.token === 'string' ? user.token : tokenFile?.trim();
  return {
    server: cluster.server,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(token === undefined ? {} : { token }),
    ...(typeof context.namespace === 'string' ? { namespace: context.namespace } : {}),
    ...(cluster['insecure-skip-tls-verify'] === true ? { insecureSkipTlsVerify: true } : {}),
  };
}

function named(
  path: string,
  config: Record<string, unknown>,
  list: string,
  field: string,
  name: string,
): Record<string, unknown> {
  const entries = config[list];
  const entry: unknown = Array.isArray(entries)
    ? entries.find((candidate: unknown) => isRecord(candidate) && candidate.name === name)
    : undefined;
  const value = isRecord(entry) ? entry[field] : undefined;
  if (!isRecord(value)) throw new Error(`${path}: ${list} has no entry "${name}"`);
  return value;
}

async function dataOrFile(
  path: string,
  entry: Record<string, unknown>,
  field: string,
): Promise<string | undefined> {
  const data = entry[`${field}-data`];
  if (typeof data === 'string') return Buffer.from(data, 'base64').toString('utf8');
  return fileContent(path, entry[field]);
}

/** File names in a kubeconfig are relative to it. */
async function fileContent(path: string, file: unknown): Promise<string | undefined> {
  return typeof file === 'string' ? readFile(resolve(dirname(path), file), 'utf8') : undefined;
}

function toBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
