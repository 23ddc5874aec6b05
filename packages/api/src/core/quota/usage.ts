import type { KubeObject } from '@gantry/machinery/object';
import { parseQuantity, type Quantity, toBigInt } from '@gantry/machinery/quantity';
import type { PersistentVolumeClaim, Pod, Service } from '../../generated/types.ts';
import { type Amounts, parseAmounts, podAmounts } from './amounts.ts';

const ONE = parseQuantity('1');
const ZERO = parseQuantity('0');
const count = (number: number): Quantity => parseQuantity(number);
const CLASS_SUFFIX = '.storageclass.storage.k8s.io/';
/** Names that a quota may count besides `count/…`. */
const LEGACY_COUNTS = new Set(['configmaps', 'secrets', 'replicationcontrollers', 'resourcequotas']);
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];

/** What one container asks for, by the names of a quota. */
function computeUsage(requests: Amounts, limits: Amounts): Map<string, Quantity> {
  const usage = new Map<string, Quantity>();
  for (const name of COMPUTE) {
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (request !== undefined) usage.set(name, request).set(`requests.${name}`, request);
    if (limit !== undefined) usage.set(`limits.${name}`, limit);
  }
  for (const [name, quantity] of requests) {
    if (name.startsWith('hugepages-')) usage.set(name, quantity).set(`requests.${name}`, quantity);
    // Extended resources: a quota counts their requests alone.
    else if (name.includes('/')) usage.set(`requests.${name}`, quantity);
  }
  return usage;
}

/** A pod that has ended, or should long be gone, holds nothing but its object. */
function holdsResources(pod: Pod, now: number): boolean {
  if (pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') return false;
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  if (deletionTimestamp === undefined || deletionGracePeriodSeconds === undefined) return true;
  return now <= Date.parse(deletionTimestamp) + deletionGracePeriodSeconds * 1000;
}

function podUsage(pod: Pod, now: number): Map<string, Quantity> {
  if (!holdsResources(pod, now)) return new Map();
  return computeUsage(podAmounts(pod, 'requests'), podAmounts(pod, 'limits')).set('pods', ONE);
}

function serviceUsage({ spec }: Service): Map<string, Quantity> {
  const ports = spec?.ports ?? [];
  const balanced = spec?.type === 'LoadBalancer';
  const given = balanced && spec?.allocateLoadBalancerNodePorts === false;
  const nodePorts = given
    ? ports.filter(({ nodePort }) => (nodePort ?? 0) !== 0).length
    : balanced || spec?.type === 'NodePort'
      ? ports.length
      : 0;
  return new Map([
    ['services', ONE],
    ['services.loadbalancers', balanced ? ONE : ZERO],
    ['services.nodeports', count(nodePorts)],
  ]);
}

function claimUsage(claim: PersistentVolumeClaim): Map<string, Quantity> {
  const usage = new Map([['persistentvolumeclaims', ONE]]);
  const className =
    claim.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ??
    claim.spec.storageClassName ??
    '';
  if (className !== '') usage.set(`${className}${CLASS_SUFFIX}persistentvolumeclaims`, ONE);
  const asked = [claim.spec.resources?.requests?.storage, claim.status?.allocatedResources?.storage].flatMap(
    (text) => (text === undefined ? [] : [toBigInt(parseQuantity(text))]),
  );
  const most = asked.sort((a, b) => (a < b ? 1 : -1)).at(0);
  if (most !== undefined) {
    const storage: Quantity = { nanos: most * 1_000_000_000n, format: 'BinarySI' };
    usage.set('requests.storage', storage);
    if (className !== '') usage.set(`${className}${CLASS_SUFFIX}requests.storage`, storage);
  }
  return usage;
}

/** Devices that a request for all that fit may get at most. */
const MOST_DEVICES = 32;

interface DeviceRequest {
  readonly deviceClassName?: string;
  readonly allocationMode?: string;
  readonly count?: number;
}

function devicesOf({ allocationMode, count = 0 }: DeviceRequest): number {
  if (allocationMode === 'All') return MOST_DEVICES;
  return allocationMode === 'ExactCount' ? count : 0;
}

/** Devices by class; of alternatives, the most that each class may have to give. */
function resourceClaimUsage(claim: KubeObject): Map<string, Quantity> {
  const { devices } = ((claim as { readonly spec?: unknown }).spec ?? {}) as {
    readonly devices?: {
      readonly requests?: readonly {
        readonly exactly?: DeviceRequest;
        readonly firstAvailable?: readonly DeviceRequest[];
      }[];
    };
  };
  const total = new Map<string, number>();
  for (const { exactly, firstAvailable = [] } of devices?.requests ?? []) {
    const most = new Map<string, number>();
    for (const request of exactly === undefined ? firstAvailable : [exactly]) {
      const name = `${request.deviceClassName ?? ''}.deviceclass.resource.k8s.io/devices`;
      most.set(name, Math.max(most.get(name) ?? 0, devicesOf(request)));
    }
    for (const [name, number] of most) total.set(name, (total.get(name) ?? 0) + number);
  }
  return new Map([...total].map(([name, number]) => [name, count(number)]));
}

/** A kind, as far as quotas tell kinds apart. */
export interface Counted {
  readonly group: string;
  readonly plural: string;
}

const MEASURED = new Set(['/pods', '/services', '/persistentvolumeclaims', 'resource.k8s.io/resourceclaims']);

/** Whether each object of a kind takes as much as any other: then they need only be counted. */
export const takesTheSame = ({ group, plural }: Counted): boolean => !MEASURED.has(`${group}/${plural}`);

/** What an object takes from a quota, by the quota's names. */
export function quotaUsage(kind: Counted, object: KubeObject, now: number): Map<string, Quantity> {
  const core = kind.group === '';
  let usage = new Map<string, Quantity>();
  if (core && kind.plural === 'pods') usage = podUsage(object as Pod, now);
  else if (core && kind.plural === 'services') usage = serviceUsage(object as Service);
  else if (core && kind.plural === 'persistentvolumeclaims')
    usage = claimUsage(object as PersistentVolumeClaim);
  else if (kind.group === 'resource.k8s.io' && kind.plural === 'resourceclaims')
    usage = resourceClaimUsage(object);
  else if (core && LEGACY_COUNTS.has(kind.plural)) usage.set(kind.plural, ONE);
  return usage.set(core ? `count/${kind.plural}` : `count/${kind.plural}.${kind.group}`, ONE);
}

const MUST_SPECIFY = ['cpu', 'limits.cpu', 'limits.memory', 'memory', 'requests.cpu', 'requests.memory'];

/** A pod under a quota of CPU or memory must say how much each container takes. Returns what is wrong. */
export function missingAmounts(pod: Pod, quotaNames: ReadonlySet<string>): string | undefined {
  if (pod.spec.resources?.requests !== undefined || pod.spec.resources?.limits !== undefined)
    return undefined;
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].map(
    ({ name, resources }) => ({
      name,
      usage: computeUsage(parseAmounts(resources?.requests), parseAmounts(resources?.limits)),
    }),
  );
  const faults = MUST_SPECIFY.filter((name) => quotaNames.has(name)).flatMap((name) => {
    const lacking = containers.filter(({ usage }) => !usage.has(name)).map((container) => container.name);
    return lacking.length === 0 ? [] : [`${name} for: ${[...new Set(lacking)].sort().join(',')}`];
  });
  return faults.length === 0 ? undefined : `must specify ${faults.join('; ')}`;
}
