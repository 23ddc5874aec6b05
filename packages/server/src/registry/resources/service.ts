import { validateClusterIPs } from '@gantry/api/core/v1/service-cluster-ips';
import type { ServiceSpec } from '@gantry/api/generated/types';
import { type FieldError, invalid as invalidField } from '@gantry/machinery/field-error';
import { failure, invalid, type StatusError } from '@gantry/machinery/status';
import type { StateReader } from '../../request.ts';
import type { HeldClaim, HookEnvironment, ResourceHooks } from '../hooks.ts';
import {
  addressNumber,
  addressRange,
  inRange,
  type NumberRange,
  pickFree,
  portRange,
  toIp,
} from './address-range.ts';
import {
  asService,
  dropFormerType,
  HEADLESS,
  keepAllocated,
  needsClusterIp,
  needsHealthCheckPort,
  needsNodePort,
} from './service-fields.ts';
import { CLUSTER_IP_POOL, inRanges, pickAddress, readyRanges } from './service-ranges.ts';

export interface ServiceRanges {
  /** CIDR of cluster IPs. */
  readonly clusterIps: string;
  /** `30000-32767`. */
  readonly nodePorts: string;
}

/** Values that this server picked for a spec: after a lost race another one will do. */
const picked = new WeakMap<ServiceSpec, Set<string>>();

function notePicked(spec: ServiceSpec, value: string): void {
  const values = picked.get(spec) ?? new Set<string>();
  picked.set(spec, values.add(value));
}

export const NODE_PORT_POOL = 'nodeports';

interface Ranges {
  readonly ports: NumberRange;
  readonly text: ServiceRanges;
}

const exhausted = (what: string): StatusError =>
  failure(500, 'InternalError', `Internal error occurred: failed to allocate ${what}: range is full`);

/** What Services hold in memory; the store's claims have the last word. */
function usedIps(state: StateReader): Set<number> {
  const used = new Set<number>();
  for (const object of state.list('services', undefined))
    for (const ip of asService(object).spec.clusterIPs ?? []) {
      const number = addressNumber(ip);
      if (number !== undefined) used.add(number);
    }
  return used;
}

function usedPorts(state: StateReader, own: ServiceSpec): Set<number> {
  const used = new Set<number>();
  const collect = ({ ports, healthCheckNodePort }: ServiceSpec): void => {
    for (const { nodePort } of ports ?? []) if (nodePort) used.add(nodePort);
    if (healthCheckNodePort) used.add(healthCheckNodePort);
  };
  for (const object of state.list('services', undefined)) collect(asService(object).spec);
  collect(own);
  return used;
}

function settleClusterIp(
  spec: ServiceSpec,
  ranges: Ranges,
  env: HookEnvironment,
  before: ServiceSpec | undefined,
): FieldError[] {
  if (!needsClusterIp(spec)) return [];
  if (spec.clusterIP === HEADLESS) {
    spec.clusterIPs ??= [HEADLESS];
    settleHeadlessFamilies(spec);
    return [];
  }
  const ready = readyRanges(env.state, ranges.text.clusterIps);
  if (!spec.clusterIP) {
    const number = pickAddress(ready, usedIps(env.state), env.state);
    if (number === undefined) throw exhausted('IP');
    spec.clusterIP = toIp(number);
    spec.clusterIPs = [spec.clusterIP];
    notePicked(spec, spec.clusterIP);
  }
  if ((spec.clusterIPs?.length ?? 0) === 0) spec.clusterIPs = [spec.clusterIP];
  spec.ipFamilies ??= ['IPv4'];
  spec.ipFamilyPolicy ??= 'SingleStack';
  // What it holds it keeps, whatever becomes of the range.
  if (before !== undefined && needsClusterIp(before) && spec.clusterIP === before.clusterIP) return [];
  const number = addressNumber(spec.clusterIP);
  if (number !== undefined && inRanges(ready, number)) return [];
  if (number === undefined)
    return [
      invalidField('spec.clusterIPs[0]', spec.clusterIPs ?? [], 'IPv6 is not configured on this cluster'),
    ];
  return [
    invalidField(
      'spec.clusterIPs',
      spec.clusterIPs ?? [],
      `failed to allocate IP ${spec.clusterIP}: the provided network does not match the current range`,
    ),
  ];
}

/** Without a selector nobody knows which family its endpoints will have: both, whatever the cluster itself has. */
function settleHeadlessFamilies(spec: ServiceSpec): void {
  const anyFamily = Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= anyFamily ? 'RequireDualStack' : 'SingleStack';
  spec.ipFamilies ??= ['IPv4'];
  const [first, second] = spec.ipFamilies;
  if (anyFamily && second === undefined && spec.ipFamilyPolicy !== 'SingleStack')
    spec.ipFamilies = first === 'IPv6' ? ['IPv6', 'IPv4'] : ['IPv4', 'IPv6'];
}

function settleNodePorts(spec: ServiceSpec, ranges: Ranges, env: HookEnvironment): FieldError[] {
  const errors: FieldError[] = [];
  if (!needsNodePort(spec) && !needsHealthCheckPort(spec)) return errors;
  const used = usedPorts(env.state, spec);
  const allocate = (): number => {
    const port = pickFree(ranges.ports, used);
    if (port === undefined) throw exhausted('a nodePort');
    used.add(port);
    notePicked(spec, String(port));
    return port;
  };
  const outside = (field: string, value: number): FieldError =>
    invalidField(
      field,
      value,
      `provided port is not in the valid range. The range of valid ports is ${ranges.text.nodePorts}`,
    );
  if (needsNodePort(spec)) {
    // One number serves a port for both protocols.
    const byPort = new Map<number, number>();
    for (const [index, port] of (spec.ports ?? []).entries()) {
      if (!port.nodePort) port.nodePort = byPort.get(port.port) ?? allocate();
      else if (!inRange(ranges.ports, port.nodePort))
        errors.push(outside(`spec.ports[${index}].nodePort`, port.nodePort));
      byPort.set(port.port, port.nodePort);
    }
  }
  if (needsHealthCheckPort(spec)) {
    if (!spec.healthCheckNodePort) spec.healthCheckNodePort = allocate();
    else if (!inRange(ranges.ports, spec.healthCheckNodePort))
      errors.push(outside('spec.healthCheckNodePort', spec.healthCheckNodePort));
  }
  return errors;
}

/** Addresses that can't be are refused before any is allocated, and before anything else is looked at. */
function settle(object: object, ranges: Ranges, env: HookEnvironment, before?: ServiceSpec): void {
  const { spec, metadata } = asService(object);
  if (needsClusterIp(spec) && spec.clusterIP && (spec.clusterIPs?.length ?? 0) === 0)
    spec.clusterIPs = [spec.clusterIP];
  const wrong: FieldError[] = [];
  validateClusterIPs(spec, wrong);
  if (wrong.length > 0) throw invalid('', 'Service', metadata.name, wrong);
  const errors = [...settleClusterIp(spec, ranges, env, before), ...settleNodePorts(spec, ranges, env)];
  if (errors.length > 0) throw invalid('', 'Service', metadata.name, errors);
}

/** All values that a Service holds. Those that it asked for, or held before, can't be swapped for others. */
function claimsOf(object: object): HeldClaim[] {
  const { spec } = asService(object);
  const claims = new Map<string, HeldClaim>();
  const mine = picked.get(spec);
  const put = (pool: string, value: string, taken: FieldError): void => {
    claims.set(value, mine?.has(value) === true ? { pool, value } : { pool, value, taken });
  };
  if (needsClusterIp(spec))
    for (const ip of spec.clusterIPs ?? [])
      if (ip !== HEADLESS)
        put(
          CLUSTER_IP_POOL,
          ip,
          invalidField(
            'spec.clusterIPs',
            spec.clusterIPs,
            `failed to allocate IP ${ip}: provided IP is already allocated`,
          ),
        );
  const hold = (field: string, port: number | undefined): void => {
    if (port && !claims.has(String(port)))
      put(NODE_PORT_POOL, String(port), invalidField(field, port, 'provided port is already allocated'));
  };
  for (const [index, { nodePort }] of (spec.ports ?? []).entries())
    hold(`spec.ports[${index}].nodePort`, nodePort);
  hold('spec.healthCheckNodePort', spec.healthCheckNodePort);
  return [...claims.values()];
}

/** Cluster IPs and node ports come from the ranges, each held by one Service: the store refuses a second holder. */
export function serviceHooks(text: ServiceRanges): ResourceHooks {
  // Refuses a bad flag at the start.
  addressRange(text.clusterIps);
  const ranges: Ranges = { ports: portRange(text.nodePorts), text };
  return {
    createOnUpdate: true,
    beforeCreate: (object, env) => settle(object, ranges, env),
    beforeUpdate(object, old, env) {
      if (env.subresource !== '') return;
      const { spec } = asService(object);
      const before = asService(old).spec;
      keepAllocated(spec, before);
      dropFormerType(spec, before);
      settle(object, ranges, env, before);
    },
    claims: claimsOf,
  };
}
