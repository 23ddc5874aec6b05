import type { Endpoint, EndpointSlice, Service } from '@gantry/api/generated/types';
import type { Informer } from '@gantry/client/port';

const BY_SERVICE = 'byServiceName';
const BY_CLUSTER_IP = 'dnsByClusterIp';
const BY_ENDPOINT_IP = 'dnsByEndpointIp';
const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

/** A port of a headless Service's endpoint. */
export interface EndpointPort {
  readonly name: string;
  /** `tcp`, `udp`, `sctp`. */
  readonly protocol: string;
  readonly port: number;
}

/** An address behind a headless Service, with its name below the Service's. */
export interface NamedEndpoint {
  readonly ip: string;
  readonly hostname: string;
  readonly ports: readonly EndpointPort[];
}

/** The cluster as names are answered from it. */
export interface ClusterSource {
  readonly ready: boolean;
  service(namespace: string, name: string): Service | undefined;
  hasNamespace(namespace: string): boolean;
  /** Ready endpoints of a Service. */
  endpoints(service: Service): readonly NamedEndpoint[];
  serviceByIp(ip: string): Service | undefined;
  /** The headless Service and the endpoint's name, for reverse lookups. */
  endpointByIp(ip: string): { readonly service: Service; readonly hostname: string } | undefined;
}

/** `hostname` of the pod, else the address with dashes, as the original's DNS server has it. */
const hostnameOf = (endpoint: Endpoint, ip: string): string =>
  (endpoint.hostname || ip.replaceAll('.', '-').replaceAll(':', '-')).toLowerCase();

const serviceKey = (slice: EndpointSlice): string[] => {
  const name = slice.metadata.labels?.[SERVICE_NAME_LABEL];
  return name === undefined ? [] : [`${slice.metadata.namespace ?? ''}/${name}`];
};

export const isHeadless = (service: Service): boolean => service.spec.clusterIP === 'None';

export const clusterIpsOf = (service: Service): string[] =>
  [...new Set([service.spec.clusterIP ?? '', ...(service.spec.clusterIPs ?? [])])].filter(
    (ip) => ip !== '' && ip !== 'None',
  );

const readyEndpoints = (slice: EndpointSlice): Endpoint[] =>
  (slice.endpoints ?? []).filter((endpoint) => endpoint.conditions?.ready !== false);

function namedEndpoints(slices: readonly EndpointSlice[]): NamedEndpoint[] {
  const byIp = new Map<string, NamedEndpoint>();
  for (const slice of slices) {
    if (slice.addressType === 'FQDN') continue;
    const ports = (slice.ports ?? []).flatMap((port) =>
      port.port === undefined
        ? []
        : [{ name: port.name ?? '', protocol: (port.protocol ?? 'TCP').toLowerCase(), port: port.port }],
    );
    for (const endpoint of readyEndpoints(slice))
      for (const ip of endpoint.addresses) {
        const before = byIp.get(ip);
        const all = before === undefined ? ports : [...before.ports, ...ports];
        byIp.set(ip, { ip, hostname: before?.hostname ?? hostnameOf(endpoint, ip), ports: all });
      }
  }
  return [...byIp.values()];
}

/** Reads Services and EndpointSlices from their informers. */
export function informerSource(services: Informer<Service>, slices: Informer<EndpointSlice>): ClusterSource {
  services.addIndex(BY_CLUSTER_IP, clusterIpsOf);
  slices.addIndex(BY_SERVICE, serviceKey);
  slices.addIndex(BY_ENDPOINT_IP, (slice) => readyEndpoints(slice).flatMap((endpoint) => endpoint.addresses));
  const keyOf = (service: Service) => `${service.metadata.namespace ?? ''}/${service.metadata.name}`;
  return {
    get ready() {
      return services.synced && slices.synced;
    },
    service: (namespace, name) => services.get(namespace, name),
    hasNamespace: (namespace) => services.byIndex('byNamespace', namespace).length > 0,
    endpoints: (service) => namedEndpoints(slices.byIndex(BY_SERVICE, keyOf(service))),
    serviceByIp: (ip) => services.byIndex(BY_CLUSTER_IP, ip)[0],
    endpointByIp(ip) {
      for (const slice of slices.byIndex(BY_ENDPOINT_IP, ip)) {
        const name = slice.metadata.labels?.[SERVICE_NAME_LABEL] ?? '';
        const service = services.get(slice.metadata.namespace ?? '', name);
        const endpoint = readyEndpoints(slice).find((e) => e.addresses.includes(ip));
        if (service !== undefined && endpoint !== undefined && isHeadless(service))
          return { service, hostname: hostnameOf(endpoint, ip) };
      }
      return undefined;
    },
  };
}
