import type { EndpointSlice, Pod, Service, ServicePort } from '@gantry/api/generated/types';
import { type Pools, poolsOf, protocolOf } from './endpoints.ts';
import type { Backend, Frontend, NodeFacts } from './frontend.ts';
import { disjointCidrs, isUsableIp } from './ipv4.ts';

const PROXY_NAME_LABEL = 'service.kubernetes.io/service-proxy-name';
const DEFAULT_AFFINITY_SECONDS = 10_800;

/** Services that no proxy of this kind serves: headless, ExternalName, or another proxy's. */
const isServed = (service: Service): boolean =>
  service.spec.type !== 'ExternalName' &&
  service.spec.clusterIP !== undefined &&
  service.spec.clusterIP !== '' &&
  service.spec.clusterIP !== 'None' &&
  service.metadata.labels?.[PROXY_NAME_LABEL] === undefined;

type Common = Pick<Frontend, 'protocol' | 'port' | 'service' | 'affinitySeconds'>;

/** A pool chosen by a policy, and what meets packets when it is empty. */
function choose(pools: Pools, policy: string | undefined): Pick<Frontend, 'backends' | 'whenEmpty'> {
  const none = pools.cluster.length === 0 && pools.local.length === 0;
  return {
    backends: policy === 'Local' ? pools.local : pools.cluster,
    whenEmpty: none ? 'reject' : 'drop',
  };
}

function external(common: Common, ip: string, pools: Pools, policy: string | undefined): Frontend {
  const none = pools.cluster.length === 0 && pools.local.length === 0;
  return policy === 'Local'
    ? {
        ...common,
        ip,
        backends: pools.cluster,
        local: pools.local,
        masquerade: 'never',
        whenEmpty: none ? 'reject' : 'drop',
      }
    : { ...common, ip, ...choose(pools, policy), masquerade: 'always' };
}

/** Ingress addresses that the node itself takes: mode VIP, which is the default. */
const loadBalancerIps = (service: Service): string[] =>
  (service.status?.loadBalancer?.ingress ?? []).flatMap((ingress) =>
    ingress.ip !== undefined && (ingress.ipMode ?? 'VIP') === 'VIP' && isUsableIp(ingress.ip)
      ? [ingress.ip]
      : [],
  );

function frontendsOfPort(service: Service, port: ServicePort, pools: Pools, node: NodeFacts): Frontend[] {
  const spec = service.spec;
  const timeout = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS;
  const common: Common = {
    protocol: protocolOf(port.protocol),
    port: port.port,
    service: `${service.metadata.namespace ?? ''}/${service.metadata.name}${port.name ? `:${port.name}` : ''}`,
    ...(spec.sessionAffinity === 'ClientIP' ? { affinitySeconds: timeout } : {}),
  };
  const found: Frontend[] = [];
  for (const ip of new Set([spec.clusterIP, ...(spec.clusterIPs ?? [])]))
    if (ip !== undefined && isUsableIp(ip))
      found.push({ ...common, ip, ...choose(pools, spec.internalTrafficPolicy), masquerade: 'off-cluster' });

  const policy = spec.externalTrafficPolicy;
  for (const ip of spec.externalIPs ?? [])
    if (isUsableIp(ip)) found.push(external(common, ip, pools, policy));

  const ranges = spec.loadBalancerSourceRanges ?? [];
  for (const ip of spec.type === 'LoadBalancer' ? loadBalancerIps(service) : [])
    found.push({
      ...external(common, ip, pools, policy),
      ...(ranges.length > 0 ? { sources: disjointCidrs(ranges) } : {}),
    });

  if ((spec.type === 'NodePort' || spec.type === 'LoadBalancer') && port.nodePort)
    for (const ip of node.nodeIps)
      found.push(external({ ...common, port: port.nodePort }, ip, pools, policy));
  return found;
}

/**
 * What this node answers for one Service. Pure. `slices` are those that carry its `kubernetes.io/service-name` label.
 * Headless and ExternalName Services have no frontends; IPv6 addresses are left out.
 */
export function compileService(
  service: Service,
  slices: readonly EndpointSlice[],
  node: NodeFacts,
): readonly Frontend[] {
  if (!isServed(service)) return [];
  return (service.spec.ports ?? []).flatMap((port) =>
    frontendsOfPort(service, port, poolsOf(port, slices, node), node),
  );
}

/** The host ports of a pod of this node. Pods of the host network listen by themselves. */
export function compileHostPorts(pod: Pod, node: NodeFacts): readonly Frontend[] {
  const ip = pod.status?.podIP ?? '';
  const ended = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  if (pod.spec.hostNetwork === true || ended || !isUsableIp(ip)) return [];
  const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  return containers.flatMap((container) =>
    (container.ports ?? []).flatMap((port) => {
      if (!port.hostPort) return [];
      const backends: Backend[] = [{ ip, port: port.containerPort, local: true }];
      const any = port.hostIP === undefined || port.hostIP === '' || port.hostIP === '0.0.0.0';
      return (any ? node.nodeIps : [port.hostIP ?? '']).filter(isUsableIp).map(
        (address): Frontend => ({
          ip: address,
          protocol: protocolOf(port.protocol),
          port: port.hostPort ?? 0,
          service: `pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name}:${port.hostPort}`,
          backends,
          masquerade: 'never',
          whenEmpty: 'reject',
        }),
      );
    }),
  );
}
