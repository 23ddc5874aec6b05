import { isIPv4, isIPv6 } from 'node:net';
import type { Service } from '@gantry/api/generated/types';
import type { Record } from 'dns-packet';
import { type Answer, bare, type Query, type Resolver } from './answer.ts';
import { type ClusterSource, clusterIpsOf, isHeadless } from './source.ts';
import { found, labelsInZone, nameError, TTL_SECONDS, type Zone } from './zone.ts';

const SPEC_VERSION = '1.1.0';
/** ExternalName may lead to another ExternalName. */
const CNAME_DEPTH_MAX = 8;

const address = (name: string, ip: string): Record => ({
  name,
  type: isIPv4(ip) ? 'A' : 'AAAA',
  ttl: TTL_SECONDS,
  data: ip,
});

/** So that clients that take the first address spread over all. */
function shuffled<T>(items: readonly T[]): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

const srv = (name: string, target: string, port: number, weight: number): Record => ({
  name,
  type: 'SRV',
  ttl: TTL_SECONDS,
  data: { priority: 0, weight, port, target },
});

interface Context {
  readonly zone: Zone;
  readonly source: ClusterSource;
  readonly query: Query;
}

const fullName = (zone: Zone, service: Service): string =>
  `${service.metadata.name}.${service.metadata.namespace ?? ''}.svc.${zone.domain}`;

/** SRV records of a Service: of the named port and protocol, or of all ports when none is named. */
function srvAnswer(
  { zone, source, query }: Context,
  service: Service,
  port: string,
  protocol: string,
): Answer {
  const matches = (p: { readonly name: string; readonly protocol: string }) =>
    port === '' ? p.name !== '' : p.name === port && p.protocol === protocol;
  const base = fullName(zone, service);
  const answers: Record[] = [];
  const additionals: Record[] = [];
  if (isHeadless(service)) {
    const targets = source
      .endpoints(service)
      .flatMap((endpoint) => endpoint.ports.filter(matches).map((p) => ({ endpoint, port: p.port })));
    const weight = Math.max(1, Math.floor(100 / Math.max(1, targets.length)));
    for (const { endpoint, port: number } of targets) {
      const target = `${endpoint.hostname}.${base}`;
      answers.push(srv(query.asked, target, number, weight));
      additionals.push(address(target, endpoint.ip));
    }
  } else {
    const ports = (service.spec.ports ?? []).filter((p) =>
      matches({ name: p.name ?? '', protocol: (p.protocol ?? 'TCP').toLowerCase() }),
    );
    for (const p of ports)
      answers.push(srv(query.asked, base, p.port, Math.max(1, Math.floor(100 / ports.length))));
    if (answers.length > 0) additionals.push(...clusterIpsOf(service).map((ip) => address(base, ip)));
  }
  if (answers.length === 0 && port !== '') return nameError(zone);
  return found(zone, query.type === 'SRV' ? answers : [], query.type === 'SRV' ? additionals : []);
}

const addresses = (context: Context, ips: readonly string[]): Answer =>
  found(
    context.zone,
    shuffled(ips)
      .map((ip) => address(context.query.asked, ip))
      .filter((record) => record.type === context.query.type),
  );

function serviceAnswer(context: Context, service: Service): Answer {
  const { zone, source, query } = context;
  if (service.spec.type === 'ExternalName') {
    const data = (service.spec.externalName ?? '').toLowerCase().replace(/\.$/, '');
    return found(zone, [{ name: query.asked, type: 'CNAME', ttl: TTL_SECONDS, data }]);
  }
  if (query.type === 'SRV') return srvAnswer(context, service, '', '');
  if (!isHeadless(service)) return addresses(context, clusterIpsOf(service));
  const endpoints = source.endpoints(service);
  // A headless Service without ready endpoints has no name, so that clients keep asking their search list.
  return endpoints.length === 0
    ? nameError(zone)
    : addresses(
        context,
        endpoints.map((e) => e.ip),
      );
}

/** Names below `svc`: `[endpoint.]service.namespace` or `_port._proto.service.namespace`. */
function belowServices(context: Context, labels: readonly string[]): Answer {
  const { zone, source } = context;
  const [namespace = '', name = '', ...rest] = [...labels].reverse();
  if (labels.length === 1) return source.hasNamespace(namespace) ? found(zone, []) : nameError(zone);
  const service = source.service(namespace, name);
  if (service === undefined) return nameError(zone);
  if (rest.length === 0) return serviceAnswer(context, service);
  if (service.spec.type === 'ExternalName' || rest.length > 2) return nameError(zone);
  const [first = '', second = ''] = rest;
  if (rest.length === 2)
    return first.startsWith('_') && second.startsWith('_')
      ? srvAnswer(context, service, second.slice(1), first.slice(1))
      : nameError(zone);
  // `_tcp.web.default` is there when something is below it.
  if (first.startsWith('_'))
    return (service.spec.ports ?? []).some(
      (p) => `_${(p.protocol ?? 'TCP').toLowerCase()}` === first && p.name,
    )
      ? found(zone, [])
      : nameError(zone);
  const named = source.endpoints(service).filter((endpoint) => endpoint.hostname === first);
  return named.length === 0
    ? nameError(zone)
    : addresses(
        context,
        named.map((e) => e.ip),
      );
}

/** `1-2-3-4.namespace.pod`: the address is in the name; it is not checked that a pod has it. */
function podAnswer(context: Context, labels: readonly string[]): Answer {
  const { zone } = context;
  const [dashed = ''] = labels;
  if (labels.length < 2) return found(zone, []);
  const v4 = dashed.replaceAll('-', '.');
  const v6 = dashed.replaceAll('-', ':');
  const ip = isIPv4(v4) ? v4 : isIPv6(v6) ? v6 : undefined;
  return ip === undefined || labels.length > 2 ? nameError(zone) : addresses(context, [ip]);
}

function apexAnswer({ zone, query }: Context): Answer {
  if (query.type === 'SOA') return found(zone, [zone.soa]);
  const ns: Record = { name: query.asked, type: 'NS', ttl: TTL_SECONDS, data: `ns.dns.${zone.domain}` };
  return found(zone, query.type === 'NS' ? [ns] : []);
}

function answerIn(context: Context, labels: readonly string[], serverIp: string | undefined): Answer {
  const { zone, query } = context;
  const last = labels.at(-1);
  const rest = labels.slice(0, -1);
  if (last === undefined) return apexAnswer(context);
  if (last === 'svc') return rest.length === 0 ? found(zone, []) : belowServices(context, rest);
  if (last === 'pod') return podAnswer(context, rest);
  const name = labels.join('.');
  if (name === 'dns-version') {
    const txt: Record = { name: query.asked, type: 'TXT', ttl: TTL_SECONDS, data: [SPEC_VERSION] };
    return found(zone, query.type === 'TXT' ? [txt] : []);
  }
  if (name === 'dns') return found(zone, []);
  if (name === 'ns.dns') return addresses(context, serverIp === undefined ? [] : [serverIp]);
  return nameError(zone);
}

/**
 * The cluster's zone, by the Kubernetes DNS specification 1.1.0
 * (https://github.com/kubernetes/dns/blob/master/docs/specification.md). `next` resolves the targets of ExternalName.
 * While the informers have not synced it answers SERVFAIL, so that clients ask again.
 */
export function clusterResolver(
  zone: Zone,
  source: ClusterSource,
  next: Resolver,
  serverIp: () => string | undefined,
): Resolver {
  const resolve = async (query: Query, depth: number): Promise<Answer | undefined> => {
    const labels = labelsInZone(zone, query.name);
    if (labels === undefined) return next(query);
    if (!source.ready) return bare('SERVFAIL');
    const answer = answerIn({ zone, source, query }, labels, serverIp());
    const alias = answer.answers[0];
    if (alias?.type !== 'CNAME' || query.type === 'CNAME' || typeof alias.data !== 'string') return answer;
    if (depth >= CNAME_DEPTH_MAX) return bare('SERVFAIL');
    const target = await resolve({ ...query, name: alias.data.toLowerCase(), asked: alias.data }, depth + 1);
    return target === undefined
      ? answer
      : { ...target, authoritative: true, answers: [alias, ...target.answers] };
  };
  return async (query) => (labelsInZone(zone, query.name) === undefined ? undefined : resolve(query, 0));
}
