import type {
  Endpoint,
  EndpointAddress,
  EndpointPort,
  EndpointSlice,
  EndpointSlicePort,
  Endpoints,
} from '@gantry/api/generated/types';
import { MANAGED_BY, SERVICE_NAME, type SlicePlan } from '../endpointslice/decide.ts';
import { controllerRef } from '../shared/owners.ts';
import { canonical } from '../shared/pod-template.ts';

export const MIRROR_MANAGER = 'endpointslicemirroring-controller.k8s.io';
const SKIP_MIRROR = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER = 'control-plane.alpha.kubernetes.io/leader';
const NOT_MIRRORED = new Set([
  'endpoints.kubernetes.io/last-change-trigger-time',
  'kubectl.kubernetes.io/last-applied-configuration',
]);
/** Addresses of one subset, as the original's default. */
export const MAX_MIRRORED = 1000;

/** Neither opted out by its label nor the lock of a leader election. */
export const isMirrored = ({ metadata }: Endpoints): boolean =>
  metadata.labels?.[SKIP_MIRROR] !== 'true' && metadata.annotations?.[LEADER] === undefined;

interface Group {
  readonly addressType: 'IPv4' | 'IPv6';
  readonly ports: EndpointSlicePort[];
  readonly ready: Map<string, Endpoint>;
}

export interface MirrorPlan extends SlicePlan {
  /** Addresses past the limit of their subset. */
  readonly skipped: number;
}

const slicePort = ({ name, port, protocol, appProtocol }: EndpointPort): EndpointSlicePort => ({
  name: name ?? '',
  port,
  protocol: protocol ?? 'TCP',
  ...(appProtocol === undefined ? {} : { appProtocol }),
});

const sliceEndpoint = (address: EndpointAddress, ready: boolean): Endpoint => ({
  addresses: [address.ip],
  conditions: { ready },
  ...(address.hostname === undefined ? {} : { hostname: address.hostname }),
  ...(address.nodeName === undefined ? {} : { nodeName: address.nodeName }),
  ...(address.targetRef === undefined ? {} : { targetRef: address.targetRef }),
});

const byName = (a: EndpointSlicePort, b: EndpointSlicePort): number => (canonical(a) < canonical(b) ? -1 : 1);
const keyOf = (addressType: string | undefined, ports: readonly EndpointSlicePort[]): string =>
  `${addressType} ${canonical([...ports].sort(byName))}`;

/** Addresses by family and ports; one that is in two subsets with the same ports counts once, as not ready if either is. */
function groupsOf(endpoints: Endpoints): { groups: Map<string, Group>; skipped: number } {
  const groups = new Map<string, Group>();
  let skipped = 0;
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of endpoints.subsets ?? []) {
    const all = [
      ...addresses.map((address) => ({ address, ready: true })),
      ...notReadyAddresses.map((address) => ({ address, ready: false })),
    ];
    skipped += Math.max(all.length - MAX_MIRRORED, 0);
    const slicePorts = ports.map(slicePort);
    for (const { address, ready } of all.slice(0, MAX_MIRRORED)) {
      const addressType = address.ip.includes(':') ? 'IPv6' : 'IPv4';
      const key = keyOf(addressType, slicePorts);
      const group = groups.get(key) ?? { addressType, ports: slicePorts, ready: new Map<string, Endpoint>() };
      groups.set(key, group);
      const id = `${address.ip} ${address.targetRef?.uid ?? ''}`;
      if (group.ready.get(id)?.conditions?.ready === false) continue;
      if (group.ready.size < MAX_MIRRORED) group.ready.set(id, sliceEndpoint(address, ready));
    }
  }
  return { groups, skipped };
}

/** The slice that mirrors one group; over an old one it keeps that one's name. */
function mirror(endpoints: Endpoints, group: Group, old: EndpointSlice | undefined): EndpointSlice {
  const { name, namespace = '', labels = {}, annotations = {} } = endpoints.metadata;
  const identity = old?.metadata ?? { name: '', generateName: `${name}-`, namespace };
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...identity,
      labels: { ...labels, [SERVICE_NAME]: name, [MANAGED_BY]: MIRROR_MANAGER },
      annotations: Object.fromEntries(Object.entries(annotations).filter(([key]) => !NOT_MIRRORED.has(key))),
      ownerReferences: [controllerRef(endpoints)],
    },
    addressType: group.addressType,
    endpoints: [...group.ready.values()],
    ports: group.ports,
  };
}

const facts = ({ metadata, endpoints = [] }: EndpointSlice): string =>
  canonical([
    metadata.labels ?? {},
    metadata.annotations ?? {},
    metadata.ownerReferences?.map(({ uid }) => uid) ?? [],
    endpoints,
  ]);

/** The changes that make the slices a mirror of the Endpoints: one slice a family and set of ports. */
export function decideMirror(endpoints: Endpoints, existing: readonly EndpointSlice[]): MirrorPlan {
  const { groups, skipped } = groupsOf(endpoints);
  const byKey = Map.groupBy(existing, ({ addressType, ports }) => keyOf(addressType, ports ?? []));
  const spare = existing.filter((slice) => {
    const key = keyOf(slice.addressType, slice.ports ?? []);
    return !groups.has(key) || byKey.get(key)?.[0] !== slice;
  });
  const create: EndpointSlice[] = [];
  const update: EndpointSlice[] = [];
  for (const [key, group] of groups) {
    const own = byKey.get(key)?.[0];
    // A slice that nobody needs any more is made over rather than replaced; its family never changes.
    const reuse =
      own === undefined ? spare.findIndex(({ addressType }) => addressType === group.addressType) : -1;
    const old = own ?? (reuse < 0 ? undefined : spare.splice(reuse, 1)[0]);
    const next = mirror(endpoints, group, old);
    if (old === undefined) create.push(next);
    else if (old !== own || facts(old) !== facts(next)) update.push(next);
  }
  return { create, update, remove: spare, skipped };
}
