import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  notSupportedInOrder,
  required,
} from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { validateLabels } from '@gantry/machinery/object-meta';
import {
  isDNS1123Label,
  isDNS1123Subdomain,
  isPortNumber,
  isQualifiedName,
} from '@gantry/machinery/validation';
import type { Service, ServicePort, ServiceSpec } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { placeWarnings } from '../../validation/address-warnings.ts';
import {
  check,
  type Errors,
  inRange,
  oneOf,
  portNumberOrName,
  validCIDR,
  validIP,
} from '../../validation/common.ts';
import { validateIPModes, validateLoadBalancerPlaces } from '../../validation/load-balancer-status.ts';
import { validateClusterIPs, validateClusterIPsUpdate } from './service-cluster-ips.ts';
import { serviceWarnings } from './service-warnings.ts';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const TRAFFIC_POLICIES = ['Cluster', 'Local'];
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const DAY = 86_400;

const hasNodePorts = (spec: ServiceSpec): boolean => spec.type === 'NodePort' || spec.type === 'LoadBalancer';
/** Whether traffic from outside the cluster can arrive. */
const isExternal = (spec: ServiceSpec): boolean =>
  hasNodePorts(spec) || (spec.type === 'ClusterIP' && (spec.externalIPs ?? []).length > 0);
const needsHealthCheck = (spec: ServiceSpec): boolean =>
  spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
const isHeadless = (spec: ServiceSpec): boolean =>
  spec.clusterIPs?.[0] === 'None' || spec.clusterIP === 'None';

export const serviceRules: KindRules<Service> = {
  warnings: serviceWarnings,
  statusWarnings: ({ status }) => placeWarnings(status?.loadBalancer?.ingress ?? []),
  defaults(service) {
    const { spec } = service;
    if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
    if (
      spec.sessionAffinity === 'ClientIP' &&
      spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined
    )
      spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: 10_800 } };
    for (const port of spec.ports ?? [])
      if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '')
        port.targetPort = port.port;
    if (isExternal(spec)) spec.externalTrafficPolicy ??= 'Cluster';
    if (spec.type !== 'ExternalName') spec.internalTrafficPolicy ??= 'Cluster';
    if (spec.type !== 'LoadBalancer') return;
    spec.allocateLoadBalancerNodePorts ??= true;
    for (const ingress of service.status?.loadBalancer?.ingress ?? [])
      if (ingress.ip) ingress.ipMode ??= 'VIP';
  },
  prepareForCreate(service) {
    mirrorClusterIP(service.spec);
  },
  prepareForUpdate(service, old, { subresource }) {
    if (subresource === 'status') return;
    keepAllocated(service.spec, old.spec);
    dropFieldsOfOldType(service.spec, old.spec);
  },
  validate(service) {
    const errors: Errors = [];
    validateSpec(service.spec, errors);
    return errors;
  },
  validateStatusUpdate(service, old) {
    const errors: Errors = [];
    const places = service.status?.loadBalancer?.ingress ?? [];
    if (service.spec.type !== 'LoadBalancer') {
      if (places.length > 0)
        errors.push(
          forbidden('status.loadBalancer.ingress', "may only be used when `spec.type` is 'LoadBalancer'"),
        );
      return errors;
    }
    validateLoadBalancerPlaces(places, old.status?.loadBalancer?.ingress ?? [], errors);
    validateIPModes(places, errors);
    return errors;
  },
  validateUpdate(service, old) {
    const errors: Errors = [];
    validateClusterIPsUpdate(service.spec, old.spec, errors);
    const { type, loadBalancerClass } = service.spec;
    if (
      type === 'LoadBalancer' &&
      old.spec.type === 'LoadBalancer' &&
      loadBalancerClass !== old.spec.loadBalancerClass
    )
      errors.push(invalid('spec.loadBalancerClass', loadBalancerClass ?? null, 'may not change once set'));
    if (
      needsHealthCheck(old.spec) &&
      needsHealthCheck(service.spec) &&
      service.spec.healthCheckNodePort !== old.spec.healthCheckNodePort
    )
      errors.push(forbidden('spec.healthCheckNodePort', 'field is immutable'));
    return errors;
  },
};

/** `clusterIP` is the first of `clusterIPs`: a client who gives only the former gets both. */
function mirrorClusterIP(spec: ServiceSpec): void {
  if (spec.clusterIP && (spec.clusterIPs ?? []).length === 0) spec.clusterIPs = [spec.clusterIP];
}

/** What was allocated before stays when an update leaves it out, as `kubectl apply` and `replace` do. */
function keepAllocated(spec: ServiceSpec, old: ServiceSpec): void {
  if (spec.type !== 'ExternalName' && old.type !== 'ExternalName') {
    if (!spec.clusterIP && old.clusterIP !== undefined) spec.clusterIP = old.clusterIP;
    if ((spec.clusterIPs ?? []).length === 0 && old.clusterIPs !== undefined)
      spec.clusterIPs = [...old.clusterIPs];
    if (spec.ipFamilies === undefined && old.ipFamilies !== undefined) spec.ipFamilies = [...old.ipFamilies];
    if (spec.ipFamilyPolicy === undefined && old.ipFamilyPolicy !== undefined)
      spec.ipFamilyPolicy = old.ipFamilyPolicy;
  }
  if (allocatesNodePorts(spec) && allocatesNodePorts(old)) keepNodePorts(spec.ports ?? [], old.ports ?? []);
  if (needsHealthCheck(spec) && needsHealthCheck(old) && !spec.healthCheckNodePort && old.healthCheckNodePort)
    spec.healthCheckNodePort = old.healthCheckNodePort;
  followClusterIP(spec, old);
}

/** A client that changes `clusterIP` and not the list of which it is the first means the list, too. */
function followClusterIP(spec: ServiceSpec, old: ServiceSpec): void {
  if (spec.clusterIP === old.clusterIP || !deepEqual(spec.clusterIPs ?? [], old.clusterIPs ?? [])) return;
  if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
  else delete spec.clusterIPs;
}

const allocatesNodePorts = (spec: ServiceSpec): boolean =>
  spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);

/** Ports keep their node ports by name, but for those that another port has now. */
function keepNodePorts(ports: readonly ServicePort[], old: readonly ServicePort[]): void {
  const given = new Set(ports.map((port) => port.nodePort ?? 0));
  const allocated = new Map(old.map((port) => [port.name ?? '', port.nodePort ?? 0]));
  for (const port of ports) {
    const before = allocated.get(port.name ?? '') ?? 0;
    if (!port.nodePort && before !== 0 && !given.has(before)) port.nodePort = before;
  }
}

/** What no longer applies is dropped, if the client left it as it was. */
function dropFieldsOfOldType(spec: ServiceSpec, old: ServiceSpec): void {
  if (spec.type === 'ExternalName' && old.type !== 'ExternalName') {
    if (spec.clusterIP === old.clusterIP && deepEqual(spec.clusterIPs, old.clusterIPs)) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    for (const field of ['ipFamilies', 'ipFamilyPolicy'] as const)
      if (deepEqual(spec[field], old[field])) delete spec[field];
  }
  const nodePorts = new Set((old.ports ?? []).map((port) => port.nodePort ?? 0));
  if (
    allocatesNodePorts(old) &&
    !allocatesNodePorts(spec) &&
    (spec.ports ?? []).every((port) => !port.nodePort || nodePorts.has(port.nodePort))
  )
    for (const port of spec.ports ?? []) delete port.nodePort;
  if (
    needsHealthCheck(old) &&
    !needsHealthCheck(spec) &&
    spec.healthCheckNodePort === old.healthCheckNodePort
  )
    delete spec.healthCheckNodePort;
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (spec.allocateLoadBalancerNodePorts === old.allocateLoadBalancerNodePorts)
      delete spec.allocateLoadBalancerNodePorts;
    if (spec.loadBalancerClass === old.loadBalancerClass) delete spec.loadBalancerClass;
  }
  if (isExternal(old) && !isExternal(spec) && spec.externalTrafficPolicy === old.externalTrafficPolicy)
    delete spec.externalTrafficPolicy;
}

function validateSpec(spec: ServiceSpec, errors: Errors): void {
  const ports = spec.ports ?? [];
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName')
    errors.push(required('spec.ports'));
  validateByType(spec, errors);
  validatePorts(spec, errors);
  errors.push(...validateLabels(spec.selector ?? {}, 'spec.selector'));
  oneOf(spec.sessionAffinity, ['ClientIP', 'None'], 'spec.sessionAffinity', errors);
  const timeout = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (timeout !== undefined && (timeout <= 0 || timeout > DAY))
    errors.push(
      invalid(
        'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
        timeout,
        `must be greater than 0 and less than ${DAY}`,
      ),
    );
  validateClusterIPs(spec, errors);
  for (const [index, ip] of (spec.externalIPs ?? []).entries())
    validIP(ip, `spec.externalIPs[${index}]`, errors);
  oneOf(spec.type, TYPES, 'spec.type', errors);
  validateLoadBalancer(spec, errors);
  validateTraffic(spec, errors);
}

function validateByType(spec: ServiceSpec, errors: Errors): void {
  if (hasNodePorts(spec) && isHeadless(spec))
    errors.push(invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`));
  if (spec.type !== 'ExternalName') return;
  for (const field of ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const)
    if (spec[field] !== undefined && (field === 'ipFamilyPolicy' || spec[field].length > 0))
      errors.push(forbidden(`spec.${field}`, 'may not be set for ExternalName services'));
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  if (name === '') errors.push(required('spec.externalName'));
  else check(isDNS1123Subdomain(name), 'spec.externalName', name, errors);
}

function validatePorts(spec: ServiceSpec, errors: Errors): void {
  const ports = spec.ports ?? [];
  const names = new Set<string>();
  const nodePorts = new Set<string>();
  const numbers = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const at = `spec.ports[${index}]`;
    validatePort(port, ports.length > 1, names, at, errors);
    if (spec.type === 'ClusterIP' && port.nodePort)
      errors.push(forbidden(`${at}.nodePort`, "may not be used when `type` is 'ClusterIP'"));
  }
  for (const [index, port] of ports.entries()) {
    const key = `${port.protocol}/${port.nodePort}`;
    if (port.nodePort && nodePorts.has(key))
      errors.push(duplicate(`spec.ports[${index}].nodePort`, port.nodePort));
    nodePorts.add(key);
    const number = `${port.protocol}/${port.port}`;
    if (numbers.has(number))
      errors.push(duplicate(`spec.ports[${index}]`, { protocol: port.protocol, port: port.port }));
    numbers.add(number);
  }
}

function validatePort(
  port: ServicePort,
  needsName: boolean,
  names: Set<string>,
  path: string,
  errors: Errors,
): void {
  if (!port.name) {
    if (needsName) errors.push(required(`${path}.name`));
  } else {
    check(isDNS1123Label(port.name), `${path}.name`, port.name, errors);
    if (names.has(port.name)) errors.push(duplicate(`${path}.name`, port.name));
    names.add(port.name);
  }
  check(isPortNumber(port.port), `${path}.port`, port.port, errors);
  oneOf(port.protocol, PROTOCOLS, `${path}.protocol`, errors);
  portNumberOrName(port.targetPort, `${path}.targetPort`, errors);
  if (port.appProtocol !== undefined)
    check(isQualifiedName(port.appProtocol), `${path}.appProtocol`, port.appProtocol, errors);
}

function validateLoadBalancer(spec: ServiceSpec, errors: Errors): void {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const only = "may only be used when `type` is 'LoadBalancer'";
  if (spec.type !== 'LoadBalancer') {
    if (ranges.length > 0) errors.push(forbidden('spec.LoadBalancerSourceRanges', only));
    if (spec.allocateLoadBalancerNodePorts !== undefined)
      errors.push(forbidden('spec.allocateLoadBalancerNodePorts', only));
    if (spec.loadBalancerClass !== undefined) errors.push(forbidden('spec.loadBalancerClass', only));
  }
  if (spec.type === 'LoadBalancer' && spec.loadBalancerClass !== undefined)
    check(isQualifiedName(spec.loadBalancerClass), 'spec.loadBalancerClass', spec.loadBalancerClass, errors);
  for (const [index, range] of ranges.entries())
    validCIDR(range.trim(), `spec.LoadBalancerSourceRanges[${index}]`, errors);
}

function validateTraffic(spec: ServiceSpec, errors: Errors): void {
  const { externalTrafficPolicy, internalTrafficPolicy, healthCheckNodePort, trafficDistribution } = spec;
  if (isExternal(spec)) oneOf(externalTrafficPolicy, TRAFFIC_POLICIES, 'spec.externalTrafficPolicy', errors);
  else if (externalTrafficPolicy)
    errors.push(
      invalid(
        'spec.externalTrafficPolicy',
        externalTrafficPolicy,
        'may only be set for externally-accessible services',
      ),
    );
  if (needsHealthCheck(spec)) inRange(healthCheckNodePort, 1, 65_535, 'spec.healthCheckNodePort', errors);
  else if (healthCheckNodePort)
    errors.push(
      invalid(
        'spec.healthCheckNodePort',
        healthCheckNodePort,
        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      ),
    );
  if (internalTrafficPolicy !== undefined && !TRAFFIC_POLICIES.includes(internalTrafficPolicy))
    errors.push(notSupported('spec.internalTrafficPolicy', internalTrafficPolicy, TRAFFIC_POLICIES));
  if (trafficDistribution !== undefined && !DISTRIBUTIONS.includes(trafficDistribution))
    errors.push(notSupportedInOrder('spec.trafficDistribution', trafficDistribution, DISTRIBUTIONS));
}
