import type {
  EndpointAddress,
  EndpointPort,
  EndpointSubset,
  Endpoints,
  Pod,
  Service,
} from '@gantry/api/generated/types';
import { canonical } from '../shared/pod-template.ts';
import { isFinished, isReady } from '../shared/pods.ts';
import { endpointHostname, isHeadless, podIps, targetPort } from '../shared/service-pods.ts';

const HEADLESS = 'service.kubernetes.io/headless';
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const MANAGER = 'endpoint-controller';
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
/** Endpoints of one Service here; EndpointSlices have no such limit. */
const MAX_ADDRESSES = 1000;

interface Bucket {
  readonly ports: EndpointPort[];
  readonly ready: EndpointAddress[];
  readonly notReady: EndpointAddress[];
}

function portsOf(pod: Pod, service: Service): EndpointPort[] {
  return (service.spec.ports ?? []).flatMap((port) => {
    const number = targetPort(pod, port);
    if (number === undefined) return [];
    return [
      {
        ...(port.name === undefined || port.name === '' ? {} : { name: port.name }),
        port: number,
        protocol: port.protocol ?? 'TCP',
        ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
      },
    ];
  });
}

function addressOf(pod: Pod, ip: string, service: Service): EndpointAddress {
  const hostname = endpointHostname(pod, service);
  const { name, namespace = '', uid = '' } = pod.metadata;
  return {
    ip,
    ...(hostname === undefined ? {} : { hostname }),
    ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
}

const byIp = (a: EndpointAddress, b: EndpointAddress): number => (a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0);

/** Addresses of the Service's first IP family, together when their ports are the same. */
function decideSubsets(service: Service, pods: readonly Pod[]): EndpointSubset[] {
  const wantsV6 = service.spec.ipFamilies?.[0] === 'IPv6';
  const publish = service.spec.publishNotReadyAddresses === true;
  const buckets = new Map<string, Bucket>();
  for (const pod of pods) {
    if (isFinished(pod) || (pod.metadata.deletionTimestamp !== undefined && !publish)) continue;
    const ip = podIps(pod).find((address) => address.includes(':') === wantsV6);
    if (ip === undefined) continue;
    const ports = portsOf(pod, service);
    if (ports.length === 0 && (service.spec.ports ?? []).length > 0) continue;
    if (ports.length === 0 && service.spec.clusterIP !== 'None') continue;
    const key = canonical(ports);
    const bucket = buckets.get(key) ?? { ports, ready: [], notReady: [] };
    buckets.set(key, bucket);
    (publish || isReady(pod) ? bucket.ready : bucket.notReady).push(addressOf(pod, ip, service));
  }
  return [...buckets.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { ports, ready, notReady }]) => ({
      ...(ready.length === 0 ? {} : { addresses: ready.sort(byIp) }),
      ...(notReady.length === 0 ? {} : { notReadyAddresses: notReady.sort(byIp) }),
      ...(ports.length === 0 ? {} : { ports }),
    }));
}

/** The Endpoints object that the Service should have, or undefined when the one there will do. */
export function decideEndpoints(
  service: Service,
  pods: readonly Pod[],
  existing: Endpoints | undefined,
): Endpoints | undefined {
  const whole = decideSubsets(service, pods);
  const { subsets, isCut } = truncate(whole);
  const { [HEADLESS]: _, ...labels } = service.metadata.labels ?? {};
  const { [OVER_CAPACITY]: __, ...annotations } = existing?.metadata.annotations ?? {};
  const next: Endpoints = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      ...(existing?.metadata ?? { name: service.metadata.name, namespace: service.metadata.namespace ?? '' }),
      labels: { ...labels, ...(isHeadless(service) ? { [HEADLESS]: '' } : {}), [MANAGED_BY]: MANAGER },
      annotations: isCut ? { ...annotations, [OVER_CAPACITY]: 'truncated' } : annotations,
    },
    subsets,
  };
  if (existing === undefined) return next;
  const facts = ({ metadata, subsets: list = [] }: Endpoints) =>
    canonical([metadata.labels ?? {}, metadata.annotations ?? {}, list]);
  return facts(existing) === facts(next) ? undefined : next;
}

/** Ready addresses come before those that are not. */
function truncate(subsets: readonly EndpointSubset[]): { subsets: EndpointSubset[]; isCut: boolean } {
  const total = subsets.reduce(
    (sum, { addresses = [], notReadyAddresses = [] }) => sum + addresses.length + notReadyAddresses.length,
    0,
  );
  if (total <= MAX_ADDRESSES) return { subsets: [...subsets], isCut: false };
  let room = MAX_ADDRESSES;
  const take = (list: EndpointAddress[] | undefined): EndpointAddress[] => {
    const taken = (list ?? []).slice(0, room);
    room -= taken.length;
    return taken;
  };
  const ready = subsets.map((subset) => take(subset.addresses));
  const cut = subsets.map(({ notReadyAddresses, ports }, i) => {
    const addresses = ready[i] ?? [];
    const waiting = take(notReadyAddresses);
    return {
      ...(addresses.length === 0 ? {} : { addresses }),
      ...(waiting.length === 0 ? {} : { notReadyAddresses: waiting }),
      ...(ports === undefined ? {} : { ports }),
    };
  });
  return { subsets: cut.filter((subset) => subset.addresses ?? subset.notReadyAddresses), isCut: true };
}
