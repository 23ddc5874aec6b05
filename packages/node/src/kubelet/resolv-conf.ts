import { readFile } from 'node:fs/promises';
import type { Pod } from '@gantry/api/generated/types';
import { namespaceOf } from './pod.ts';

export interface ResolvConf {
  readonly servers: readonly string[];
  readonly searches: readonly string[];
  readonly options: readonly string[];
}

const SERVERS_MAX = 3;
const SEARCHES_MAX = 32;
const SEARCH_LENGTH_MAX = 2048;

export function parseResolvConf(text: string): ResolvConf {
  const servers: string[] = [];
  let searches: string[] = [];
  let options: string[] = [];
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line
      .replace(/[#;].*$/, '')
      .trim()
      .split(/\s+/);
    if (keyword === 'nameserver' && values[0] !== undefined) servers.push(values[0]);
    if (keyword === 'search') searches = values.map((domain) => domain.replace(/(.)\.$/, '$1'));
    if (keyword === 'options') options = values;
  }
  return { servers, searches, options };
}

/** The node's resolver; systemd-resolved's real upstreams where /etc/resolv.conf only names its stub. */
export async function hostResolvConf(): Promise<ResolvConf> {
  const own = parseResolvConf(await readFile('/etc/resolv.conf', 'utf8').catch(() => ''));
  if (!own.servers.every((server) => server.startsWith('127.'))) return own;
  const text = await readFile('/run/systemd/resolve/resolv.conf', 'utf8').catch(() => undefined);
  return text === undefined ? own : parseResolvConf(text);
}

/** https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy */
export function podResolvConf(
  pod: Pod,
  host: ResolvConf,
  cluster: { readonly dns: string; readonly domain: string },
): ResolvConf {
  const policy = pod.spec.dnsPolicy ?? 'ClusterFirst';
  const usesCluster =
    cluster.dns !== '' &&
    (policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && pod.spec.hostNetwork !== true));
  const { domain } = cluster;
  const base: ResolvConf =
    policy === 'None'
      ? { servers: [], searches: [], options: [] }
      : usesCluster
        ? {
            servers: [cluster.dns],
            searches: unique([
              `${namespaceOf(pod)}.svc.${domain}`,
              `svc.${domain}`,
              domain,
              ...host.searches,
            ]),
            options: ['ndots:5'],
          }
        : host;
  return limited(merge(base, pod));
}

function merge(base: ResolvConf, pod: Pod): ResolvConf {
  const own = pod.spec.dnsConfig;
  if (own === undefined) return base;
  const options = new Map(base.options.map((option) => [option.split(':')[0] ?? option, option]));
  for (const { name = '', value } of own.options ?? []) {
    options.set(name, value === undefined || value === '' ? name : `${name}:${value}`);
  }
  return {
    servers: unique([...base.servers, ...(own.nameservers ?? [])]),
    searches: unique([...base.searches, ...(own.searches ?? [])]),
    options: [...options.values()],
  };
}

/** What the C library takes notice of. */
function limited(conf: ResolvConf): ResolvConf {
  const searches = conf.searches.slice(0, SEARCHES_MAX);
  while (searches.join(' ').length > SEARCH_LENGTH_MAX) searches.pop();
  return { servers: conf.servers.slice(0, SERVERS_MAX), searches, options: conf.options };
}

const unique = (items: readonly string[]): string[] => [...new Set(items.filter((item) => item !== ''))];
