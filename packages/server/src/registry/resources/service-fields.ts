import type { Service, ServicePort, ServiceSpec } from '@gantry/api/generated/types';

/** Which allocations a Service needs, and what becomes of its fields when its type changes. */

export const HEADLESS = 'None';

export const needsClusterIp = ({ type }: ServiceSpec): boolean => type !== 'ExternalName';

export const needsNodePort = ({ type, allocateLoadBalancerNodePorts }: ServiceSpec): boolean =>
  type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false);

export const mayHaveNodePort = ({ type }: ServiceSpec): boolean =>
  type === 'NodePort' || type === 'LoadBalancer';

export const needsHealthCheckPort = ({ type, externalTrafficPolicy }: ServiceSpec): boolean =>
  type === 'LoadBalancer' && externalTrafficPolicy === 'Local';

const sameList = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

const portKey = ({ port, protocol = 'TCP' }: ServicePort): string => `${protocol}/${port}`;

/** Keeps what was allocated when the client leaves it out. */
export function keepAllocated(spec: ServiceSpec, old: ServiceSpec): void {
  if (needsClusterIp(spec) && needsClusterIp(old)) {
    if (!spec.clusterIP && old.clusterIP) spec.clusterIP = old.clusterIP;
    if (
      (spec.clusterIPs?.length ?? 0) === 0 &&
      old.clusterIPs !== undefined &&
      spec.clusterIP === old.clusterIP
    )
      spec.clusterIPs = [...old.clusterIPs];
  }
  if (mayHaveNodePort(spec) && mayHaveNodePort(old)) {
    const taken = new Set(spec.ports?.map(({ nodePort }) => nodePort ?? 0));
    const before = new Map(old.ports?.map((port) => [portKey(port), port.nodePort ?? 0]));
    for (const port of spec.ports ?? []) {
      const known = before.get(portKey(port)) ?? 0;
      if ((port.nodePort ?? 0) === 0 && known !== 0 && !taken.has(known)) port.nodePort = known;
    }
  }
  if (
    needsHealthCheckPort(spec) &&
    needsHealthCheckPort(old) &&
    !spec.healthCheckNodePort &&
    old.healthCheckNodePort
  )
    spec.healthCheckNodePort = old.healthCheckNodePort;
}

/** Clears fields that belong to the former type and that the client sent back unchanged. */
export function dropFormerType(spec: ServiceSpec, old: ServiceSpec): void {
  if (
    needsClusterIp(old) &&
    !needsClusterIp(spec) &&
    spec.clusterIP === old.clusterIP &&
    sameList(spec.clusterIPs, old.clusterIPs)
  ) {
    delete spec.clusterIP;
    delete spec.clusterIPs;
    delete spec.ipFamilies;
    delete spec.ipFamilyPolicy;
  }
  if (mayHaveNodePort(old) && !mayHaveNodePort(spec)) {
    const before = new Set(old.ports?.map(({ nodePort }) => nodePort ?? 0));
    for (const port of spec.ports ?? []) if (before.has(port.nodePort ?? 0)) delete port.nodePort;
  }
  if (
    needsHealthCheckPort(old) &&
    !needsHealthCheckPort(spec) &&
    spec.healthCheckNodePort === old.healthCheckNodePort
  )
    delete spec.healthCheckNodePort;
  if (
    mayHaveNodePort(old) &&
    !mayHaveNodePort(spec) &&
    spec.externalTrafficPolicy === old.externalTrafficPolicy
  )
    delete spec.externalTrafficPolicy;
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (spec.allocateLoadBalancerNodePorts === old.allocateLoadBalancerNodePorts)
      delete spec.allocateLoadBalancerNodePorts;
    if (spec.loadBalancerClass === old.loadBalancerClass) delete spec.loadBalancerClass;
  }
  if (old.type === 'ExternalName' && spec.type !== 'ExternalName' && spec.externalName === old.externalName)
    delete spec.externalName;
}

export const asService = (object: object): Service & { spec: ServiceSpec } => {
  const service = object as Service & { spec: ServiceSpec };
  service.spec ??= {} as ServiceSpec;
  return service;
};
