import { isIP } from 'node:net';
import type { Address } from './address.ts';
import { git, gitSettings } from './command.ts';
import { basicAuthorization, type Credentials, requireSshKeys, withKeyFiles } from './credentials.ts';
import type { Network, Route } from './network.ts';

export interface RemoteOptions {
  readonly network: Network;
  readonly cwd: string;
  /** Where keys lie while they are used. */
  readonly keyFolder: string;
  readonly timeoutMs: number;
  readonly outputLimitBytes: number;
}

/** What one fetch may bring. */
export const FETCH_LIMIT_BYTES = 256 << 20;
const MEMORY_LIMIT_BYTES = 2 ** 31;
/** Slower than this for so long is a server that doesn't answer. */
const SLOW_BYTES_PER_S = 100;
const SLOW_S = 30;
const CONNECT_TIMEOUT_S = 15;

/** The clone is a copy: what is lost is fetched again. Large files pass through git in pieces. */
const SETTINGS: readonly (readonly [string, string])[] = [
  ['safe.directory', '*'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['core.fsync', 'none'],
  ['core.bigFileThreshold', '4m'],
  ['core.packedGitWindowSize', '32m'],
  ['core.packedGitLimit', '256m'],
  ['pack.threads', '1'],
  ['fetch.unpackLimit', '1'],
  ['protocol.allow', 'never'],
];

/**
 * Runs a git command that talks to another server: with nothing but the given credentials, only to the addresses that
 * were checked, within limits of time and size. Throws GitError.
 */
export async function remoteGit(
  args: readonly string[],
  address: Address,
  credentials: Credentials | undefined,
  options: RemoteOptions,
): Promise<Buffer> {
  const ssh = address.protocol === 'ssh';
  if (ssh) requireSshKeys(address, credentials);
  const route: Route = ssh
    ? { ips: await options.network.resolve(address.host, address.port) }
    : await options.network.route(new URL(address.url));
  const files = ssh
    ? { identity: credentials?.identity, known_hosts: credentials?.knownHosts }
    : { 'ca.crt': credentials?.ca };
  return withKeyFiles(options.keyFolder, files, (paths) =>
    git(args, {
      cwd: options.cwd,
      timeoutMs: options.timeoutMs,
      outputLimitBytes: options.outputLimitBytes,
      limits: { fileBytes: FETCH_LIMIT_BYTES, memoryBytes: MEMORY_LIMIT_BYTES },
      env: {
        ...gitSettings([
          ...SETTINGS,
          [`protocol.${address.protocol}.allow`, 'always'],
          ...(ssh ? [] : httpSettings(address, route, credentials, paths['ca.crt'])),
        ]),
        ...('ips' in route && ssh
          ? { GIT_SSH_COMMAND: sshCommand(address, route.ips[0] ?? address.host, paths) }
          : {}),
      },
    }),
  );
}

function httpSettings(
  { host, port }: Address,
  route: Route,
  credentials: Credentials | undefined,
  ca: string | undefined,
): (readonly [string, string])[] {
  const authorization = credentials === undefined ? undefined : basicAuthorization(credentials);
  return [
    // A redirect could lead anywhere, with the credentials: see redirect.ts.
    ['http.followRedirects', 'false'],
    ['http.lowSpeedLimit', String(SLOW_BYTES_PER_S)],
    ['http.lowSpeedTime', String(SLOW_S)],
    ...('proxy' in route
      ? [['http.proxy', route.proxy] as const, ['http.proxyAuthMethod', 'basic'] as const]
      : isIP(host) === 0
        ? [['http.curloptResolve', `${host}:${port}:${bracketed(route.ips)}`] as const]
        : []),
    ...(ca === undefined ? [] : [['http.sslCAInfo', ca] as const]),
    ...(authorization === undefined
      ? []
      : [['http.extraHeader', `Authorization: ${authorization}`] as const]),
  ];
}

const bracketed = (ips: readonly string[]): string =>
  ips.map((ip) => (ip.includes(':') ? `[${ip}]` : ip)).join(',');

/** Neither the machine's keys, agent and known hosts nor its configuration are used. */
function sshCommand({ host, port }: Address, ip: string, paths: Readonly<Record<string, string>>): string {
  const options = {
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UpdateHostKeys: 'no',
    CheckHostIP: 'no',
    UserKnownHostsFile: quoted(paths.known_hosts ?? '/dev/null'),
    GlobalKnownHostsFile: '/dev/null',
    IdentityFile: quoted(paths.identity ?? '/dev/null'),
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    PreferredAuthentications: 'publickey',
    ForwardAgent: 'no',
    ClearAllForwardings: 'yes',
    ConnectTimeout: String(CONNECT_TIMEOUT_S),
    ServerAliveInterval: String(CONNECT_TIMEOUT_S),
    ServerAliveCountMax: '2',
    HostName: ip,
    HostKeyAlias: port === 22 ? host : `[${host}]:${port}`,
  };
  const words = Object.entries(options).map(([name, value]) => `-o '${name}=${value}'`);
  return `ssh -F /dev/null ${words.join(' ')}`;
}

/** For ssh's own reading of the option, inside the shell's single quotes. */
const quoted = (path: string): string => `"${path.replaceAll("'", `'\\''`)}"`;
