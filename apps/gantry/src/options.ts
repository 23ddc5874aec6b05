import { isIP, isIPv4 } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { UserError } from './errors.ts';

export type ProxyMode = 'nftables' | 'iptables' | 'ipvs';

/** What `gantry up` was asked for, checked. */
export interface UpOptions {
  readonly data: string;
  readonly apiPort: number;
  readonly consolePort: number;
  /** Undefined = a real node where root and a CRI runtime allow. */
  readonly simulatedNodes: number | undefined;
  readonly clusterCidr: string;
  readonly serviceCidr: string;
  readonly proxyMode: ProxyMode;
  readonly criEndpoint: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly bind: string;
  readonly publicUrl: string | undefined;
  readonly certNames: readonly string[];
  readonly nodeName: string | undefined;
  readonly nodeIp: string | undefined;
  /** Addresses of this machine, or link-local ones, that the sync may be sent to. Undefined: all but link-local ones. */
  readonly syncAllowAddresses: readonly string[] | undefined;
  /** More flags of the API server, each as one word. */
  readonly apiserverFlags: readonly string[];
}

/** The same, as commander gives it. */
export interface RawUpOptions {
  data?: string;
  apiPort: string;
  consolePort: string;
  nodes?: string;
  clusterCidr: string;
  serviceCidr: string;
  proxyMode: string;
  criEndpoint?: string;
  databaseUrl?: string;
  bind: string;
  publicUrl?: string;
  certName?: string[];
  nodeName?: string;
  nodeIp?: string;
  syncAllowAddresses?: string[];
  apiserverFlag?: string[];
}

/** Address on this machine at which a server bound to `bind` answers. */
export const reachable = (bind: string): string =>
  bind === '0.0.0.0' ? '127.0.0.1' : bind === '::' ? '::1' : bind;

/** The API's URL on this machine. */
export function localApiUrl(options: Pick<UpOptions, 'bind' | 'apiPort'>): string {
  const host = reachable(options.bind);
  return `https://${host.includes(':') ? `[${host}]` : host}:${options.apiPort}`;
}

export function defaultDataFolder(): string {
  return process.getuid?.() === 0 ? '/var/lib/gantry' : join(homedir(), '.local/share/gantry');
}

export const dataFolder = (given: string | undefined): string =>
  resolve(given ?? process.env.GANTRY_DATA ?? defaultDataFolder());

function port(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) {
    throw new UserError(`${flag}: ${JSON.stringify(text)} is not a port (1–65535)`, 2);
  }
  return value;
}

function cidr(flag: string, text: string, longestPrefix: number): string {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const numbers = match?.slice(1).map(Number) ?? [];
  const prefix = numbers[4] ?? 99;
  if (
    match === null ||
    numbers.slice(0, 4).some((part) => part > 255) ||
    prefix < 8 ||
    prefix > longestPrefix
  ) {
    throw new UserError(
      `${flag}: ${JSON.stringify(text)} is not an IPv4 range with a prefix of 8–${longestPrefix}, like 10.96.0.0/12`,
      2,
    );
  }
  return text;
}

function simulated(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const match = /^simulated:(\d+)$/.exec(text);
  const count = Number(match?.[1]);
  if (match === null || count < 1 || count > 5_000) {
    throw new UserError(`--nodes: ${JSON.stringify(text)} is not simulated:N with N from 1 to 5000`, 2);
  }
  return count;
}

function proxyMode(text: string): ProxyMode {
  if (text === 'ipvs')
    throw new UserError('--proxy-mode: ipvs is not available yet; use nftables or iptables', 2);
  if (text === 'nftables' || text === 'iptables') return text;
  throw new UserError(`--proxy-mode: ${JSON.stringify(text)} is none of nftables, iptables, ipvs`, 2);
}

function url(flag: string, text: string | undefined, protocols: readonly string[]): string | undefined {
  if (text === undefined) return undefined;
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !protocols.includes(parsed.protocol)) {
    throw new UserError(
      `${flag}: ${JSON.stringify(text)} is not a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
      2,
    );
  }
  return text;
}

function address(flag: string, text: string, isFit: (text: string) => boolean): string {
  if (!isFit(text))
    throw new UserError(`${flag}: ${JSON.stringify(text)} is not an IP address of this machine`, 2);
  return text;
}

function certName(text: string): string {
  if (isIP(text) === 0 && !/^(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text))
    throw new UserError(`--cert-name: ${JSON.stringify(text)} is neither a host name nor an IP address`, 2);
  return text;
}

function nodeName(text: string): string {
  if (!/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(text))
    throw new UserError(
      `--node-name: ${JSON.stringify(text)} is not a node name: at most 63 of a-z, 0-9, - and ., with a letter or digit first and last`,
      2,
    );
  return text;
}

/** `127.0.0.0/8,127.0.0.1:3000`, or `none`; the sync checks the rest. */
function addressRanges(text: string): string[] {
  if (text === 'none') return [];
  const entries = text.split(',').map((entry) => entry.trim());
  const bad = entries.find((entry) => !/^\[?[0-9a-f.:]+\]?(\/\d{1,3})?(:\d{1,5})?$/i.test(entry));
  if (bad === undefined) return entries;
  throw new UserError(
    `--sync-allow-addresses: ${JSON.stringify(bad)} is no address or range, like 127.0.0.0/8 or 127.0.0.1:3000`,
    2,
  );
}

function apiserverFlag(text: string): string {
  if (!/^--[a-z][a-z0-9-]*(=|$)/.test(text))
    throw new UserError(
      `--apiserver-flag: ${JSON.stringify(text)} is no flag: give --name=value in one word`,
      2,
    );
  return text;
}

/** Checks everything before anything is started. Throws UserError that names the flag. */
export function parseUpOptions(raw: RawUpOptions): UpOptions {
  const options: UpOptions = {
    data: dataFolder(raw.data),
    apiPort: port('--api-port', raw.apiPort),
    consolePort: port('--console-port', raw.consolePort),
    simulatedNodes: simulated(raw.nodes),
    clusterCidr: cidr('--cluster-cidr', raw.clusterCidr, 24),
    serviceCidr: cidr('--service-cidr', raw.serviceCidr, 24),
    proxyMode: proxyMode(raw.proxyMode),
    criEndpoint: url('--cri-endpoint', raw.criEndpoint, ['unix:']),
    databaseUrl: url('--database-url', raw.databaseUrl ?? process.env.DATABASE_URL, [
      'postgres:',
      'postgresql:',
    ]),
    bind: address('--bind', raw.bind, (text) => isIP(text) > 0),
    publicUrl: url('--public-url', raw.publicUrl, ['https:', 'http:']),
    certNames: (raw.certName ?? []).map(certName),
    nodeName: raw.nodeName === undefined ? undefined : nodeName(raw.nodeName),
    nodeIp: raw.nodeIp === undefined ? undefined : address('--node-ip', raw.nodeIp, isIPv4),
    syncAllowAddresses: raw.syncAllowAddresses?.flatMap(addressRanges),
    apiserverFlags: (raw.apiserverFlag ?? []).map(apiserverFlag),
  };
  if (options.apiPort === options.consolePort) {
    throw new UserError(`--api-port and --console-port are both ${options.apiPort}: choose two ports`, 2);
  }
  return options;
}

const allowedArguments = (allowed: readonly string[] | undefined): readonly string[] =>
  allowed?.length === 0 ? ['none'] : (allowed ?? []);

/** The arguments of `gantry up` that ask for just this, whatever the environment. */
export function upArguments(options: UpOptions): string[] {
  const { simulatedNodes } = options;
  const flags: readonly (readonly [string, string | number | undefined])[] = [
    ['--data', options.data],
    ['--api-port', options.apiPort],
    ['--console-port', options.consolePort],
    ['--nodes', simulatedNodes === undefined ? undefined : `simulated:${simulatedNodes}`],
    ['--cluster-cidr', options.clusterCidr],
    ['--service-cidr', options.serviceCidr],
    ['--proxy-mode', options.proxyMode],
    ['--cri-endpoint', options.criEndpoint],
    ['--database-url', options.databaseUrl],
    ['--bind', options.bind],
    ['--public-url', options.publicUrl],
    ...options.certNames.map((name) => ['--cert-name', name] as const),
    ['--node-name', options.nodeName],
    ['--node-ip', options.nodeIp],
    ...allowedArguments(options.syncAllowAddresses).map(
      (entry) => ['--sync-allow-addresses', entry] as const,
    ),
    ...options.apiserverFlags.map((flag) => ['--apiserver-flag', flag] as const),
  ];
  return flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]));
}
