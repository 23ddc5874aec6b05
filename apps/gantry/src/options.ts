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
  certName: string[];
  nodeName?: string;
  nodeIp?: string;
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
      `${flag}: ${JSON.stringify(text)} is not a URL that starts with ${protocols.join(' or ')}//`,
      2,
    );
  }
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
    bind: raw.bind,
    publicUrl: url('--public-url', raw.publicUrl, ['https:', 'http:']),
    certNames: raw.certName,
    nodeName: raw.nodeName,
    nodeIp: raw.nodeIp,
  };
  if (options.apiPort === options.consolePort) {
    throw new UserError(`--api-port and --console-port are both ${options.apiPort}: choose two ports`, 2);
  }
  return options;
}
