import type { EndpointSlice, Service } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { endpointSlices, nodes, services } from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';

const NAMESPACE = 'kube-system';
const NAME = 'kube-dns';

export interface PublishOptions {
  readonly client: Client;
  /** The Service's address: by custom the 10th of the service range. */
  readonly clusterIp: string;
  readonly nodeName: string;
  readonly address: string;
  readonly port: number;
}

/** `10.96.0.0/12` → `10.96.0.10`. */
export function tenthAddress(serviceCidr: string): string {
  const parts = (serviceCidr.split('/')[0] ?? '').split('.').map(Number);
  const number = parts.reduce((sum, part) => sum * 256 + part, 0) + 10;
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

const dnsService = (clusterIP: string): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: NAME,
    namespace: NAMESPACE,
    labels: {
      'k8s-app': 'kube-dns',
      'kubernetes.io/cluster-service': 'true',
      'kubernetes.io/name': 'CoreDNS',
    },
  },
  spec: {
    clusterIP,
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
      { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
    ],
  },
});

/** The hint makes every node prefer its own server; without one it asks the others'. */
const dnsSlice = (
  { nodeName, address, port }: PublishOptions,
  owner: KubeObject | undefined,
): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: `${NAME}-${nodeName}`,
    namespace: NAMESPACE,
    labels: { 'kubernetes.io/service-name': NAME, 'endpointslice.kubernetes.io/managed-by': 'gantry-dns' },
    ...(owner?.metadata.uid === undefined
      ? {}
      : { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: nodeName, uid: owner.metadata.uid }] }),
  },
  addressType: 'IPv4',
  endpoints: [
    {
      addresses: [address],
      nodeName,
      conditions: { ready: true, serving: true, terminating: false },
      hints: { forNodes: [{ name: nodeName }] },
    },
  ],
  ports: [
    { name: 'dns', port, protocol: 'UDP' },
    { name: 'dns-tcp', port, protocol: 'TCP' },
  ],
});

async function orNotFound<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}

async function ensureService(client: Client, clusterIp: string): Promise<void> {
  if ((await orNotFound(client.get(services, NAMESPACE, NAME))) !== undefined) return;
  try {
    await client.create(services, dnsService(clusterIp));
  } catch (error) {
    // Another node was first.
    if (!isStatusError(error, 'AlreadyExists')) throw error;
  }
}

/** Same listener, same owner: nothing to write. */
const sameSlice = (a: EndpointSlice, b: EndpointSlice): boolean =>
  a.endpoints?.[0]?.addresses[0] === b.endpoints?.[0]?.addresses[0] &&
  a.endpoints?.[0]?.conditions?.ready === true &&
  a.ports?.[0]?.port === b.ports?.[0]?.port &&
  a.metadata.ownerReferences?.[0]?.uid === b.metadata.ownerReferences?.[0]?.uid;

/**
 * Makes Service kube-system/kube-dns, if it isn't there, and this node's EndpointSlice `kube-dns-NODE`, which belongs to
 * the Node and is collected with it. An existing Service is left as it is.
 */
export async function publishDns(options: PublishOptions): Promise<void> {
  const { client } = options;
  await ensureService(client, options.clusterIp);
  const owner = await orNotFound(client.get(nodes, '', options.nodeName));
  const slice = dnsSlice(options, owner);
  const current = await orNotFound(client.get(endpointSlices, NAMESPACE, slice.metadata.name));
  if (current === undefined) await client.create(endpointSlices, slice);
  else if (!sameSlice(current, slice))
    await client.update(endpointSlices, {
      ...slice,
      metadata: {
        ...current.metadata,
        labels: slice.metadata.labels ?? {},
        ownerReferences: slice.metadata.ownerReferences ?? [],
      },
    });
}
