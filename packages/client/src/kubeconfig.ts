import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import type { ConnectionOptions } from './transport.ts';

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function named(list: unknown, name: string | undefined): Fields | undefined {
  const entry = (Array.isArray(list) ? list : []).map(fields).find((item) => item.name === name);
  return entry;
}

/** Inline base64 data wins over a file, whose path is relative to the kubeconfig's folder. */
function material(source: Fields, key: string, folder: string): string | undefined {
  const data = text(source[`${key}-data`]);
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  const file = text(source[key]);
  return file === undefined ? undefined : readFileSync(resolve(folder, file), 'utf8');
}

/**
 * Reads a kubeconfig file: its current context, or the one named. Certificates, tokens (also `tokenFile`, read anew at
 * most once a minute) and passwords are understood; `exec` plugins are not.
 * Throws with the file's name when it can't be read or names what it lacks.
 */
export function loadKubeconfig(path: string, context?: string): ConnectionOptions & { namespace?: string } {
  const folder = dirname(resolve(path));
  const config = fields(parse(readFileSync(path, 'utf8')));
  const fail = (what: string): never => {
    throw new Error(`kubeconfig ${path}: ${what}`);
  };
  const contextName = context ?? text(config['current-context']);
  const chosen = fields(named(config.contexts, contextName)?.context);
  const cluster = fields(named(config.clusters, text(chosen.cluster))?.cluster);
  const user = fields(named(config.users, text(chosen.user))?.user);
  const server = text(cluster.server) ?? fail(`no server for context ${JSON.stringify(contextName ?? '')}`);
  if (user.exec !== undefined)
    fail('credential plugins (exec) are not supported; use a certificate or a token');

  const tokenFile = text(user.tokenFile);
  const token = tokenFile === undefined ? text(user.token) : rotating(resolve(folder, tokenFile));
  const optional = {
    ca: material(cluster, 'certificate-authority', folder),
    serverName: text(cluster['tls-server-name']),
    cert: material(user, 'client-certificate', folder),
    key: material(user, 'client-key', folder),
    token,
    username: text(user.username),
    password: text(user.password),
    namespace: text(chosen.namespace),
  };
  return {
    server,
    ...(cluster['insecure-skip-tls-verify'] === true ? { insecure: true } : {}),
    ...definedOf(optional),
  };
}

type Defined<T> = { [K in keyof T]?: NonNullable<T[K]> };

const definedOf = <T extends object>(object: T): Defined<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;

function rotating(file: string): () => string {
  let token = '';
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (Date.now() - readAt > 60_000) {
      token = readFileSync(file, 'utf8').trim();
      readAt = Date.now();
    }
    return token;
  };
}
