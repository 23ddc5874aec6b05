import { readFileSync } from 'node:fs';

/** How to reach a database; the shape that both drivers (postgres, pg) take. */
export interface ConnectionOptions {
  /** Host name, or the absolute path of the folder that holds the Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
  /** Absent = no TLS. */
  readonly ssl?: { readonly rejectUnauthorized: boolean; readonly ca?: string };
}

/**
 * Reads `postgresql://user:password@host:port/database?sslmode=…&sslrootcert=…`; `?host=/folder` names a Unix socket.
 * `sslmode`: disable (default), require (no check of the certificate), verify-ca and verify-full (both check it and
 * the name). Throws an Error that says what is wrong and never repeats the password.
 */
export function parseDatabaseUrl(text: string): ConnectionOptions {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Error('the database URL is not a URL: expected postgresql://user:password@host:5432/database');
  }
  if (url.protocol !== 'postgresql:' && url.protocol !== 'postgres:') {
    throw new Error(`the database URL must start with postgresql://, not ${url.protocol}//`);
  }
  const port = url.port === '' ? Number(url.searchParams.get('port') ?? 5432) : Number(url.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error('the database URL names no valid port');
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database === '') throw new Error('the database URL names no database: add /NAME after the host');
  const ssl = readSslMode(url.searchParams);
  return {
    host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname.replace(/^\[|\]$/g, '')),
    port,
    user: decodeURIComponent(url.username) || 'postgres',
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    database,
    ...(ssl === undefined ? {} : { ssl }),
  };
}

/** The inverse, for handing a connection to another process. A root certificate travels by path only, so not at all. */
export function formatDatabaseUrl(connection: ConnectionOptions): string {
  const password = connection.password === undefined ? '' : `:${encodeURIComponent(connection.password)}`;
  const credentials = `${encodeURIComponent(connection.user)}${password}`;
  const database = encodeURIComponent(connection.database);
  if (connection.host.startsWith('/')) {
    const query = new URLSearchParams({ host: connection.host, port: String(connection.port) });
    return `postgresql://${credentials}@localhost/${database}?${query}`;
  }
  const host = connection.host.includes(':') ? `[${connection.host}]` : connection.host;
  const ssl = connection.ssl
    ? `?sslmode=${connection.ssl.rejectUnauthorized ? 'verify-full' : 'require'}`
    : '';
  return `postgresql://${credentials}@${host}:${connection.port}/${database}${ssl}`;
}

/** One line for a person: what failed when connecting, and what to do. */
export function describeConnectionError(error: unknown, connection: ConnectionOptions): string {
  const where = connection.host.startsWith('/')
    ? `the Postgres socket in ${connection.host}`
    : `Postgres at ${connection.host}:${connection.port}`;
  const message = error instanceof Error ? error.message : String(error);
  switch (errorCode(error)) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return `nothing answers on ${where}: is it running, and is the database URL right?`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host name ${connection.host} of the database URL can't be resolved`;
    case 'ETIMEDOUT':
    case 'CONNECT_TIMEOUT':
      return `${where} does not answer: check the address and the firewall`;
    case '28P01':
    case '28000':
      return `${where} rejects user "${connection.user}": check user and password of the database URL (${message})`;
    case '3D000':
      return `${where} has no database "${connection.database}": create it or correct the database URL`;
    case '53300':
      return `${where} has no connection left: raise its max_connections`;
    case '53100':
    case 'ENOSPC':
      return `the disk of ${where} is full: free some space`;
    default:
      return `can't use ${where}: ${message}`;
  }
}

/** SQLSTATE or errno name of an error of either driver; '' when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function readSslMode(query: URLSearchParams): ConnectionOptions['ssl'] {
  const mode = query.get('sslmode') ?? 'disable';
  switch (mode) {
    case 'disable':
    case 'allow':
    case 'prefer':
      return undefined;
    case 'require':
      return { rejectUnauthorized: false };
    case 'verify-ca':
    case 'verify-full': {
      const path = query.get('sslrootcert');
      return { rejectUnauthorized: true, ...(path === null ? {} : { ca: readFileSync(path, 'utf8') }) };
    }
    default:
      throw new Error(`the database URL has an unknown sslmode "${mode}"`);
  }
}
