import type { EndpointSlice, Service } from '@gantry/api/generated/types';
import { notFound, serviceUnavailable } from '@gantry/machinery/status';
import { readObject } from '../auth/state.ts';
import type { StateReader } from '../request.ts';

/** A Service that the API server calls itself: a webhook's or an aggregated API's. */
export interface ServiceReference {
  readonly namespace: string;
  readonly name: string;
  /** Of the Service; 443 when absent. */
  readonly port?: number | undefined;
}

export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

export const DEFAULT_SERVICE_PORT = 443;

/** The name that the service's certificate must carry. */
export const serverNameOf = ({ name, namespace }: ServiceReference): string => `${name}.${namespace}.svc`;

function slicesOf(state: StateReader, namespace: string, name: string): readonly EndpointSlice[] {
  const slices = state.list(
    'endpointslices.discovery.k8s.io',
    namespace,
  ) as unknown as readonly EndpointSlice[];
  return slices.filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === name);
}

/**
 * One ready endpoint of a service, picked at random, so that a call needs no service proxy on the way. Throws NotFound
 * or ServiceUnavailable with the original's texts.
 */
export function resolveService(
  state: StateReader,
  reference: ServiceReference,
  random: () => number = Math.random,
): SocketAddress {
  const { namespace, name, port = DEFAULT_SERVICE_PORT } = reference;
  const service = readObject<Service>(state, 'services', namespace, name);
  if (service === undefined) throw notFound({ group: '', resource: 'service' }, name);
  const { type, externalName, ports = [] } = service.spec ?? {};
  if (type === 'ExternalName') return { host: externalName ?? '', port };
  const found = ports.find((one) => one.port === port);
  if (found === undefined)
    throw serviceUnavailable(`no service port ${port} found for service ${JSON.stringify(name)}`);
  const candidates: SocketAddress[] = [];
  for (const slice of slicesOf(state, namespace, name)) {
    const target = slice.ports?.find((one) => (one.name ?? '') === (found.name ?? ''))?.port;
    if (target === undefined) continue;
    for (const { addresses, conditions } of slice.endpoints ?? [])
      if (conditions?.ready !== false && addresses[0] !== undefined)
        candidates.push({ host: addresses[0], port: target });
  }
  const chosen = candidates[Math.floor(random() * candidates.length)];
  if (chosen === undefined)
    throw serviceUnavailable(`no endpoints available for service ${JSON.stringify(name)}`);
  return chosen;
}
