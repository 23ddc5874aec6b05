import type {
  Endpoint,
  EndpointSlice,
  EndpointSlicePort,
  Node,
  Pod,
  Service,
} from '@gantry/api/generated/types';
import { controllerRef } from '../shared/owners.ts';
import { canonical } from '../shared/pod-template.ts';
import { isFinished, isReady } from '../shared/pods.ts';
import { endpointHostname, isHeadless, podIps, targetPort } from '../shared/service-pods.ts';

export const SERVICE_NAME = 'kubernetes.io/service-name';
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
export const MANAGER = 'endpointslice-controller.k8s.io';
const HEADLESS = 'service.kubernetes.io/headless';
const ZONE = 'topology.kubernetes.io/zone';
/** Endpoints in one slice, as the original's default. */
const MAX_ENDPOINTS = 100;

export interface SlicePlan {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
  readonly remove: readonly EndpointSlice[];
}

type AddressType = 'IPv4' | 'IPv6';

const typeOf = (ip: string): AddressType => (ip.includes(':') ? 'IPv6' : 'IPv4');

function endpointOf(pod: Pod, ips: readonly string[], service: Service, node: Node | undefined): Endpoint {
  const serving = isReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const zone = node?.metadata.labels?.[ZONE];
  const hostname = endpointHostname(pod, service);
  const { name, namespace = '', uid = '' } = pod.metadata;
  return {
    addresses: [...ips],
    conditions: { ready, serving, terminating },
    ...(hostname === undefined ? {} : { hostname }),
    ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    targetRef: { kind: 'Pod', name, namespace, uid },
    ...(zone === undefined ? {} : { zone }),
  };
}

function portsOf(pod: Pod, service: Service): EndpointSlicePort[] {
  return (service.spec.ports ?? []).flatMap((port) => {
    const number = targetPort(pod, port);
    if (number === undefined) return [];
    return [
      {
        name: port.name ?? '',
        port: number,
        protocol: port.protocol ?? 'TCP',
        ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
      },
    ];
  });
}

interface Group {
  readonly ports: EndpointSlicePort[];
  readonly endpoints: Endpoint[];
}

/** Endpoints of one address family, together when their ports are the same. */
function groupsOf(
  service: Service,
  pods: readonly Pod[],
  nodes: (name: string) => Node | undefined,
  type: AddressType,
): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const pod of pods) {
    if (isFinished(pod)) continue;
    const ips = podIps(pod).filter((ip) => typeOf(ip) === type);
    if (ips.length === 0) continue;
    const ports = portsOf(pod, service);
    const key = canonical(ports);
    const group = groups.get(key) ?? { ports, endpoints: [] };
    groups.set(key, group);
    const node = pod.spec.nodeName === undefined ? undefined : nodes(pod.spec.nodeName);
    group.endpoints.push(endpointOf(pod, ips, service, node));
  }
  return groups;
}

function sliceLabels(service: Service): Record<string, string> {
  const { [HEADLESS]: _, ...own } = service.metadata.labels ?? {};
  return {
    ...own,
    ...(isHeadless(service) ? { [HEADLESS]: '' } : {}),
    [SERVICE_NAME]: service.metadata.name,
    [MANAGED_BY]: MANAGER,
  };
}

const uidOf = (endpoint: Endpoint): string => endpoint.targetRef?.uid ?? endpoint.addresses.join();
const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/**
 * Fills the slices there are before it makes new ones, so that an endpoint stays where it is and a change touches as
 * few slices as can be. Slices that would be empty go, except the last.
 */
function fill(
  group: Group,
  existing: readonly EndpointSlice[],
  make: (endpoints: Endpoint[], ports: EndpointSlicePort[]) => EndpointSlice,
): SlicePlan {
  const wanted = new Map(group.endpoints.map((endpoint) => [uidOf(endpoint), endpoint]));
  const contents = existing.map((slice) => {
    const kept: Endpoint[] = [];
    for (const endpoint of slice.endpoints ?? []) {
      const next = wanted.get(uidOf(endpoint));
      if (next === undefined) continue;
      wanted.delete(uidOf(endpoint));
      kept.push(next);
    }
    return { slice, kept };
  });
  const rest = [...wanted.values()];
  for (const { kept } of [...contents].sort((a, b) => b.kept.length - a.kept.length))
    kept.push(...rest.splice(0, Math.max(MAX_ENDPOINTS - kept.length, 0)));
  const create: EndpointSlice[] = [];
  while (rest.length > 0) create.push(make(rest.splice(0, MAX_ENDPOINTS), group.ports));
  const full = contents.filter(({ kept }) => kept.length > 0);
  const stay = full.length > 0 || create.length > 0 ? full : contents.slice(0, 1);
  if (stay.length === 0 && create.length === 0) create.push(make([], group.ports));
  const update = stay.flatMap(({ slice, kept }) => {
    const next = make(kept, group.ports);
    const isSame =
      same(slice.endpoints ?? [], kept) &&
      same(slice.ports ?? [], group.ports) &&
      same(slice.metadata.labels, next.metadata.labels);
    return isSame ? [] : [{ ...next, metadata: { ...slice.metadata, labels: next.metadata.labels ?? {} } }];
  });
  const remove = contents.filter((content) => !stay.includes(content)).map(({ slice }) => slice);
  return { create, update, remove };
}

/** The changes that bring a Service's slices in line with its pods. */
export function decideSlices(
  service: Service,
  pods: readonly Pod[],
  nodes: (name: string) => Node | undefined,
  existing: readonly EndpointSlice[],
): SlicePlan {
  const create: EndpointSlice[] = [];
  const update: EndpointSlice[] = [];
  const types = (service.spec.ipFamilies ?? ['IPv4']) as AddressType[];
  const remove = existing.filter((slice) => !types.includes(slice.addressType as AddressType));
  for (const addressType of types) {
    const make = (endpoints: Endpoint[], ports: EndpointSlicePort[]): EndpointSlice => ({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: '',
        generateName: `${service.metadata.name}-`,
        namespace: service.metadata.namespace ?? '',
        labels: sliceLabels(service),
        ownerReferences: [controllerRef(service)],
      },
      addressType,
      endpoints,
      ports,
    });
    const groups = groupsOf(service, pods, nodes, addressType);
    if (groups.size === 0) groups.set('', { ports: [], endpoints: [] });
    const own = existing.filter((slice) => slice.addressType === addressType);
    const byPorts = Map.groupBy(own, (slice) => canonical(slice.ports ?? []));
    const free = own.filter((slice) => !groups.has(canonical(slice.ports ?? [])));
    for (const [key, group] of groups) {
      const matching = byPorts.get(key) ?? [];
      // A slice whose ports nobody has any more is made over rather than replaced.
      const reused = matching.length === 0 ? free.splice(0, 1) : [];
      const plan = fill(group, [...matching, ...reused], make);
      create.push(...plan.create);
      update.push(...plan.update);
      remove.push(...plan.remove);
    }
    remove.push(...free);
  }
  return { create, update, remove };
}
